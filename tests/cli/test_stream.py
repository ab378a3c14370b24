"""Standard output as it really is: a pipe, a GBK console, a reader that stops listening."""

import io
import json
import os
import subprocess
import sys

import pytest

from fupin_cli.cli.stream import show_parts
from fupin_cli.reports.words import Look

PROGRAM = """
import sys, types
sys.path.insert(0, {root!r})
from tests.reports.drawn import audit
from fupin_cli.cli import main
job = types.ModuleType("fupin_cli.jobs.audit")
job.run = lambda request, progress: audit()
sys.modules["fupin_cli.jobs.audit"] = job
sys.argv = ["fupin", *{arguments!r}]
main()
"""


def run(request, *arguments, **environment):
    code = PROGRAM.format(root=str(request.config.rootpath), arguments=list(arguments))
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "COLUMNS"))}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env={**kept, **environment}, check=False, timeout=60
    )
    return done.returncode, done.stdout, done.stderr.decode("utf-8")


def test_a_pipe_gets_plain_text_of_eighty_columns_and_no_progress(request, snapshot):
    code, out, err = run(request, "audit", "a.xlsx", PYTHONUTF8="1", FORCE_COLOR="1", TTY_COMPATIBLE="1")
    assert (code, err) == (1, "")
    assert out.decode("utf-8") == snapshot


def test_what_waits_for_the_end_of_the_process_is_run():
    code = "import atexit, sys; atexit.register(print, 'last'); sys.argv = ['fupin', '--version']\nfrom fupin_cli.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, timeout=60)
    assert done.stdout.decode("utf-8").splitlines()[1:] == ["last"]


def test_a_gbk_console_gets_what_gbk_has_and_the_nearest_sign_for_the_rest(request):
    code, out, err = run(request, "audit", "a.xlsx", PYTHONIOENCODING="gbk")
    assert (code, err) == (1, "")
    assert "- 大田乡.xlsx > 花名册 > O12 · 张*三" in out.decode("gbk")


def test_an_ascii_console_does_not_crash(request):
    code, out, err = run(request, "audit", "a.xlsx", "--lang", "en", PYTHONIOENCODING="ascii")
    assert (code, err) == (1, "")
    assert "- ???.xlsx > ??? > O12 . ?*?" in out.decode("ascii")


def test_a_tree_is_drawn_on_a_gbk_console_and_in_ascii(request):
    _, out, _ = run(request, "audit", "a.xlsx", "--group-by", "乡", PYTHONIOENCODING="gbk")
    assert "  └─ 石桥村\n     └─ 户 990101000123\n" in out.decode("gbk")
    _, out, _ = run(request, "audit", "a.xlsx", "--group-by", "乡", "--lang", "en", PYTHONIOENCODING="ascii")
    assert "  `- ???\n     `- household 990101000123\n" in out.decode("ascii")


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "utf-8"])
def test_json_says_the_same_in_any_encoding(request, encoding):
    _, out, _ = run(request, "audit", "a.xlsx", "--format", "json", PYTHONIOENCODING=encoding)
    report = json.loads(out.decode("utf-8"))
    assert report["findings"][0]["message"] == "张*三，10岁，在校生状况为“非在校生”"


@pytest.mark.parametrize("form", ["jsonl", "sarif"])
def test_forms_of_json_are_ascii_where_the_output_is_no_utf8(request, form):
    _, out, _ = run(request, "audit", "a.xlsx", "--format", form, PYTHONIOENCODING="gbk")
    assert out.isascii()
    lines = out.decode("ascii").splitlines()
    told = (
        json.loads(lines[1])["message"]
        if form == "jsonl"
        else json.loads(out)["runs"][0]["results"][0]["message"]["text"]
    )
    assert told == "张*三，10岁，在校生状况为“非在校生”"


@pytest.mark.parametrize(
    ("form", "begins"),
    [("csv", "\ufeff严重度,"), ("junit", "<?xml "), ("markdown", "## fupin 核"), ("github", "::error file=大田乡")],
)
def test_files_for_programs_are_utf8_in_a_pipe_of_any_encoding(request, form, begins):
    code, out, err = run(request, "audit", "a.xlsx", "--format", form, PYTHONIOENCODING="gbk")
    assert (code, err) == (1, "")
    assert out.decode("utf-8").startswith(begins)
    assert form != "csv" or out.count(b"\r\n") == out.count(b"\n")


def test_somebody_before_a_gbk_console_reads_a_table_without_its_mark(monkeypatch):
    class Console(io.TextIOWrapper):
        def isatty(self):
            return True

    console = Console(io.BytesIO(), encoding="gbk", newline="")
    monkeypatch.setattr(sys, "stdout", console)
    show_parts("csv", lambda _: iter(["\ufeff严重度\r\n", "甲›乙\r\n"]), Look())
    assert console.buffer.getvalue().decode("gbk") == "严重度\r\n甲>乙\r\n"


def test_an_error_is_readable_on_a_gbk_console(request):
    code = PROGRAM.format(root=str(request.config.rootpath), arguments=["audit", "a", "--as-of", "x›"])
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "gbk", "LC_ALL": "C.UTF-8"},
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr.decode("gbk").strip()) == (2, "--as-of x>：不是日期，请写成 2020-12-31。")


@pytest.mark.parametrize("form", ["terminal", "jsonl", "csv"])
def test_a_reader_that_stops_listening_does_not_change_the_exit_code(request, form):
    arguments = ["audit", "a.xlsx", "--fail-on", "never", "--format", form]
    code = PROGRAM.format(root=str(request.config.rootpath), arguments=arguments)
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([sys.executable, "-c", code], stdout=writing, stderr=subprocess.PIPE, check=False, timeout=60)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(
    ("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_a_terminal_gets_colours_unless_it_says_no(request, environment, coloured):
    import pty

    code = PROGRAM.format(root=str(request.config.rootpath), arguments=["audit", "a.xlsx", "--quiet"])
    ours, theirs = pty.openpty()
    kept = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "TERM"}}
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=theirs, stderr=theirs, env={**kept, "TERM": "xterm", **environment}
    ) as child:
        os.close(theirs)
        out = b""
        while chunk := _read(ours):
            out += chunk
    os.close(ours)
    assert child.returncode == 1
    assert (b"\x1b" in out) is coloured


def _read(descriptor):
    try:
        return os.read(descriptor, 4096)
    except OSError:  # the other end is closed
        return b""
