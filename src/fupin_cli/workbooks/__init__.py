"""Write cells into copies of the user's own workbooks; all else of them stays as it was."""

from fupin_cli.workbooks.added_sheets import AddedSheet
from fupin_cli.workbooks.rewritten import rewrite
from fupin_cli.workbooks.sheet_names import free_name, link_to
from fupin_cli.workbooks.sheet_plan import Cells
from fupin_cli.workbooks.spliced import NewCell
from fupin_cli.workbooks.styles import DATE, Look

__all__ = ["DATE", "AddedSheet", "Cells", "Look", "NewCell", "free_name", "link_to", "rewrite"]
