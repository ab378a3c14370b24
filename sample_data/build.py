"""Write the sample workbooks: `python sample_data/build.py [DIR]`. Same seed, same cells, every time."""

import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def build(folder: Path) -> None:
    """Write every sample below `folder`."""
    from sample_data.county.books import Spoils, write_county
    from sample_data.county.editions import write_editions
    from sample_data.county.faulty import build_faulty
    from sample_data.county.lists import write_lists
    from sample_data.county.population import build_county
    from sample_data.county.small import write_small

    folder.mkdir(parents=True, exist_ok=True)
    clean, faulty = build_county(), build_county()
    write_county(folder / "county_clean.xlsx", clean, Spoils())
    spoilt = build_faulty(faulty)
    write_county(folder / "county_faulty.xlsx", faulty, spoilt.spoils)
    planted = spoilt.planted + write_lists(folder / "lists", spoilt.sound)
    lines = ",\n".join("  " + json.dumps(one, ensure_ascii=False) for one in planted)
    (folder / "planted.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    write_small(folder / "small", clean)
    write_editions(folder / "editions", clean)


if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent))
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
