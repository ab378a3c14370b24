"""The page of an audit: what it says, in which order, and that nothing of a workbook becomes part of it."""

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from string import Formatter

import pytest
from msgspec.structs import replace

from fupin_cli import __version__
from fupin_cli.model.audit import Counts
from fupin_cli.model.figures import AgeBand, Figures, IncomeBand, IncomeLine
from fupin_cli.model.masking import LEVELS, OPEN
from fupin_cli.model.place import Place
from fupin_cli.model.rule import NotRun
from fupin_cli.reports import AUDIT_FORMS, Look, form_of, render, write
from fupin_cli.reports.audit_page import words
from fupin_cli.reports.audit_page.drawing import ticks
from fupin_cli.reports.audit_page.findings_data import style
from fupin_cli.reports.audit_page.heat_map import rows_of, steps
from fupin_cli.reports.audit_page.income_chart import position, side
from fupin_cli.reports.audit_page.silent_rules import asked
from fupin_cli.reports.version import version
from fupin_cli.sheets.folder import workbooks_in
from tests.reports.drawn import INCOME, RULES, SCHOOL, TWICE, audit, layout

LINE = IncomeLine(4000.0, "全国", "2020-01-01", "某文件")
BANDS = (
    IncomeBand(None, 0.0, 1),
    IncomeBand(0.0, 2000.0, 3),
    IncomeBand(2000.0, 4000.0, 5),
    IncomeBand(4000.0, 6000.0, 20),
    IncomeBand(6000.0, None, 9),
)
AGES = (AgeBand(0, 4, 3, 2, 0), AgeBand(5, 9, 6, 4, 1), AgeBand(10, 14, 8, 9, 2), AgeBand(15, None, 40, 41, 0))
FIGURES = Figures(incomes=BANDS, no_income=2, lines=(LINE,), ages=AGES, no_age=4)
ASSETS = Path(words.__file__).parent


