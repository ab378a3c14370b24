"""Why a file cannot be read, in: one clear InputError out."""

from pathlib import Path

from fupin_cli.errors import InputError

_SAVE_ZH = "请用 Excel 或 WPS 打开，另存为 .xlsx 后再试"
_SAVE_EN = "open it in Excel or WPS, save it as .xlsx and try again"
_BOOKS = ".xlsx .xlsm .xlsb .xls .et .ods .htm .html .mht .xml .parquet .zip"
_ASKED_ZH = f"要的是工作簿（{_BOOKS}）或文本表（.csv .tsv .txt）"
_ASKED_EN = f"looked for a workbook ({_BOOKS}) or a text table (.csv .tsv .txt)"

REASONS: dict[str, tuple[str, str]] = {
    "absent": ("没有这个文件；请检查路径和文件名", "no such file; check the path and the name"),
    "folder": ("这是文件夹，不是文件；请给出其中的工作簿", "this is a folder, not a file; name a workbook in it"),
    "lock": (
        "这是 Excel 打开文件时留下的锁文件，不是工作簿；请给出去掉“~$”的那个文件",
        "this is the lock file Excel leaves while a workbook is open; name the file without `~$`",
    ),
    "unreadable": (
        "无法打开（{0}）；请检查权限，或关闭正在使用它的程序",
        "cannot be opened ({0}); check permissions, or close what uses it",
    ),
    "empty": ("文件是空的（0 字节）；请重新导出或拷贝", "the file is empty (0 bytes); export or copy it again"),
    "picture": (f"内容是图片，不是表格；{_ASKED_ZH}", f"this is a picture, not a table; {_ASKED_EN}"),
    "pdf": (f"内容是 PDF，不是表格；{_ASKED_ZH}", f"this is a PDF, not a table; {_ASKED_EN}"),
    "archive": (
        f"内容是压缩包，不是表格；{_ASKED_ZH}；请先解压",
        f"this is an archive, not a table; {_ASKED_EN}; unpack it first",
    ),
    "no_member": (
        "压缩包里没有工作簿；找的是 {0}；请检查压缩包里的内容",
        "no workbook in this archive; looked for {0}; check what was packed",
    ),
    "locked_archive": (
        "压缩包有密码；请先用密码解压，再给出解压后的文件或文件夹",
        "the archive is encrypted; unpack it with its password and name the files or the folder",
    ),
    "other": (f"不是能读的表格；{_ASKED_ZH}", f"not a table that can be read; {_ASKED_EN}"),
    "text": (
        "内容是纯文本，不是工作簿；请把扩展名改为 .txt 或 .csv 再试",
        "the content is plain text, not a workbook; rename it to .txt or .csv and try again",
    ),
    "document": (
        f"内容是 Word、PowerPoint 等文档，不是表格；{_ASKED_ZH}",
        f"this is a document of Word, PowerPoint or the like, not a table; {_ASKED_EN}",
    ),
    "no_table": (
        "内容是网页（HTML），里面没有带文字的表格（找的是 <table>）；可能是登录已过期的系统给出的登录页；"
        "请重新登录后再导出，或打开看看导出的是什么",
        "this is a web page (HTML) without a table that holds text (looked for <table>); it may be the login page of a "
        "system whose login has expired; log in and export again, or open it to see what was exported",
    ),
    "frames": (
        f"是 Excel 保存的网页，工作表在它旁边的文件夹“{{0}}”里，本文件里没有；{_SAVE_ZH}",
        f"this is a web page saved by Excel whose sheets stand in the folder “{{0}}” beside it; {_SAVE_EN}",
    ),
    "numbers": (
        "是苹果 Numbers 表格，不能读；请在 Numbers 里导出为 Excel（.xlsx）后再试",
        "this is a spreadsheet of Apple Numbers, which is not read; export it to Excel (.xlsx) in Numbers and try again",
    ),
    "access": (
        "是 Access 数据库（.mdb .accdb），不能读；请在 Access 里把表导出为 .xlsx 后再试",
        "this is an Access database (.mdb, .accdb), which is not read; export its tables as .xlsx in Access and try again",
    ),
    "dbase": (
        f"是 dBASE/FoxPro 数据表（.dbf），不能读；{_SAVE_ZH}",
        f"this is a table of dBASE or FoxPro (.dbf), which is not read; {_SAVE_EN}",
    ),
    "sqlite": (
        "是 SQLite 数据库，不能读；请把表导出为 .csv 后再试",
        "this is an SQLite database, which is not read; export its tables as .csv and try again",
    ),
    "locked_parquet": (
        "是加密的 Parquet 文件；请用写它的程序另存为不加密的再试",
        "this Parquet file is encrypted; write it without encryption and try again",
    ),
    "biff": (f"是 Excel 4.0 或更早的格式；{_SAVE_ZH}", f"this is the format of Excel 4.0 or older; {_SAVE_EN}"),
    "unknown_cells": (
        f"工作表“{{0}}”用了少见的单元格写法，读不出其中的值；{_SAVE_ZH}",
        f"sheet “{{0}}” has cells of a rare kind whose values cannot be read; {_SAVE_EN}",
    ),
    "binary_column": (
        "列“{0}”是二进制内容（图片之类），读不出文字；请在导出时去掉这一列，或转成文字",
        "column “{0}” is binary (pictures or the like) and holds no text; leave it out of the export, or make it text",
    ),
    "encrypted": (
        "工作簿有打开密码；请用 Excel 或 WPS 打开，取消密码后另存再试",
        "the workbook is encrypted; open it in Excel or WPS, remove the password, save it and try again",
    ),
    "damaged": (
        "文件已损坏或不完整（{0}）；请重新拷贝或导出；若 Excel 能打开，请另存为 .xlsx 再试",
        "the file is damaged or incomplete ({0}); copy or export it again, or save it as .xlsx if Excel opens it",
    ),
    "bomb": (
        "解压后有 {0} MB，超出上限（2048 MB，或超过 100 MB 且是压缩前的 200 倍以上），不予读取；"
        "请拆分，或删去多余的空白行列后另存",
        "inflates to {0} MB, beyond the limit (2048 MB, or more than 100 MB at over 200 times its size), and is not read; "
        "split it, or delete superfluous blank rows and columns and save it",
    ),
    "entities": (
        f"内部的 XML 含有文档类型或实体声明，正常的工作簿没有，不予读取；{_SAVE_ZH}",
        f"its XML declares a document type or entities, which no normal workbook does, and is not read; {_SAVE_EN}",
    ),
    "sparse": (
        "工作表“{0}”只有少数单元格，却散布在 {1} 行 × {2} 列的范围内，无法读取；请删去远处的单元格后另存",
        "sheet “{0}” has a few cells scattered over {1} rows × {2} columns and cannot be read; "
        "delete the far-off cells and save it",
    ),
    "repeated": (
        "工作表“{0}”里靠重复标记写出的单元格超过 {1} 个，无法读取；请删去整行整列填充的内容后另存",
        "sheet “{0}” states more than {1} cells by repetition and cannot be read; "
        "delete what fills whole rows or columns and save it",
    ),
    "undecodable": (
        "文字编码无法识别；试过 UTF-8、UTF-16、GB18030；请用 Excel 或 WPS 另存为“CSV UTF-8”再试",
        "the text encoding is not known; tried UTF-8, UTF-16, GB18030; "
        "save it as “CSV UTF-8” in Excel or WPS and try again",
    ),
    "quote": (
        "从第 {0} 行起引号没有配对，无法分列；请改正那一行的引号，或另存为 .xlsx 再试",
        "a quotation mark opened near line {0} is never closed; correct the quotation marks there, or save it as .xlsx",
    ),
}


class RefusalError(InputError):
    """Why a file cannot be read: a sentence that begins with its path."""

    def __init__(self, path: Path, zh: str, en: str) -> None:
        super().__init__(f"{path}：{zh}。", f"{path}: {en}.")
        self._reason = zh, en

    def about(self, path: Path) -> "RefusalError":
        """The same reason, said of the name the user knows the file by."""
        return RefusalError(path, *self._reason)


def refuse(path: Path, reason: str, *details: object) -> RefusalError:
    """The error for a file that cannot be read; `reason` is a key of REASONS, `details` fill its sentence."""
    zh, en = REASONS[reason]
    return RefusalError(path, zh.format(*details), en.format(*details))
