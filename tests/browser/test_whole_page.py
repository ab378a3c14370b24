"""The page as a whole in a real browser: paper, screen readers, narrow screens, hostile cells, a file cut short."""

import csv
import io
import re
import shutil
import subprocess

import pytest
from axe_playwright_python.sync_playwright import Axe
from msgspec.structs import replace

from fupin_cli import reports
from fupin_cli.model.place import Place
from fupin_cli.reports import Look
from tests.browser.seen import expected, shown_ids, taken_out
from tests.programs import needs
from tests.reports.drawn import SCHOOL, audit

pytestmark = needs("chromium")
EVIL = "<img src=x onerror=\"window.hit='img'\">"
ENDS = "</script><script>window.hit='script'</script><!--"


def page_of(drawn, folder, lang="zh"):
    path = folder / "page.html"
    reports.write(drawn, path, "html", Look(lang=lang))
    return path


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_axe_finds_nothing_on_the_page_its_filters_and_its_panel(opened, county, tmp_path, lang):
    """In English over the drawn audit with the county's figures: axe takes seconds over the long page of a county."""
    page = opened("zh" if lang == "zh" else page_of(audit(figures=county.figures), tmp_path, lang))
    page.click("button[aria-controls=f-pick-theme]")
    page.locator("tr[data-finding]").first.click()
    page.click("button[aria-controls=f-pick-rule]")
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["impact"], [node["html"] for node in one["nodes"]][:3]) for one in found] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_at_1024_pixels_nothing_is_wider_than_the_window(opened, lang):
    page = opened(lang, width=1024, height=768)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1024
    assert page.locator(".f-frame").evaluate("(frame) => frame.scrollWidth - frame.clientWidth") == 0
    assert page.locator("td.f-problem").first.evaluate("(cell) => cell.clientWidth") > 200


def test_printing_lays_the_filtered_rows_on_paper_and_takes_them_off_again(opened, county, tmp_path):
    page = opened("zh", "#severity=error&theme=EDU,INC")
    told = expected(county, Look())
    ids = shown_ids(page)
    path = tmp_path / "page.pdf"
    page.pdf(path=path)
    assert page.locator(".f-paper").count() == 0
    assert path.stat().st_size > 50_000
    if shutil.which("pdftotext"):
        text = subprocess.run(
            ["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True, text=True
        ).stdout
        assert "筛选条件：严重度：错误 · 主题：义务教育 / 收入" in re.sub(r"\s+", " ", text)
        for id_ in ids:
            assert told[id_]["household"] in text
        assert text.count("错误") >= len(ids)


def test_more_rows_than_paper_takes_are_cut_with_a_sentence(opened, county, tmp_path):
    many = replace(county, findings=tuple(replace(county.findings[0], id=f"FMT001-{n:010x}") for n in range(2100)))
    page = opened(page_of(many, tmp_path))
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".f-paper tbody tr").count() == 2000
    assert page.locator(".f-cut").text_content() == (
        "共 2,100 处，只印前 2,000 处；先筛选再打印，或用 fupin audit … -o 报告.xlsx 导出全部。"
    )
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator(".f-paper").count() == 0


def test_what_cells_hold_is_never_more_than_text(opened, tmp_path):
    hostile = replace(
        SCHOOL,
        places=(
            Place(SCHOOL.places[0].file, EVIL, 12, ("O12",)),
            Place(SCHOOL.places[0].file, ENDS, 13, ("O13",), "other"),
        ),
        household=EVIL,
        person=None,
        village=ENDS,
        township=EVIL,
        values={EVIL: ENDS, "在校生状况": "a\nb\\n\0\x01c\ud800"},
        message=f"{EVIL}{ENDS}",
        basis=ENDS,
        fix=EVIL,
        evidence=({EVIL: ENDS},),
        secrets={},
    )
    drawn = audit(findings=(hostile, SCHOOL))
    page = opened(page_of(drawn, tmp_path), f"#finding={hostile.id}")
    assert page.inner_text(".f-message") == f"{EVIL}{ENDS}"
    for pick in ("township", "village"):
        page.click(f"button[aria-controls=f-pick-{pick}]")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.wait_for_timeout(50)
    assert page.evaluate("window.hit") is None
    assert page.locator("#findings img, #findings script").count() == 0
    assert f"{EVIL}\t{ENDS}" in page.inner_text(".f-panel")
    assert page.evaluate("window.fupinFindings.findings.values(0)[1][1]") == "a\nb\\n\0\x01c?"


def test_columns_of_any_kind_of_text_come_out_as_they_went_in(opened, tmp_path):
    """Each is one column of the island; the way it is written there is chosen by what stands in it."""
    columns = {
        "same": lambda n: "否",
        "few": lambda n: "是否"[n % 2],
        "all": lambda n: f"第{n}项\n\\{n * n}",
        "steps": lambda n: str(990101000000 + n * n),
        "down": lambda n: str(2_000_000 - n * 77_777),
        "zeros": lambda n: f"{n * 31:06d}",
        "uneven": lambda n: str(7**n % 10**9),
        "uneven zeros": lambda n: "0" * (n % 4) + str(n),
        "long": lambda n: str(10**19 + 7**n),
        "long tails": lambda n: f"53012620{n * 12345678901:012d}",
        "wide digits": lambda n: chr(0xFF10 + n % 10) * (n % 3 + 1),
        "empty": lambda n: "" if n % 3 else "\0\x01",
    }
    findings = tuple(
        replace(
            SCHOOL,
            id=f"EDU001-{n:03}" if n % 2 else f"another-{n}",
            household=f"{n % 7:04d}",
            places=(Place(SCHOOL.places[0].file, "花名册", 60_000 - n * 700, ("O12", f"AB{n}")),),
            values={name: made(n) for name, made in columns.items()},
            secrets={},
        )
        for n in range(24)
    )
    drawn = audit(findings=findings)
    assert taken_out(opened(page_of(drawn, tmp_path))) == expected(drawn, Look())


def test_a_page_without_findings_says_so(opened, tmp_path):
    page = opened(page_of(audit(findings=()), tmp_path))
    assert page.inner_text(".f-none") == "没有发现问题。"


def test_a_page_cut_short_says_so(chromium, tmp_path):
    path = page_of(audit(), tmp_path)
    text = path.read_text("utf-8")
    path.write_text(re.sub(r'(id="findings-data">.{40})[^<]*', r"\1", text), "utf-8")
    page = chromium.new_page()
    page.goto(path.as_uri())
    assert page.inner_text("#findings").startswith("问题清单打不开：页面文件不完整（")
    page.close()


def test_the_csv_has_the_filtered_rows_a_mark_for_excel_and_no_formula(opened, tmp_path):
    drawn = audit(
        findings=(replace(SCHOOL, message="=1+1"), replace(SCHOOL, id="EDU001-1", severity="notice", fix='a "b", c'))
    )
    page = opened(page_of(drawn, tmp_path))
    with page.expect_download() as download:
        page.click(".f-download")
    download.value.save_as(tmp_path / "x.csv")
    raw = (tmp_path / "x.csv").read_bytes()
    assert raw.startswith("\ufeff".encode())
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert rows[0] == [
        "严重度",
        "规则",
        "名称",
        "乡镇",
        "村",
        "户编号",
        "姓名",
        "工作表",
        "单元格",
        "问题",
        "文件",
        "依据",
        "建议",
        "疑点编号",
    ]
    assert [rows[1][at] for at in (5, 8, 9)] == ["\t990101000123", "O12", "'=1+1"]
    assert rows[2][0] == "提示"
    assert rows[2][12] == 'a "b", c'
    assert len(rows) == 3
