"""The list of findings of the page, in a real browser: the sample county."""

import re
from collections import Counter

import pytest

from fupin_cli.reports import Look
from tests.browser.seen import LOOKS, column_of, expected, shown_ids, taken_out, until
from tests.programs import needs

pytestmark = needs("chromium")


@pytest.mark.parametrize(("page", "left_out"), [("zh", 0), ("en", 0), ("notice", 20)])
def test_the_page_holds_every_finding_whole_as_other_reports_show_it(opened, county, page, left_out):
    """A public notice leaves out what tells of somebody's health; the other pages leave out nothing."""
    told = expected(county, LOOKS[page])
    assert len(county.findings) - len(told) >= left_out
    assert left_out or len(county.findings) == len(told)
    assert taken_out(opened(page)) == told


def test_filters_show_what_they_say_and_clearing_shows_all_again(opened, county):
    page = opened()
    assert page.inner_text(".f-count") == f"共 {len(county.findings)} 处"
    page.click("button[data-severity=warning]")
    page.click("button[aria-controls=f-pick-township]")
    page.locator("#f-pick-township label", has_text="云溪镇").click()
    page.locator("#f-pick-township label", has_text="望山乡").click()
    wanted = {one.id for one in county.findings if one.severity == "warning" and one.township in {"云溪镇", "望山乡"}}
    assert set(shown_ids(page)) == wanted
    assert page.inner_text(".f-count") == f"显示 {len(wanted)} / {len(county.findings)} 处"
    assert {text.strip() for text in column_of(page, 0)} == {"疑点"}
    page.keyboard.press("Escape")
    assert page.locator("#f-pick-township").is_hidden()
    page.click(".f-reset")
    assert len(shown_ids(page)) == len(county.findings)
    assert page.locator(".f-reset").is_disabled()


def test_an_option_tells_how_many_it_would_show_beside_the_other_filters(opened, county):
    page = opened("zh", "#severity=error&theme=IDN")
    page.click("button[aria-controls=f-pick-village]")
    told = {
        name: int(n)
        for name, n in (text.split("\n") for text in page.locator("#f-pick-village label").all_inner_texts())
    }
    found = [one for one in county.findings if one.severity == "error" and one.rule.startswith("IDN")]
    assert told == Counter(one.village or "（未写明）" for one in found)


def test_the_search_finds_numbers_names_and_words_and_says_when_there_is_nothing(opened, county):
    page = opened()
    household = next(one.household for one in county.findings if one.household)
    page.fill("#f-search", household)
    until(page, "window.fupinFindings.choice.query !== ''")
    everything = expected(county, Look())
    wanted = {id_ for id_, told in everything.items() if household in repr(told)}
    assert set(shown_ids(page)) == wanted
    page.fill("#f-search", "云溪镇 教育")
    until(page, "window.fupinFindings.choice.query === '云溪镇 教育'")
    ids = shown_ids(page)
    assert ids
    assert all("云溪镇" in repr(everything[id_]) for id_ in ids)
    page.fill("#f-search", "没有这个词")
    until(page, "window.fupinFindings.choice.query === '没有这个词'")
    assert shown_ids(page) == []
    assert page.inner_text(".f-none") == "没有符合筛选条件的问题。"


def test_a_heading_sorts_up_then_down_then_as_at_first(opened, county):
    page = opened()
    first = shown_ids(page)
    ranks = {"error": 0, "warning": 1, "notice": 2}
    severities = {one.id: ranks[one.severity] for one in county.findings}
    assert [severities[id_] for id_ in first] == sorted(severities.values())
    households = {one.id: one.household or "" for one in county.findings}
    heading = page.locator("th[data-column=household]")
    heading.locator("button").click()
    assert heading.get_attribute("aria-sort") == "ascending"
    assert [households[id_] for id_ in shown_ids(page)] == sorted(households.values())
    heading.locator("button").click()
    assert heading.get_attribute("aria-sort") == "descending"
    assert [households[id_] for id_ in shown_ids(page)] == sorted(households.values(), reverse=True)
    heading.locator("button").click()
    assert heading.get_attribute("aria-sort") == "none"
    assert shown_ids(page) == first


def test_cells_sort_by_row_then_column(opened):
    page = opened("zh", "#sort=cell")
    told = taken_out(page)
    cells = [re.match(r"([A-Z]+)([0-9]+)", told[id_]["cells"]) for id_ in shown_ids(page)]
    keys = [(int(cell[2]), len(cell[1]), cell[1]) for cell in cells if cell]
    assert len(keys) > 100
    assert keys == sorted(keys)


