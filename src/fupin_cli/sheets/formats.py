"""A path in, what the file really is out (by its first bytes, not by its name), or one clear sentence why not."""

import re
import zipfile
from enum import Enum
from pathlib import Path

from fupin_cli.errors import InputError
from fupin_cli.sheets.refusals import refuse

WORKBOOK_SUFFIXES = (
    ".xlsx",
    ".xlsm",
    ".xlsb",
    ".xls",
    ".et",
    ".ods",
    ".htm",
    ".html",
    ".mht",
    ".xml",
    ".parquet",
    ".zip",
)
TEXT_SUFFIXES = (".csv", ".tsv", ".txt")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_MAGIC = (
    (b"\xff\xd8\xff", "picture"),
    (b"\x89PNG", "picture"),
    (b"GIF8", "picture"),
    (b"II*\0", "picture"),
    (b"MM\0*", "picture"),
    (b"BM", "picture"),
    (b"%PDF", "pdf"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"SQLite format 3\0", "sqlite"),
    (b"\0\1\0\0Standard Jet DB", "access"),
    (b"\0\1\0\0Standard ACE DB", "access"),
    (b"PARE", "locked_parquet"),
    (b"\x09\x00\x04\x00", "biff"),
    (b"\x09\x02\x06\x00", "biff"),
    (b"\x09\x04\x06\x00", "biff"),
)


_ALSO_WORDS = {b"BM", b"BZh", b"PARE"}  # a text may begin with them
_PACKAGES = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_DBASE = {0x02, 0x03, 0x30, 0x31, 0x32, 0x43, 0x63, 0x83, 0x8B, 0x8E, 0xCB, 0xF5, 0xFB}
_PAGE = re.compile(
    rb"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    rb"<(?:!doctype html|html|head|meta|title|link|base|body|table|caption|tr|style|script|div|center|form|font|span|h[1-6]|p|br)\b",
    re.DOTALL,
)
_LETTER = re.compile(
    rb"(?=(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?mime-version:)"
    rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:\s*(?:multipart/|text/html)"
)
_FLAT = re.compile(rb"<office:document\s[^>]*opendocument\.spreadsheet")


class Format(Enum):
    """How a file is read."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    TEXT = "text"
    ODS = "ods"  # in its package, or flat
    PAGE = "html"
    PAGE_ARCHIVE = "mhtml"
    SPREADSHEETML = "xml"  # of Excel 2003
    PARQUET = "parquet"
    ARCHIVE = "zip"  # of workbooks


def identify(path: Path) -> Format:
    """What the file is by its content.

    Raises:
        InputError: absent, a folder, a lock file, empty, or nothing that can be read.
    """
    head = _head(path)
    markup = _markup(head)
    if markup:
        return markup
    if head.startswith(_PACKAGES):
        return _zipped(path)
    if head.startswith(OLE):
        return Format.XLS
    if head.startswith(b"PAR1"):
        return Format.PARQUET
    is_text = path.suffix.lower() in TEXT_SUFFIXES
    for magic, reason in _MAGIC:
        if head.startswith(magic) and not (is_text and magic in _ALSO_WORDS):
            raise refuse(path, reason)
    if is_text:
        return Format.TEXT
    if _is_dbase(head):
        raise refuse(path, "dbase")
    if b"\0" not in head and b"<table" in head.lower():
        return Format.PAGE  # a system's own words stand before it
    raise refuse(path, "other" if b"\0" in head else "text")


def is_archive(path: Path) -> bool:
    """Whether the file is a zip archive of files, not a workbook; what cannot be opened is none, and reading it says why."""
    try:
        return identify(path) is Format.ARCHIVE
    except InputError:
        return False


def _head(path: Path) -> bytes:
    if path.is_dir():
        raise refuse(path, "folder")
    if path.name.startswith("~$"):
        raise refuse(path, "lock")
    try:
        with path.open("rb") as stream:
            head = stream.read(4096)
    except FileNotFoundError as error:
        raise refuse(path, "absent") from error
    except OSError as error:
        raise refuse(path, "unreadable", error.strerror) from error
    if not head:
        raise refuse(path, "empty")
    return head


def _markup(head: bytes) -> Format | None:
    """What the file is under whatever name, when it is a page or an XML that holds sheets."""
    text = head.replace(b"\0", b"")
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        text = text.removeprefix(mark)
    text = text.lstrip().lower()
    if _PAGE.match(text):
        return Format.PAGE
    if _LETTER.match(text):
        return Format.PAGE_ARCHIVE
    if not text.startswith(b"<"):
        return None
    if b"urn:schemas-microsoft-com:office:spreadsheet" in text or b'"excel.sheet"' in text:
        return Format.SPREADSHEETML
    return Format.ODS if _FLAT.search(text) else None


def _is_dbase(head: bytes) -> bool:
    """Whether the file begins as a table of dBASE or FoxPro: version, day of the last change, lengths, a first column."""
    if len(head) < 65 or head[0] not in _DBASE or not (1 <= head[2] <= 12 and 1 <= head[3] <= 31):
        return False
    header, record = int.from_bytes(head[8:10], "little"), int.from_bytes(head[10:12], "little")
    return (
        header >= 65
        and record > 1
        and (head[32] > 0x7F or head[32:33].isalpha())
        and head[43:44] in b"CNDLMFIBTYGVPQ@+O0W"
    )


def _zipped(path: Path) -> Format:
    try:
        with zipfile.ZipFile(path) as package:
            names = {name.replace("\\", "/").lower() for name in package.namelist()}
            kind = package.read("mimetype")[:80] if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, KeyError) as error:
        raise refuse(path, "damaged", "zip") from error
    if "xl/workbook.bin" in names:
        return Format.XLSB
    if b"opendocument.spreadsheet" in kind:
        return Format.ODS
    if "index/document.iwa" in names or "index.zip" in names:
        raise refuse(path, "numbers" if path.suffix.lower() == ".numbers" else "document")
    if b"opendocument" in kind:
        raise refuse(path, "document")
    if "[content_types].xml" not in names:
        return Format.ARCHIVE
    if not any(name.startswith("xl/") for name in names) and any(name.startswith(("word/", "ppt/")) for name in names):
        raise refuse(path, "document")
    return Format.XLSX
