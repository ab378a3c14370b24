"""Either inflater gives what zipfile gives, and neither lets a damaged part through."""

import struct
import zipfile
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fupin_cli.sheets.inflated_part import ZLIB, InflatedPart, inflater, open_entry


@pytest.fixture(params=["zlib", "isal"], scope="module")
def module(request):
    if request.param == "zlib":
        return ZLIB
    pytest.importorskip("isal", reason="the extra `fast` is not installed")
    return inflater()


def packed(path, content, size=None, checksum=None, cut=0):
    """An archive with one part, of which its directory tells another size or checksum if wanted."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", content)
    archive = zipfile.ZipFile(path)
    entry = archive.getinfo("a.xml")
    entry.file_size = entry.file_size if size is None else size
    entry.CRC = entry.CRC if checksum is None else checksum
    entry.compress_size -= cut
    return archive, entry


@settings(deadline=None, max_examples=40)
@given(content=st.binary(max_size=300), times=st.integers(1, 9000), pieces=st.lists(st.integers(1, 70_000), max_size=5))
def test_the_content_is_that_of_the_part(tmp_path_factory, module, content, times, pieces):
    archive, entry = packed(tmp_path_factory.mktemp("zip") / "a.zip", content * times)
    with archive, InflatedPart(archive, entry, module) as part:
        found = b"".join(part.read(size) for size in pieces) + part.read()
    assert found == content * times


@pytest.mark.parametrize(
    "wrong", [{"size": 5_000}, {"size": 49_999}, {"size": 70_000}, {"checksum": 7}, {"cut": 20}, {"cut": 1}]
)
@pytest.mark.parametrize("step", [-1, 1000])
def test_a_part_that_is_not_what_it_says_is_refused(tmp_path, module, wrong, step):
    archive, entry = packed(tmp_path / "a.zip", bytes(range(250)) * 200, **wrong)
    with archive, pytest.raises(zipfile.BadZipFile, match=r"a\.xml: its length or its checksum is not what is stated"):
        list(iter(partial(InflatedPart(archive, entry, module).read, step), b""))


def test_bytes_that_cannot_be_inflated_are_refused(tmp_path, module):
    archive, _ = packed(tmp_path / "a.zip", b"abc" * 5000)
    archive.close()
    content = bytearray((tmp_path / "a.zip").read_bytes())
    start = 30 + sum(struct.unpack_from("<HH", content, 26))
    content[start : start + 8] = b"\xff" * 8
    (tmp_path / "a.zip").write_bytes(content)
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        part = InflatedPart(archive, archive.getinfo("a.xml"), module)
        with pytest.raises(zipfile.BadZipFile, match=r"a\.xml: it cannot be inflated"):
            part.read()


def test_a_part_that_is_stored_is_read_as_it_is(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.xml", b"<a/>")
    with zipfile.ZipFile(tmp_path / "a.zip") as archive, open_entry(archive, archive.getinfo("a.xml")) as part:
        assert part.read() == b"<a/>"


def test_the_faster_inflater_is_taken_when_it_is_there():
    igzip = pytest.importorskip("isal.igzip", reason="the extra `fast` is not installed")
    assert inflater().open is igzip.IGzipFile
