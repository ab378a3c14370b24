"""Write the sample workbooks: `python sample_data/build.py [DIR]`. Same seed, same cells, every time."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def build(folder: Path) -> None:
    """Write every sample below `folder`."""
    from sample_data.county.books import Spoils, write_county
    from sample_data.county.population import build_county

    folder.mkdir(parents=True, exist_ok=True)
    write_county(folder / "county_clean.xlsx", build_county(), Spoils())


if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent))
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
