"""A form in, its labels with a blank cell beside them and the value one cell further given that value, with a doubt, out."""

from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.model.place import letter
from fupin_cli.model.table import Fixed
from fupin_cli.tables.boxes import Box
from fupin_cli.tables.form_rows import Pair
from fupin_cli.tables.forms import Form
from fupin_cli.tables.labels import Labelled


def read_over_gaps(form: Form, labelled: Labelled) -> list[tuple[str, str]]:
    """Give blank labels what stands behind one blank cell and is surely what they ask; return the doubts (zh, en).

    What stands in a column of labels may be a label itself, and stays where it is.
    """
    columns = {pair.left for pair in form.known}
    free = {(box.top, box.left): box for box in form.strays if box.left not in columns}
    doubts = []
    for place, pair in enumerate(form.pairs):
        box = free.get((pair.row, pair.index + 1))
        if box is None or pair.value.text is not None or not _fits(pair, box, labelled):
            continue
        form.pairs[place] = replace(pair, index=box.left, value=Fixed(box.top, box.text, box.kind))
        form.strays.remove(box)
        label, gap = f"{letter(pair.left)}{pair.row}", f"{letter(pair.index)}{pair.row}"
        doubts.append(both("{label} 的“{label2}”旁边的 {gap} 空着，值读的是隔一格的 {address}；请核对。", label=label, label2=pair.label, gap=gap, address=box.address))  # fmt: skip
    return doubts


def _fits(pair: Pair, box: Box, labelled: Labelled) -> bool:
    if not pair.meant or labelled.is_label(box.text, ""):
        return False
    return labelled.fits(labelled.lexicon.columns[pair.meant[0].column], box.text, box.kind) is True
