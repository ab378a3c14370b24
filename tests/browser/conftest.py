"""The page of an audit of the sample county, and a browser to open it in. Whatever a page logs or asks the network for fails the test."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from fupin_cli import reports
from fupin_cli.jobs.audit import run
from fupin_cli.jobs.request import Request
from fupin_cli.model.audit import Audit
from fupin_cli.model.settings import Settings
from tests.browser.seen import LOOKS

SAMPLES = Path(__file__).parents[2] / "sample_data"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def county() -> Audit:
    """The faulty sample county with all its lists, audited once a session."""
    lists = tuple((path.stem, path) for path in sorted((SAMPLES / "lists").iterdir()) if path.suffix != ".yaml")
    settings = Settings(today=date(2026, 11, 22), profile="sample-990101")
    return run(Request((SAMPLES / "county_faulty.xlsx",), settings, lists=lists, figures=True))


@pytest.fixture(scope="session")
def written(county: Audit, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Language → the county's page; `notice` is the Chinese one of `--mask public`."""
    folder = tmp_path_factory.mktemp("pages")
    for name, look in LOOKS.items():
        reports.write(county, folder / f"{name}.html", "html", look)
    return {name: folder / f"{name}.html" for name in LOOKS}


@pytest.fixture(scope="module")
def chromium() -> Iterator:
    """One browser a module: it ends before tests of other modules, which may want an event loop of their own."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium")
    assert program, "chromium is not on this machine"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium, request: pytest.FixtureRequest) -> Iterator[Callable]:
    """Open a page: `opened("zh", "#severity=error")`, or a file."""
    troubles: list[str] = []
    pages = []

    def open_page(which: str | Path = "zh", address: str = "", width: int = 1280, height: int = 900):
        file = which if isinstance(which, Path) else request.getfixturevalue("written")[which]
        page = chromium.new_page(viewport={"width": width, "height": height})
        page.on("console", lambda message: troubles.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: troubles.append(f"uncaught: {error}"))
        page.on("request", lambda request: None if request.url.startswith("file:") else troubles.append(request.url))
        page.goto(file.as_uri() + address)
        page.wait_for_selector("#findings[data-ready]")
        pages.append(page)
        return page

    yield open_page
    for page in pages:
        page.close()
    assert troubles == []
