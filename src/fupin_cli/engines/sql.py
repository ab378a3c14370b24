"""Names and texts as they stand in SQL."""


def quoted(name: str) -> str:
    """Return a name in double quotes, as every name stands in SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return a text in single quotes."""
    return "'" + text.replace("'", "''") + "'"