class Outline(HTMLParser):
    """What a browser makes of a page: its tags with the names of their attributes, its ids, links, headings and texts."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.ids, self.refers, self.heads, self.said, self.attributes = [], [], [], [], [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.append((tag, tuple(sorted(given))))
        self.attributes += attrs
        self.ids += [given["id"]] if "id" in given else []
        self.refers += given.get("aria-labelledby", "").split()
        self.refers += [given["href"].removeprefix("#")] if tag == "a" else []
        self.heads += [int(tag[1])] if re.fullmatch("h[1-6]", tag) else []

    def handle_data(self, data):
        self.said.append(data)


def page(made=None, lang="zh", **look):
    return render(made or audit(figures=FIGURES), "html", Look(lang=lang, **look))


def without_assets(html):
    """Leave out style sheets, scripts and the findings, which have tests of their own."""
    return re.sub(r"(<(style|script)[^>]*>).*?(</\2>)", r"\1\3", html, flags=re.DOTALL).replace(version(), "VERSION")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_whole_page(snapshot, lang):
    assert without_assets(page(lang=lang)) == snapshot


def test_what_must_be_known_first_stands_first():
    failed = audit(figures=FIGURES, failed_files=(("坏.xlsx", "坏.xlsx：不是工作簿。", "坏.xlsx: no workbook."),))
    wanted = (
        "<h1>", "未能读取的文件", "坏.xlsx：不是工作簿。", "先请注意", "由用户给定", "读表存疑", 'id="overview"', 'class="heat"',
        "人均纯收入与收入线", "年龄与性别", "问题最多的规则", 'id="findings-section"', 'id="findings"', 'id="rule-EDU001"',
        'id="not-run"', 'id="unknown"', 'id="reading"', 'id="findings-data"',
    )  # fmt: skip
    html = without_assets(page(failed))
    assert [html.count(each) > 0 for each in wanted] == [True] * len(wanted)
    found = [html.index(each) for each in wanted]
    assert found == sorted(found)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_screen_reader_finds_its_way(lang):
    outline = Outline(page(lang=lang))
    assert [name for name, times in Counter(outline.ids).items() if times > 1] == []
    assert set(outline.refers) <= set(outline.ids)
    assert outline.heads[0] == 1
    assert outline.heads.count(1) == 1
    assert max(later - earlier for earlier, later in zip(outline.heads, outline.heads[1:], strict=False)) == 1
    tags = [tag for tag, _ in outline.tags]
    assert [tags.count(landmark) for landmark in ("header", "nav", "main", "footer")] == [1, 1, 1, 1]
    assert all("scope" in given for tag, given in outline.tags if tag == "th")
    assert all("aria-labelledby" in given or "aria-hidden" in given for tag, given in outline.tags if tag == "svg")


def test_nothing_of_a_workbook_becomes_part_of_the_page():
    plain, hostile = (_filled(text) for text in ("x", '</script><script>alert(1)</script><img src=x onerror="a()" \'&'))
    expected, found = Outline(page(plain, masking=OPEN)), Outline(page(hostile, masking=OPEN))
    assert found.tags == expected.tags
    assert "".join(found.said).count("<script>alert(1)") > 10


def _filled(text):
    """An audit in which every text of a workbook, a rule or a profile is `text`."""
    sheet = replace(layout().sheet, file=Path(text.replace("/", "\\")), name=text)
    mine = replace(layout(), sheet=sheet, title=text, unmapped={"T": text}, doubts=((text, text),), columns=())
    rule = replace(
        RULES["EDU001"], name=text, name_en=text, why=text, fix=text, basis=replace(RULES["EDU001"].basis, says=text)
    )
    finding = replace(SCHOOL,
        township=text, village=text, household=text, person=text, message=text, message_en=text, values={text: text},
        places=(Place(sheet.file, text, 3, ("A3",)),), basis=text, fix=text,
    )  # fmt: skip
    lines = (replace(LINE, place=text, source=text),)
    return audit(
        layouts=(mine,), findings=(finding, finding), rules={"EDU001": rule}, townships={text: (1, 2), "乙乡": (1, 1)}, profile=text,
        notes=((text, text),), not_run=(NotRun("EDU001", "column", (text,)),), figures=replace(FIGURES, lines=lines),
    )  # fmt: skip


def test_the_page_asks_nothing_of_a_network():
    html = re.sub(r"/\*!.*?\*/", "", page(), flags=re.DOTALL).replace("http://www.w3.org/2000/svg", "")  # licences stay
    assert re.findall(r"(?:https?:)?//[\w.-]+\.\w+", html) == []
    assert re.findall(r"@import|url\(|\bsrc=|<link|<iframe|<object|XMLHttpRequest|fetch\(", html) == []
    assert "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:" in html


def test_the_style_sheets_are_of_2017():
    newer = r":is\(|:where\(|:has\(|focus-visible|(?<![-\w])gap:|aspect-ratio|(?<![-\w])inset:|clamp\(|(?<![-\w])m(?:in|ax)\(|margin-inline|color-mix"
    for sheet in (ASSETS.joinpath("page.css").read_text("utf-8"), style()):
        assert re.findall(newer, re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)) == []


def test_names_are_masked_unless_revealed_and_the_page_says_which():
    masked, revealed = page(), page(masking=OPEN)
    assert '<p class="masking">姓名、证件号码、电话、账号已遮盖；加 --reveal 显示原文。</p>' in masked
    assert '<p class="masking bare">本报告含未遮盖的个人信息，请妥善保管。</p>' in revealed
    assert "张小三" not in masked
    assert '<p class="masking">' in page(masking=LEVELS["public"])


def test_cells_lead_to_the_list_with_the_filter_they_stand_for():
    html = page()
    assert (
        '<a href="#findings-section" data-filter-township="大田乡" data-filter-theme="EDU" aria-label="大田乡，义务教育：1 处">1</a>'
        in html
    )
    assert 'href="#findings-section" data-filter-severity="error">' in html
    assert 'data-filter-rule="INC006"' in html
    assert 'data-filter-township="小河乡" data-filter-village="上坝村"' in html


def test_a_single_township_is_shown_by_villages():
    made = audit(
        findings=(SCHOOL, TWICE, replace(INCOME, township="大田乡")), townships={"大田乡": (40, 117)}, figures=None
    )
    assert [(row.name, row.total) for row in rows_of(made)] == [("石桥村", 2), ("上坝村", 1)]
    html = page(made)
    assert "各村的问题，按主题" in html
    assert 'data-filter-village="石桥村" data-filter-theme="EDU"' in html
    assert "每百户</th>" not in html


def test_what_is_too_many_stands_in_one_row_and_the_unknown_last():
    many = [
        *(replace(SCHOOL, township=f"第{n:02}乡") for n in range(45)),
        SCHOOL,
        SCHOOL,
        replace(SCHOOL, township=None),
    ]
    rows = rows_of(audit(findings=tuple(many), townships={"大田乡": (10, 20), "末乡": (30, 60)}))
    assert (rows[0].name, rows[0].total, rows[0].households) == ("大田乡", 2, 10)
    assert [(row.others, row.total, row.households) for row in rows[-2:]] == [(7, 6, 30), (0, 1, 0)]
    assert sum(row.total for row in rows) == len(many)


def test_without_findings_there_is_no_list_and_no_map():
    html = page(audit(findings=(), notes=(), not_run=(), counts={"EDU001": Counts(passed=3)}, figures=FIGURES))
    assert "<noscript><p>没有发现问题。</p></noscript>" in html
    absent = ('class="heat"', 'id="rules"', 'id="not-run"', 'id="unknown"')
    assert [part for part in absent if part in html] == []


def test_what_cannot_be_drawn_is_said():
    assert "没有画收入分布和年龄金字塔" in page(audit())
    assert "没有可读的“人均纯收入”，不能画收入分布。" in page(audit(figures=Figures(ages=AGES)))
    assert "没有可读的年龄和性别，不能画年龄金字塔。" in page(audit(figures=Figures(incomes=BANDS)))
    assert "没有当地当期的收入线，没有画线。" in page(audit(figures=replace(FIGURES, lines=())))
    assert "EDU001（义务教育适龄失学）没有运行，没有标失学。" in page(audit(figures=FIGURES, counts={}))


def test_a_band_is_below_the_line_only_when_all_of_it_is():
    assert [side(band, [4000.0]) for band in BANDS] == ["bar-below"] * 3 + ["bar-above"] * 2
    assert [side(band, [3000.0]) for band in BANDS] == ["bar-below"] * 2 + ["bar-between"] + ["bar-above"] * 2
    assert [side(band, [2000.0, 4000.0]) for band in BANDS] == ["bar-below"] * 2 + ["bar-between"] + ["bar-above"] * 2
    assert [side(band, []) for band in BANDS] == ["bar-above"] * 5


def test_a_line_stands_at_its_amount():
    assert [position(BANDS, value) for value in (-5.0, 0.0, 3000.0, 4000.0, 9000.0)] == [0.5, 1.0, 2.5, 3.0, 4.5]
    assert position(BANDS[1:4], 7000.0) == 3.0
    assert position(BANDS[2:4], 100.0) == 0.0


@pytest.mark.parametrize("highest", [1, 2, 5, 7, 22, 1000, 98765])
def test_scales_reach_the_highest_count(highest):
    scale, grid = steps(highest), ticks(highest)
    assert scale == sorted(set(scale))
    assert scale[-1] == highest
    assert scale[0] >= 1
    assert grid[-2] < highest <= grid[-1]
    assert 2 <= len(grid) <= 7


def test_the_values_a_rule_asks_for_are_names_not_texts_calls_or_sql():
    rule = replace(
        RULES["EDU001"],
        when="年龄 BETWEEN 参数('起 龄') AND 16 AND NOT 已完成义务教育",
        must="在校 OR 含(\"致贫/返贫风险\", '因病')",
    )
    assert asked(rule) == ["年龄", "已完成义务教育", "在校", "致贫/返贫风险"]


@pytest.mark.parametrize(("rows", "open_", "tables"), [(18, 18, 1), (19, 12, 2)])
def test_a_long_table_is_folded_after_its_first_rows(rows, open_, tables):
    lacking = tuple(NotRun(f"WAT{n:03}", "column", (f"列{n}",)) for n in range(rows))
    html = page(audit(not_run=lacking, figures=FIGURES)).partition('id="not-run"')[2].partition('id="unknown"')[0]
    assert html.count('<table class="plain lacking">') == tables
    assert html.partition("<details")[0].count('<th scope="row">') == open_
    assert html.count('<th scope="row">') == rows


def test_a_rule_asked_of_two_lists_has_the_counts_of_both():
    counts = {"EDU001·车辆": Counts(passed=9, failed=1), "EDU001·房产": Counts(unknown=2)}
    html = page(audit(counts=counts))
    assert [f"<caption>比对名单 {name}</caption>" in html for name in ("车辆", "房产")] == [True, True]


def test_the_suffix_asks_for_the_page_only_where_there_is_one():
    assert [form_of(Path(name), "terminal", AUDIT_FORMS) for name in ("a.html", "a.HTM", "a.x")] == [
        "html",
        "html",
        "terminal",
    ]
    assert form_of(Path("a.html"), "terminal") == "terminal"


def test_a_page_in_a_folder_of_registries_is_not_read_as_one(tmp_path):
    write(audit(), tmp_path / "报告.html", "html", Look())
    tmp_path.joinpath("花名册.html").write_text("<table><tr><td>姓名</td></tr></table>", encoding="utf-8")
    files, skipped = workbooks_in(tmp_path)
    assert [file.name for file in files] == ["花名册.html"]
    assert [(each.file.name, each.zh, each.en) for each in skipped] == [
        ("报告.html", "fupin 的报告", "report of fupin")
    ]


def test_every_word_has_the_same_parts_in_both_languages():
    def parts(text):
        return sorted(name for _, name, _, _ in Formatter().parse(text) if name)

    assert {key for key, (zh, en) in words.WORDS.items() if parts(zh) != parts(en) or not zh or not en} == set()


def test_a_report_names_the_version_that_fupin_names():
    assert version() == __version__
