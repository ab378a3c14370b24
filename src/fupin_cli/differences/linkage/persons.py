"""The persons of both sides in; one engine table of what of them can be compared, spellings made alike, out."""

from fupin_cli.catalogue import both
from fupin_cli.differences.linkage.characters import LOST, load_characters
from fupin_cli.differences.linkage.weights import BACKGROUND, STRENGTH
from fupin_cli.differences.sides import Sides, kinds, relation
from fupin_cli.engines import Engine
from fupin_cli.engines.sql import literal, quoted
from fupin_cli.model.difference import Side

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_WIDE, _HALF = both("０１２３４５６７８９ＸхХχΧ×✕✖*")
_VILLAGE = "(村民委员会|社区居委会|村委会|居委会|行政村|社区|村)$"
_TOWNSHIP = "(街道办事处|街道|办事处|镇|乡)$"
_COUNTED = {
    "name": ("name_simple",),
    "sound": ("name_sound",),
    "birth": ("birth",),
    "household": ("village", "household"),
    "head": ("village", "head_simple"),
    "village": ("township", "village"),
    "relation": ("relation",),
}  # what is counted → the columns that are one


def lay_out(engine: Engine, sides: Sides) -> None:
    """Make `联_人`: one row a person of either side (`side` 0 left, 1 right), `free` where it is in no pair.

    `u_…` is how likely a second person has the same name, sound, birthday, household, 户主, village or relation.
    """
    shared = " UNION ALL ".join(_side(sides, side) for side in ("left", "right"))
    engine.run(f'CREATE OR REPLACE TABLE "联_原" AS {shared}')
    engine.run(
        'CREATE OR REPLACE TABLE "联_名" AS SELECT "name", row_number() OVER (ORDER BY "name") AS "at" FROM ('
        'SELECT "name" FROM "联_原" UNION SELECT "head" FROM "联_原") WHERE "name" <> \'\''
    )
    load_characters(engine)
    engine.run(_NAMES)
    engine.run(_ALL)
    engine.run(f'CREATE OR REPLACE TABLE "联_人" AS {_persons(engine)}')


def _side(sides: Sides, side: Side) -> str:
    """SQL: the persons of one side, as written."""
    mine = "l" if side == "left" else "r"
    number = _read(sides, side, ("人", "p"), "证件号码")
    if "证件号码" in kinds(sides, side, "人"):
        number = f'coalesce({number}, p."证件号码#")'
    village, township = (_of_either(sides, side, column) for column in ("村", "乡"))
    head = _read(sides, side, ("户", "h"), "户主姓名")
    role = _read(sides, side, ("人", "p"), "与户主关系")
    name = _read(sides, side, ("人", "p"), "姓名")
    first = f"""min({_normal(name)}) FILTER (WHERE {role} = '户主') OVER (PARTITION BY p."_household")"""
    return f"""SELECT {int(side == "right")} AS "side", p."_id" AS "id", x."{mine}" IS NULL AS "free",
 {name} AS "written", {_normal(name)} AS "name", {_digits(number)} AS "digits", {number} AS "number_written",
 CAST({_read(sides, side, ("人", "p"), "出生日期")} AS DATE) AS "born",
 {_read(sides, side, ("人", "p"), "性别")} AS "sex_written",
 regexp_replace({village}, '{_VILLAGE}', '') AS "village", regexp_replace({township}, '{_TOWNSHIP}', '') AS "township",
 {village} AS "village_written", {township} AS "township_written", h."_key" AS "household",
 CASE WHEN p."_household" IS NOT NULL THEN coalesce({_normal(head)}, {first}) END AS "head", {role} AS "relation"
FROM {relation(sides, side, "人")} AS p LEFT JOIN {relation(sides, side, "户")} AS h ON h."_id" = p."_household"
LEFT JOIN "对_人" AS x ON x."{mine}" = p."_id\""""


def _read(sides: Sides, side: Side, of: tuple[str, str], column: str) -> str:
    """SQL: the value of a cell that was read, NULL of any other and where the side has no such column."""
    table, alias = of
    if column not in kinds(sides, side, table):
        return "CAST(NULL AS VARCHAR)"
    return f'CASE WHEN {alias}."{column}$" = 0 THEN {alias}."{column}" END'


def _of_either(sides: Sides, side: Side, column: str) -> str:
    return f"coalesce({_read(sides, side, ('人', 'p'), column)}, {_read(sides, side, ('户', 'h'), column)})"


def _normal(name: str) -> str:
    """SQL: a name without dots, blanks and what stands in brackets; what a file could not hold is one sign."""
    bare = rf"regexp_replace(upper(nfc_normalize({name})), '[（(].*[)）]', '')"
    marked = rf"regexp_replace({bare}, '[?？\p{{Co}}\x{{FFFD}}■▢]', '{LOST}', 'g')"
    close = rf"nullif(regexp_replace({marked}, '[^\p{{L}}{LOST}]', '', 'g'), '')"
    return f"CASE WHEN regexp_full_match({name}, '[一-龥]+') THEN {name} ELSE {close} END"


