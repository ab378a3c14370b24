"""When files are worth all cores of the machine."""

from fupin_cli.jobs.files import LARGE, is_large


def test_small_files_are_worked_on_in_one_thread_and_large_ones_in_all(tmp_path):
    small, large = tmp_path / "村.csv", tmp_path / "县.csv"
    small.write_text("户编号,姓名\n", encoding="utf-8")
    with large.open("wb") as stream:
        stream.truncate(LARGE + 1)
    assert not is_large([small])
    assert is_large([small, large])
    assert is_large([tmp_path])


def test_parquet_counts_for_what_it_unpacks_to(tmp_path):
    packed = tmp_path / "省.parquet"
    with packed.open("wb") as stream:
        stream.truncate(LARGE // 9)
    assert is_large([packed])
    assert not is_large([packed.rename(tmp_path / "省.csv")])
