"""The verdicts of a level stand in several tables; each rule in one of them."""

from sqlglot import exp

from fupin_cli.plans.shares import Judgement, shared_out


def asking(*columns: str) -> Judgement:
    """A judgement that asks these columns, each with the alias of its table before it."""
    trees = [exp.column(name, table=alias) for alias, name in (column.split(".") for column in columns)]
    return Judgement(trees[0], exp.and_(*trees))


def test_rules_that_count_other_rows_stand_apart_from_those_that_need_not_wait() -> None:
    rules = {
        "IDN001": asking("p.证件号码", "q.在册"),
        "IDN004": asking("q.在册", "u0.n"),
        "INC001": asking("h.收入", "g.户类型"),
        "REL007": asking("q.在册", "m.f15_t"),
    }

    found = shared_out({"人": rules})

    assert {table: list(share) for table, share in found["人"].items()} == {
        "verdicts_人_1": ["IDN001", "INC001"],
        "verdicts_人_2": ["IDN004", "REL007"],
    }


def test_many_rules_that_need_not_wait_are_halved_and_none_is_lost() -> None:
    rules = {f"IDN{number:03}": asking("p.证件号码") for number in range(61)}

    found = shared_out({"人": rules, "户": {}})

    assert [len(share) for share in found["人"].values()] == [31, 30]
    assert [name for share in found["人"].values() for name in share] == list(rules)
    assert found["户"] == {}
