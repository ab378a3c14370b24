"""How a workbook of fupin's own says that it is a report: in a folder of registries it is not read."""

KEYWORD = "fupin-report"  # among the keywords of the workbook's properties
PROPERTIES = "docProps/core.xml"  # the part of an xlsx where they stand
