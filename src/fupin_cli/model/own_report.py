"""How a file of fupin's own says that it is a report: in a folder of registries it is not read."""

from fupin_cli.catalogue import both

KEYWORD = "fupin-report"  # among the keywords of the workbook's properties
PROPERTIES = "docProps/core.xml"  # the part of an xlsx where they stand
PAGE_MARK = b'<meta name="generator" content="fupin'
JUNIT_MARK = b'<testsuites name="fupin"'
CSV_HEADS = (  # how the first line of findings, of counts and of stated counts begins
    *both("严重度,规则,名称,乡镇,村,户编号,姓名,文件,工作表,"),
    *both("统计项,项目"),
    *both("表,名称,户·表上,户·登记表,"),
)
# of the Parquet of verdicts
VERDICT_COLUMNS = (b"household", b"person", b"data_date", b"rule", b"severity", b"verdict")