def test_a_click_opens_a_finding_with_basis_remedy_values_and_a_link_to_its_rule(opened, county):
    page = opened("zh", "#rule=INC006")
    row = page.locator("tr[data-finding]").first
    told = expected(county, Look())[row.get_attribute("data-finding")]
    row.click()
    text = page.inner_text(".f-panel")
    for part in (told["message"], told["basis"], told["fix"], told["id"], *told["standards"], told["household"]):
        assert part in text
    assert page.inner_text("#f-title") == "脱贫户收入低于收入线" or told["rule"][1] in text
    for column, value in told["values"]:
        assert f"{column}\t{value or '（空白）'}" in text
    page.click(".f-panel .f-links a >> nth=0")
    assert page.locator(".f-panel").is_hidden()
    assert page.locator("#rule-INC006").evaluate(
        "(rule) => rule.open && rule.getBoundingClientRect().top < window.innerHeight"
    )


def test_the_keyboard_moves_opens_and_closes(opened, county):
    page = opened()
    ids = shown_ids(page)
    grid = page.locator("[role=grid]")
    grid.focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    assert page.inner_text(".f-own") == ids[2]
    assert page.inner_text(".f-position") == f"第 3 / {len(ids)} 处"
    assert page.evaluate("document.querySelector('.f-panel').contains(document.activeElement)")
    page.keyboard.press("Escape")
    assert page.locator(".f-panel").is_hidden()
    assert page.evaluate("document.activeElement.getAttribute('role')") == "grid"
    page.keyboard.press("End")
    assert grid.get_attribute("aria-activedescendant") == f"f-row-{len(ids) - 1}"
    active = page.locator(f"#f-row-{len(ids) - 1}")
    assert active.get_attribute("aria-rowindex") == grid.get_attribute("aria-rowcount") == str(len(ids) + 1)
    assert active.get_attribute("data-finding") == ids[-1]
    page.keyboard.press("PageUp")
    page.keyboard.press("Home")
    assert grid.get_attribute("aria-activedescendant") == "f-row-0"


def test_a_cell_of_the_heat_map_shows_exactly_its_findings(opened):
    page = opened("zh", "#severity=notice&q=%E6%B2%A1%E6%9C%89")
    cell = page.locator(".heat [data-filter-township][data-filter-theme]").first
    counted = int(cell.inner_text().replace(",", ""))
    place, theme = cell.get_attribute("data-filter-township"), cell.get_attribute("data-filter-theme")
    cell.click()
    told = taken_out(page)
    found = [told[id_] for id_ in shown_ids(page)]
    assert len(found) == counted > 0
    assert {(one["township"], one["rule"][0][:3]) for one in found} == {(place, theme)}
    assert page.locator("#findings .f-search input").input_value() == ""
    assert page.locator("#findings-section").evaluate("(part) => Math.abs(part.getBoundingClientRect().top) < 120")


def test_every_number_that_filters_shows_as_many_findings_as_it_says(opened):
    page = opened()
    wrong = page.evaluate("""() => {
      const list = window.fupinFindings;
      const kinds = ['severity', 'theme', 'rule', 'township', 'village'];
      return Array.from(document.querySelectorAll(kinds.map((kind) => '[data-filter-' + kind + ']').join(','))).filter((asked) => {
        const said = /[0-9][0-9,]*(?=[^0-9]*$)/.exec(asked.textContent.replace(/[A-Z]{3}[0-9]{3}/g, ''));
        if (!said) return false;
        asked.click();
        return list.table.shown.length !== Number(said[0].replace(/,/g, ''));
      }).map((asked) => asked.outerHTML);
    }""")
    assert wrong == []


def test_the_address_keeps_filters_search_sort_and_the_open_finding(opened):
    page = opened()
    page.click("button[data-severity=error]")
    page.fill("#f-search", "户编号")
    until(page, "window.fupinFindings.choice.query !== ''")
    page.click("th[data-column=village] button")
    page.locator("tr[data-finding]").nth(1).click()
    id_ = page.inner_text(".f-own")
    address = page.evaluate("window.location.hash")
    again = opened("zh", address)
    assert shown_ids(again) == shown_ids(page)
    assert again.inner_text(".f-own") == id_
    assert again.locator("button[data-severity=error]").get_attribute("aria-pressed") == "true"
    assert again.locator("th[data-column=village]").get_attribute("aria-sort") == "ascending"


def test_a_link_to_a_finding_opens_it_and_one_to_a_finding_that_is_gone_says_so(opened, county):
    id_ = county.findings[-1].id
    page = opened("en", f"#finding={id_}")
    assert page.inner_text(".f-own") == id_
    page.evaluate("window.location.hash = '#finding=EDU001-0000000000'")
    until(page, "document.querySelector('.f-count').textContent.startsWith('No')")
    assert page.inner_text(".f-count") == (
        "No finding here has the id EDU001-0000000000: the data may have been corrected, or the id is mistyped."
    )


def test_the_copy_button_takes_the_id(opened, county):
    page = opened("zh", f"#finding={county.findings[0].id}")
    page.evaluate("document.addEventListener('copy', () => { window.taken = String(document.activeElement.value); })")
    page.click(".f-copy")
    assert page.evaluate("window.taken") == county.findings[0].id
    assert page.inner_text(".f-copy") == "已复制"
