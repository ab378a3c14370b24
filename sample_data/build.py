"""Write the sample workbooks: `python sample_data/build.py [DIR]`. Same seed, same cells, every time."""

import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def build(folder: Path) -> None:
    """Write every sample below `folder`."""
    from sample_data.county.books import Spoils, write_county
    from sample_data.county.faulty import build_faulty
    from sample_data.county.population import build_county

    folder.mkdir(parents=True, exist_ok=True)
    write_county(folder / "county_clean.xlsx", build_county(), Spoils())
    households = build_county()
    spoils, planted = build_faulty(households)
    write_county(folder / "county_faulty.xlsx", households, spoils)
    lines = ",\n".join("  " + json.dumps(one, ensure_ascii=False) for one in planted)
    (folder / "planted.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent))
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
