"""Changes of income that keep the sums right: a household in, the cells to change out."""

from sample_data.county.plot import Changes
from sample_data.county.records import Household


def _yuan(h: Household, heading: str) -> int:
    value = h.cells[heading]
    return value if isinstance(value, int) else 0


def _summed(h: Household, changes: Changes) -> Changes:
    """Add the totals that follow from the changes."""
    after = {**h.cells, **changes}

    def total(*headings: str) -> int:
        return sum(value for value in (after[heading] for heading in headings) if isinstance(value, int))

    after["财产性收入"] = total("资产收益扶贫分红收入", "其他财产性收入")
    transfers = ("计划生育金", "低保金", "特困供养金", "养老保险金", "生态补偿金", "其他转移性收入")
    after["转移性收入"] = total(*transfers)
    after["年收入"] = total("工资性收入", "生产经营性收入", "财产性收入", "转移性收入")
    after["纯收入"] = total("年收入") - total("生产经营性支出")
    after["人均纯收入"] = round(total("纯收入") / (total("人数") or 1), 2)
    return changes | {name: cell for name, cell in after.items() if cell != h.cells[name]}


def recounted(h: Household, people: int) -> Changes:
    """State another number of people, and the income per head that follows."""
    return _summed(h, {"人数": people})


def poorer(h: Household, per_head: int) -> Changes:
    """Spend so much on farming that `per_head` is left; who has less gets more transfers."""
    surplus = _yuan(h, "纯收入") - per_head * len(h.members)
    if surplus < 0:
        return _summed(h, {"其他转移性收入": _yuan(h, "其他转移性收入") - surplus})
    return _summed(h, {"生产经营性支出": _yuan(h, "生产经营性支出") + surplus})


def moved(h: Household, source: str, target: str, **instead: int) -> Changes:
    """Book an income under another heading; `instead` changes further items."""
    return _summed(h, {source: 0, target: _yuan(h, source) + _yuan(h, target), **instead})


def without(h: Household, heading: str) -> Changes:
    """Leave an item out: spending as if there were none, transfers as if they were rents."""
    if heading == "生产经营性支出":
        return _summed(h, {heading: 0})
    transfers = ("计划生育金", "低保金", "特困供养金", "养老保险金", "生态补偿金", "其他转移性收入")
    gone = sum(_yuan(h, name) for name in transfers)
    return _summed(h, dict.fromkeys(transfers, 0) | {"其他财产性收入": _yuan(h, "其他财产性收入") + gone})