def _digits(number: str) -> str:
    """SQL: the digits and X of a number as written, blanks and signs away; what a spreadsheet wrote as 3.7E+17 filled up."""
    half = f"regexp_replace(translate(upper({number}), {literal(_WIDE)}, {literal(_HALF)}), '\\.0+$', '')"
    whole = rf"rpad(regexp_extract({half}, '^([0-9])\.([0-9]{{14,17}})E\+?0*17$', 1) || regexp_extract({half}, '^([0-9])\.([0-9]{{14,17}})E\+?0*17$', 2), 18, '0')"
    return f"CASE WHEN regexp_full_match({number}, '[0-9]{{17}}[0-9X]') THEN {number} WHEN {half} LIKE '%E%17' THEN {whole} ELSE regexp_replace({half}, '[^0-9X]', '', 'g') END"


_NAMES = """CREATE OR REPLACE TABLE "联_名" AS
SELECT n."name", n."at", string_agg(c."s", '' ORDER BY i) AS "simple", string_agg(c."d", ' ' ORDER BY i) AS "sound",
 list(c."r" ORDER BY i) AS "readings", list(c."g" ORDER BY i) AS "groups"
FROM (SELECT "name", "at", unnest(string_split("name", '')) AS "one", generate_subscripts(string_split("name", ''), 1) AS i
 FROM "联_名") AS n JOIN "联_字" AS c ON c."c" = n."one" GROUP BY 1, 2"""


def _checks(number: str) -> str:
    """SQL: 18 characters end in their own check character (GB 11643)."""
    total = " + ".join(f"(ascii(substr({number}, {i + 1}, 1)) - 48) * {weight}" for i, weight in enumerate(_WEIGHTS))
    right = f"substr('10X98765432', ({total}) % 11 + 1, 1) = substr({number}, 18, 1)"
    return f"CASE WHEN regexp_full_match({number}, '[0-9]{{17}}[0-9X]') THEN {right} ELSE FALSE END"


# A number of 18, and of a card of 20 or 22 its first 18. A card of 19 or 21 lost one: among the 18, or after them.
_CUT = f"""SELECT *, CASE WHEN length("digits") BETWEEN 14 AND 18 THEN "digits" WHEN length("digits") IN (19, 21)
  AND NOT {_checks('substr("digits", 1, 18)')} THEN substr("digits", 1, 17)
  WHEN length("digits") BETWEEN 19 AND 22 THEN substr("digits", 1, 18) END AS n FROM "联_原\""""
_JUDGED = f"""SELECT *, n AS "number", coalesce({_checks("n")} AND substr(n, 1, 6) <> '999999'
  AND try_strptime(substr(n, 7, 8), '%Y%m%d') IS NOT NULL, FALSE) AS "valid",
 CASE length(n) WHEN 15 THEN n WHEN 17 THEN substr(n, 1, 6) || substr(n, 9, 9) WHEN 18 THEN substr(n, 1, 6) || substr(n, 9, 9) END
  AS "short",
 CAST(coalesce("born", CASE WHEN length(n) = 15 THEN try_strptime('19' || substr(n, 7, 6), '%Y%m%d')
  WHEN length(n) >= 17 THEN try_strptime(substr(n, 7, 8), '%Y%m%d') END) AS DATE) AS "birth" FROM ({_CUT})"""

_LOOKED_UP = f"""SELECT j.*, n."at" AS "name_at", n."simple" AS "name_simple", n."sound" AS "name_sound", h."simple" AS "head_simple",
 CASE WHEN "sex_written" IN ('男', '女') THEN "sex_written"
  WHEN "valid" THEN CASE WHEN ascii(substr("number", 17, 1)) % 2 = 1 THEN '男' ELSE '女' END END AS "sex"
FROM ({_JUDGED}) AS j LEFT JOIN "联_名" AS n ON n."name" = j."name" LEFT JOIN "联_名" AS h ON h."name" = j."head\""""


_ALL = f'CREATE OR REPLACE TABLE "联_全" AS SELECT * EXCLUDE (n, "digits", "born", "sex_written") FROM ({_LOOKED_UP})'


def _persons(engine: Engine) -> str:
    """SQL: those that are free, each with how likely a second person has what it has; the larger side counts."""
    rows = engine.rows(
        'SELECT greatest(count(*) FILTER (WHERE "side" = 0), count(*) FILTER (WHERE "side" = 1)) FROM "联_全"'
    )
    fields, joins = [], []
    for counted, columns in _COUNTED.items():
        names, last = ", ".join(map(quoted, columns)), quoted(columns[-1])
        background = STRENGTH * BACKGROUND.get(counted, BACKGROUND["household"])
        fields.append(f'("c_{counted}"."n" - 1 + {background}) / ({rows[0][0]} - 1 + {STRENGTH}) AS "u_{counted}"')
        most = 'greatest(count(*) FILTER (WHERE "side" = 0), count(*) FILTER (WHERE "side" = 1))'
        alike = " AND ".join(f'"c_{counted}".{one} IS NOT DISTINCT FROM p.{one}' for one in map(quoted, columns))
        joins.append(
            f'LEFT JOIN (SELECT {names}, {most} AS "n" FROM "联_全" WHERE {last} IS NOT NULL GROUP BY {names})'
            f' AS "c_{counted}" ON {alike}'
        )
    return f'SELECT p.*, {", ".join(fields)} FROM "联_全" AS p {" ".join(joins)} WHERE p."free"'
