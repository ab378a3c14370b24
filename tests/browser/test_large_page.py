"""The list of a large county: how large the page is, and that only the rows in sight are in it."""

import pytest

from fupin_cli import reports
from fupin_cli.reports import Look
from tests.browser.large import large_county
from tests.browser.seen import until
from tests.programs import needs

pytestmark = needs("chromium")
FINDINGS = 20_000


@pytest.fixture(scope="module")
def large(county, tmp_path_factory):
    path = tmp_path_factory.mktemp("large") / "page.html"
    reports.write(large_county(county, FINDINGS), path, "html", Look())
    return path


def test_a_hundred_thousand_findings_would_stay_under_three_megabytes(large, written):
    fixed = written["zh"].stat().st_size
    assert fixed + (large.stat().st_size - fixed) / FINDINGS * 100_000 < 3_000_000


def test_few_rows_are_in_the_page_wherever_it_is_scrolled(opened, large):
    page = opened(large)
    counts = []
    for share in (0, 0.5, 1):
        page.evaluate(
            "(share) => { const f = document.querySelector('.f-frame'); f.scrollTop = f.scrollHeight * share; }", share
        )
        until(page, "!window.fupinFindings.table.waiting")
        counts.append(page.locator("#findings tr").count())
    assert max(counts) < 200
    assert page.locator("#findings tr[data-finding]").last.get_attribute("aria-rowindex") == str(FINDINGS + 1)


def test_a_list_taller_than_browsers_draw_still_reaches_its_last_row(opened, large):
    """The heights are told to the script as if rows were fifty times as many."""
    page = opened(large)
    page.evaluate("""() => {
      const table = window.fupinFindings.table;
      const all = table.shown;
      const many = new Int32Array(all.length * 50);
      for (let at = 0; at < many.length; at++) many[at] = all[at % all.length];
      table.show(many);
    }""")
    page.locator("[role=grid]").focus()
    page.keyboard.press("End")
    last = page.locator(f"#f-row-{FINDINGS * 50 - 1}")
    assert last.evaluate("""(row) => {
      const frame = document.querySelector('.f-frame').getBoundingClientRect();
      const box = row.getBoundingClientRect();
      return box.top >= frame.top && box.bottom <= frame.bottom + 1;
    }""")
    page.keyboard.press("Home")
    assert page.locator("#f-row-0").is_visible()
    assert page.locator("#findings tr").count() < 200


def test_search_filter_and_sort_over_all_rows_agree_with_each_other(opened, large):
    page = opened(large)
    told = page.evaluate("""() => {
      const list = window.fupinFindings;
      const all = list.table.shown.length;
      list.choice.search('青山镇');
      list.changed();
      const searched = list.table.shown.length;
      list.clear();
      list.toggle('township', '青山镇');
      const filtered = list.table.shown.length;
      list.sortedBy('problem');
      const sorted = Array.from(list.table.shown, (i) => list.findings.brief(i));
      return [all, searched, filtered, sorted.length, sorted.every((text, at) => !at || sorted[at - 1] <= text)];
    }""")
    assert told == [FINDINGS, told[2], told[2], told[2], True]
    assert 0 < told[2] < FINDINGS
