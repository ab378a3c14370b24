"""The script and the style keep to what Chromium 63 (end of 2017) reads: checked without a browser."""

import re

import esprima
import pytest

from fupin_cli import reports
from fupin_cli.reports import Look
from tests.reports.drawn import audit

PAGE = reports.render(audit(), "html", Look())
SCRIPTS = re.findall(r"<script>(.*?)</script>", PAGE, re.DOTALL)
STYLE = "\n".join(re.findall(r"<style>(.*?)</style>", PAGE, re.DOTALL))
NEWER = (  # syntax the parser does not know stops it by itself: ?. ?? catch {} **= BigInt private fields
    "async ", "await ", "import(", "globalThis", "structuredClone", "queueMicrotask", "DecompressionStream", "ResizeObserver",
    ".flat(", ".flatMap(", ".fromEntries", ".matchAll(", ".replaceAll(", ".at(", ".replaceChildren(", ".toSorted(", ".trimStart(",
    ".trimEnd(", ".allSettled", ".finally(", "navigator.clipboard", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write",
)  # fmt: skip
NEWER_STYLE = (
    ":is(", ":where(", ":has(", ":focus-visible", "clamp(", "min(", "max(", "inset:", "aspect-ratio", "@layer", "@container",
    "color-mix(", "place-content", "accent-color", "overflow: clip",
)  # fmt: skip


@pytest.mark.parametrize("script", SCRIPTS, ids=["findings", "page"])
def test_the_scripts_keep_to_es2015_and_make_no_markup_of_texts(script):
    tree = esprima.parseScript(script)
    assert tree.body
    kinds = re.findall(r"type: \"?(\w+)", str(tree.body[0]))
    assert "AwaitExpression" not in kinds
    assert [name for name in NEWER if name in script] == []
    assert "</" not in script


@pytest.mark.parametrize("name", NEWER_STYLE)
def test_the_style_keeps_to_what_old_browsers_read(name):
    assert not re.search(rf"(?<![-\w]){re.escape(name)}", re.sub(r"/\*.*?\*/", "", STYLE, flags=re.DOTALL))


def test_the_only_gap_of_the_style_is_that_of_a_grid():
    assert re.findall(r"(?<!grid-)(?<!column-)(?<!row-)\bgap:", STYLE) == []


def test_the_page_names_no_address_outside_itself():
    assert re.findall(r"(?:src|href)\s*=\s*[\"']?(?!#)[^\"'>]*//", PAGE) == []
    assert re.findall(r"@import|url\(", STYLE) == []
