"""Why a file cannot be read, in: one clear InputError out."""

from pathlib import Path

from fupin_cli.catalogue import both
from fupin_cli.errors import InputError

_SAVE_ZH, _SAVE_EN = both("请用 Excel 或 WPS 打开，另存为 .xlsx 后再试")
_BOOKS = ".xlsx .xlsm .xlsb .xls .et .ods .htm .html .mht .xml .parquet .zip"
_ASKED_ZH, _ASKED_EN = both("要的是工作簿（{books}）或文本表（.csv .tsv .txt）", books=_BOOKS)

REASONS: dict[str, tuple[str, str]] = {
    "absent": both("没有这个文件；请检查路径和文件名"),
    "folder": both("这是文件夹，不是文件；请给出其中的工作簿"),
    "lock": both("这是 Excel 打开文件时留下的锁文件，不是工作簿；请给出去掉“~$”的那个文件"),
    "unreadable": both("无法打开（{0}）；请检查权限，或关闭正在使用它的程序"),
    "empty": both("文件是空的（0 字节）；请重新导出或拷贝"),
    "picture": both("内容是图片，不是表格；{asked}", asked=(_ASKED_ZH, _ASKED_EN)),
    "pdf": both("内容是 PDF，不是表格；{asked}", asked=(_ASKED_ZH, _ASKED_EN)),
    "archive": both("内容是压缩包，不是表格；{asked}；请先解压", asked=(_ASKED_ZH, _ASKED_EN)),
    "no_member": both("压缩包里没有工作簿；找的是 {0}；请检查压缩包里的内容"),
    "locked_archive": both("压缩包有密码；请先用密码解压，再给出解压后的文件或文件夹"),
    "other": both("不是能读的表格；{asked}", asked=(_ASKED_ZH, _ASKED_EN)),
    "text": both("内容是纯文本，不是工作簿；请把扩展名改为 .txt 或 .csv 再试"),
    "document": both("内容是 Word、PowerPoint 等文档，不是表格；{asked}", asked=(_ASKED_ZH, _ASKED_EN)),
    "no_table": both(
        "内容是网页（HTML），里面没有带文字的表格（找的是 <table>）；可能是登录已过期的系统给出的登录页；"
        "请重新登录后再导出，或打开看看导出的是什么"
    ),
    "frames": both(
        "是 Excel 保存的网页，工作表在它旁边的文件夹“{{0}}”里，本文件里没有；{save}", save=(_SAVE_ZH, _SAVE_EN)
    ),
    "numbers": both("是苹果 Numbers 表格，不能读；请在 Numbers 里导出为 Excel（.xlsx）后再试"),
    "access": both("是 Access 数据库（.mdb .accdb），不能读；请在 Access 里把表导出为 .xlsx 后再试"),
    "dbase": both("是 dBASE/FoxPro 数据表（.dbf），不能读；{save}", save=(_SAVE_ZH, _SAVE_EN)),
    "sqlite": both("是 SQLite 数据库，不能读；请把表导出为 .csv 后再试"),
    "locked_parquet": both("是加密的 Parquet 文件；请用写它的程序另存为不加密的再试"),
    "biff": both("是 Excel 4.0 或更早的格式；{save}", save=(_SAVE_ZH, _SAVE_EN)),
    "unknown_cells": both("工作表“{{0}}”用了少见的单元格写法，读不出其中的值；{save}", save=(_SAVE_ZH, _SAVE_EN)),
    "binary_column": both("列“{0}”是二进制内容（图片之类），读不出文字；请在导出时去掉这一列，或转成文字"),
    "encrypted": both("工作簿有打开密码；请用 Excel 或 WPS 打开，取消密码后另存再试"),
    "damaged": both("文件已损坏或不完整（{0}）；请重新拷贝或导出；若 Excel 能打开，请另存为 .xlsx 再试"),
    "bomb": both(
        "解压后有 {0} MB，超出上限（2048 MB，或超过 100 MB 且是压缩前的 200 倍以上），不予读取；"
        "请拆分，或删去多余的空白行列后另存"
    ),
    "entities": both(
        "内部的 XML 含有文档类型或实体声明，正常的工作簿没有，不予读取；{save}", save=(_SAVE_ZH, _SAVE_EN)
    ),
    "sparse": both("工作表“{0}”只有少数单元格，却散布在 {1} 行 × {2} 列的范围内，无法读取；请删去远处的单元格后另存"),
    "repeated": both("工作表“{0}”里靠重复标记写出的单元格超过 {1} 个，无法读取；请删去整行整列填充的内容后另存"),
    "undecodable": both("文字编码无法识别；试过 UTF-8、UTF-16、GB18030；请用 Excel 或 WPS 另存为“CSV UTF-8”再试"),
    "quote": both("从第 {0} 行起引号没有配对，无法分列；请改正那一行的引号，或另存为 .xlsx 再试"),
}


class RefusalError(InputError):
    """Why a file cannot be read: a sentence that begins with its path."""

    def __init__(self, path: Path, zh: str, en: str) -> None:
        super().__init__(*both("{path}：{told}。", path=path, told=(zh, en)))
        self._reason = zh, en

    def about(self, path: Path) -> "RefusalError":
        """The same reason, said of the name the user knows the file by."""
        return RefusalError(path, *self._reason)


def refuse(path: Path, reason: str, *details: object) -> RefusalError:
    """The error for a file that cannot be read; `reason` is a key of REASONS, `details` fill its sentence."""
    zh, en = REASONS[reason]
    return RefusalError(path, zh.format(*details), en.format(*details))
