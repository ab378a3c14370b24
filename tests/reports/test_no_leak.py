"""No personal text of a kind that a report hides stands anywhere in it, in any form, in either language."""

import base64
import html
import re
import zipfile
import zlib
from datetime import date
from pathlib import Path

import pytest

from fupin_cli.jobs.audit import run
from fupin_cli.jobs.request import Request
from fupin_cli.model.masking import LEVELS, OPEN, PUBLIC, STANDARD, STRICT, masking_of
from fupin_cli.model.settings import Settings
from fupin_cli.reports import _FILES, _TEXTS, Look, render, write
from fupin_cli.reports.audit_page import findings_columns
from fupin_cli.reports.json_report import to_dict
from tests.reports.drawn_secrets import GOOD, NAMES, SECRETS, cars, disabled, registry

FORMS = [*_TEXTS, *_FILES]
HIDING = [level for level in LEVELS.values() if level.hidden]
CASES = [(form, level) for form in FORMS for level in HIDING] + [
    ("json", masking_of(kinds)) for kinds in ("证件,电话", "健康")
]


@pytest.fixture(scope="module")
def audited(tmp_path_factory):
    folder = tmp_path_factory.mktemp("secrets")
    return run(
        Request(
            files=(registry(folder / f"{NAMES[0]}家.xlsx"),),
            settings=Settings(today=date(2021, 1, 1), as_of=date(2020, 12, 31)),
            lists=(("车辆", cars(folder / "cars.xlsx")), ("残联", disabled(folder / "list.xlsx"))),
            figures=True,
        )
    )


@pytest.fixture(autouse=True)
def plain_columns(monkeypatch):
    """Let the page carry its columns as texts, whatever deflates better: digits written as steps nobody finds."""
    monkeypatch.setattr(findings_columns, "_FEW", 1 << 30)


def whole_text(audit, form, look, folder):
    """Return all text of a report, whatever its form; what a page carries deflated is taken out."""
    if form in _TEXTS:
        text = render(audit, form, look)
        island = re.search(r'<script type="application/octet-stream"[^>]*>([^<]+)</script>', text)
        return text + zlib.decompress(base64.b64decode(island[1]), -15).decode("utf-8") if island else text
    path = folder / f"report.{form}"
    write(audit, path, form, look)
    if not zipfile.is_zipfile(path):
        return path.read_text(encoding="utf-8")
    with zipfile.ZipFile(path) as package:
        return "\n".join(html.unescape(package.read(name).decode("utf-8")) for name in package.namelist())


def unwrapped(text):
    """Return the text without line ends: a terminal breaks its lines inside names and numbers."""
    return "".join(line.strip() for line in text.splitlines())


def kept(kind, level):
    """Return the secrets of a kind that a report must not have."""
    if kind == "姓名" and not level.health:  # below `strict` files, sheets and headings keep their names
        return [secret for secret in SECRETS[kind] if secret not in {NAMES[0], NAMES[2], NAMES[8]}]
    return SECRETS[kind]


@pytest.mark.parametrize(("form", "level"), CASES, ids=lambda part: getattr(part, "name", part))
def test_no_secret_of_a_hidden_kind_stands_anywhere_in_a_report(audited, form, level, tmp_path):
    for lang in ("zh", "en"):
        look = Look(lang, width=4000, masking=level)
        text = whole_text(audited, form, look, tmp_path)
        both = (text, unwrapped(text))
        leaked = [
            (kind, secret)
            for kind in SECRETS
            if level.hides(kind)
            for secret in kept(kind, level)
            if any(secret in each for each in both)
        ]
        assert leaked == []
        if level.dropped:
            assert "990101**" not in text


@pytest.mark.parametrize("form", FORMS)
def test_every_form_shows_them_when_nothing_is_hidden(audited, form, tmp_path):
    text = unwrapped(whole_text(audited, form, Look(width=4000, masking=OPEN), tmp_path))
    assert [kind for kind, secrets in SECRETS.items() if not any(secret in text for secret in secrets)] == []


def test_the_drawn_registry_makes_findings_tell_nearly_every_secret(audited, tmp_path):
    text = whole_text(audited, "json", Look(masking=OPEN), tmp_path)
    assert [secret for secrets in SECRETS.values() for secret in secrets if secret not in text] == [
        *("禤昱", GOOD[3], GOOD[4], GOOD[5]),  # only in another form, or on the card
        *("13800138866", "13900135533", "6228480990101555333"),
    ]


def test_findings_that_tell_of_health_are_left_out_and_counted(audited):
    shown = to_dict(audited, masking=STRICT)
    assert shown["counts"]["withheld"] == len(audited.findings) - len(shown["findings"]) > 10
    assert shown["notes"][0] == (
        f"另有 {shown['counts']['withheld']} 处问题要说出健康、残疾或病情才讲得清，本报告的遮盖级别不显示它们；县里核实时用 --mask standard 看。"
    )
    assert shown["masking"] == {"level": "strict", "kinds": ["姓名", "证件", "电话", "账号", "健康"]}
    assert "MED001" in shown["rules"]["run"]
    assert to_dict(audited)["counts"]["withheld"] == 0


def test_a_notice_does_not_even_count_what_the_rules_on_health_found(audited):
    run_rules = to_dict(audited, masking=PUBLIC)["rules"]["run"]
    assert {"MED001", "LAB022"} & set(run_rules) == set()
    assert "IDN002" in run_rules


def test_files_and_sheets_named_after_a_family_are_named_otherwise_where_health_is_hidden(audited):
    files = {level.name: to_dict(audited, masking=level)["files"][0] for level in (STANDARD, STRICT)}
    assert Path(files["standard"]["path"]).name == f"{NAMES[0]}家.xlsx"
    assert Path(files["strict"]["path"]).name == "褚*珩家.xlsx"
    assert [sheet["name"] for sheet in files["strict"]["sheets"]] == ["花名册", "昝*昶"]
