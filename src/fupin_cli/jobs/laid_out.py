"""An example of a rule → the rows of a workbook: the row that is judged first, so that its verdict is the first of its example."""

from msgspec import Struct, field

from fupin_cli.model.rule import Example, Rule
from fupin_cli.plans import subject_of

Cells = dict[str, str]
_PLACES = {"省": "", "市": "", "县": "示例县", "乡": "示例乡", "村": "示例村"}  # where an example says nothing of it
_LEVELS = ("村", "县", "名单")  # whose examples are laid out here


class Workbook(Struct):
    """The rows of many examples, before they are typed."""

    persons: list[Cells]
    households: list[Cells]
    lists: dict[str, list[Cells]]
    earlier: "Workbook | None" = None  # the edition before
    villages: list[Cells] = field(default_factory=list)


def beyond_households(rule: Rule) -> bool:
    """Tell whether a rule judges villages, counties or rows of lists."""
    return subject_of(rule)[0] in _LEVELS


def lay_out(rule: Rule, example: Example, number: int, workbook: Workbook) -> None:
    """Put an example of a rule over villages, counties or rows of lists into a workbook."""
    level, mark = subject_of(rule)[0], {"_example": str(number)}
    place: Cells = {}
    if level == "名单":
        for name in rule.rows:
            workbook.lists.setdefault(name, [])
        own = workbook.lists[rule.rows[0]]
        own.extend({**row, **mark} for row in (example.given, *example.others))
    else:
        place = {name: text for name, default in _PLACES.items() if (text := example.given.get(name, default))}
    if level == "村":
        workbook.villages.extend({**place, **row, **mark} for row in (example.given, *example.others))
    if level == "县":
        del place["村"]
        workbook.villages.extend({**place, **row, **mark} for row in example.villages)
    homes = [
        {"户编号": f"99010100{number:04d}{i:04d}", **place, **row, **mark} for i, row in enumerate(example.households)
    ]
    home = homes[0]["户编号"] if homes else f"99010100{number:04d}0000"
    workbook.households.extend(homes)
    workbook.persons.extend({"户编号": home, **row, **mark} for row in example.members)
    for name in rule.lists:
        workbook.lists.setdefault(name, [])
    for name, listed in example.lists.items():
        workbook.lists.setdefault(name, []).extend({**row, **mark} for row in listed)
