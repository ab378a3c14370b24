"""The counts of a county as published in 2016 (public figures) → an invented registry of which they come out, row by row."""

import csv
from itertools import product
from pathlib import Path

TOWNSHIPS = {
    "正定镇": (217, 334), "新城铺镇": (156, 394), "新安镇": (394, 655), "南牛乡": (299, 694),
    "西平乐乡": (132, 380), "南楼乡": (194, 385), "曲阳桥乡": (97, 295), "北早现乡": (206, 517),
}  # fmt: skip
CAUSES = {"因病": (947, 2112), "因残": (662, 1332), "因学、缺劳力等": (86, 210)}


def write_registry(path: Path) -> Path:
    """Write one row a member: every township and every cause has the households and persons that were published."""
    households = _spread([n for n, _ in TOWNSHIPS.values()], [n for n, _ in CAUSES.values()], least=1)
    more = _spread([p - n for n, p in TOWNSHIPS.values()], [p - n for n, p in CAUSES.values()], least=0)
    number = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["户编号", "乡", "户主姓名", "主要致贫原因", "姓名", "与户主关系"])
        for (i, township), (j, causes) in product(enumerate(TOWNSHIPS), enumerate(CAUSES)):
            sizes = [1] * households[i][j]
            for member in range(more[i][j]):
                sizes[member % len(sizes)] += 1
            for size in sizes:
                number += 1
                cause = causes if j < 2 else ("因学", "缺劳力")[number % 2]
                for member in range(size):
                    name, relation = ("张示例", "户主") if member == 0 else ("张小例", "之子")
                    writer.writerow([f"9901010{number:05}", township, "张示例", cause, name, relation])
    return path


def _spread(rows: list[int], columns: list[int], *, least: int) -> list[list[int]]:
    """Return a matrix with these sums, no cell below `least`: from its upper left corner down."""
    rows = [whole - least * len(columns) for whole in rows]
    columns = [whole - least * len(rows) for whole in columns]
    cells = [[least] * len(columns) for _ in rows]
    for i, j in product(range(len(rows)), range(len(columns))):
        part = min(rows[i], columns[j])
        cells[i][j] += part
        rows[i] -= part
        columns[j] -= part
    assert not any(rows + columns)
    return cells
