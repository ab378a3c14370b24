"""Turn what was counted into JSON, version 1."""

import json
from collections.abc import Mapping

from fupin_cli.model.stats import Count, Counted, Reconciled, StatedLine, StatedNumber, Stats, Value
from fupin_cli.reports.stats import overlapping, share


def to_json(stats: Stats) -> str:
    """Return the whole result."""
    chosen, left = stats.chosen, stats.left_out
    document = {
        "version": 1,
        "tool": "fupin",
        "files": [str(file) for file in stats.files],
        "data_dates": [day.isoformat() for day in stats.days],
        "counted": _count(stats.total),
        "people_from": "家庭人口" if stats.stated_people else "人",
        "left_out": {
            "persons_gone": left.gone, "households_struck_off": left.struck, "households_emptied": left.emptied,
            "persons_in_such_households": left.in_struck, "households_unsure": left.households_unsure,
            "persons_unsure": left.people_unsure,
        },
        "where": None
        if chosen is None
        else {"condition": chosen.text, "of": chosen.level, "out": _count(chosen.out), "unsure": _count(chosen.unsure)},
        "tables": [_table(one) for one in stats.tables],
        "reconciled": [_reconciled(one) for one in stats.reconciled],
        "notes": [{"zh": zh, "en": en} for zh, en in stats.notes],
        "failed_files": [{"file": file, "zh": zh, "en": en} for file, zh, en in stats.failed_files],
    }  # fmt: skip
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _count(count: Count) -> dict[str, int | None]:
    return {"households": count.households, "persons": count.people}


def _shares(count: Count, whole: Count) -> dict[str, float | None]:
    shares = {
        "household_share": share(count.households, whole.households),
        "person_share": share(count.people, whole.people),
    }
    return {name: None if found is None else float(found) for name, found in shares.items()}


def _value(value: Value) -> str | dict[str, str]:
    return {"none": value.known} if value.known else value.text


def _table(counted: Counted) -> Mapping[str, object]:
    households, people = overlapping(counted)
    return {
        "by": [one.name for one in counted.by],
        "total": _count(counted.total),
        "households_overlap": households,
        "persons_overlap": people,
        "lines": [
            {
                "values": [_value(value) for value in line.values],
                "subtotal": len(line.values) < len(counted.by),
                **_count(line.count),
                **_shares(line.count, counted.total),
            }
            for line in counted.lines
        ],
    }


def _reconciled(table: Reconciled) -> Mapping[str, object]:
    return {
        "file": str(table.file),
        "sheet": table.sheet,
        "by": table.by.name,
        "differs": table.differs,
        "lines": [_line(line) for line in table.lines],
        "total": _line(table.total) if table.total else None,
        "doubts": [{"rule": one.rule, "cell": one.cell, "zh": one.zh, "en": one.en} for one in table.doubts],
    }


def _line(line: StatedLine) -> Mapping[str, object]:
    return {
        "name": _value(Value(line.name, line.known)),
        "row": line.row,
        "in_registry": line.found,
        "made_of": list(line.made_of),
        "households": _number(line.households),
        "persons": _number(line.people),
    }


def _number(number: StatedNumber) -> Mapping[str, object]:
    return {"stated": number.stated, "text": number.text or None, "counted": number.counted, "differs": number.differs}
