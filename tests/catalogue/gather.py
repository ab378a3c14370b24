"""The source in; its messages out, and with `python -m tests.catalogue.gather` (just catalogue) into the .po and .mo.

A message that is new comes into fupin.po with an empty English text: write it there and run this again.
"""

import ast
import sys
from functools import cache
from pathlib import Path
from string import Formatter

import polib
from msgspec import Struct

SOURCE = Path(__file__).parents[2] / "src" / "fupin_cli"
PO = SOURCE / "catalogue" / "en" / "LC_MESSAGES" / "fupin.po"
HEADER = "English of fupin. The key of a message is its Chinese text; `just catalogue` adds new ones and compiles."


class Message(Struct, frozen=True):
    """A message where the source has it."""

    zh: str
    context: str
    parts: frozenset[str] | None  # the names of its parts; None when they are not written out
    place: str  # file:line


def messages(source: Path = SOURCE) -> list[Message]:
    """Return every message of the source, in the order of the files.

    Raises:
        ValueError: a message is not written out where it is made, so that nobody could gather it.
    """
    return [
        _message(node, f"{name}:{node.lineno}")
        for name, tree in modules(source)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "both"
    ]


@cache
def modules(source: Path) -> list[tuple[str, ast.Module]]:
    """Return the modules of a folder, by the path inside it."""
    paths = sorted(source.rglob("*.py"))
    return [(path.relative_to(source).as_posix(), ast.parse(path.read_text("utf-8"))) for path in paths]


def _message(call: ast.Call, place: str) -> Message:
    texts = [each.value if isinstance(each, ast.Constant) else None for each in call.args]
    if not texts or not all(isinstance(text, str) and text for text in texts) or len(texts) > 2:
        raise ValueError(f"{place}: a message is a literal text, and so is its context")
    names = [keyword.arg for keyword in call.keywords]
    parts = None if None in names else frozenset(filter(None, names))
    return Message(texts[0], texts[1] if len(texts) > 1 else "", parts, place)


def fields(text: str) -> set[str]:
    """Return the parts a text names, each with its format; braces around anything else are only shown to the reader."""
    found = set()
    for _, name, form, conversion in Formatter().parse(text):
        if (
            name is not None
            and (name == "" or name.isidentifier() or name.isdecimal())
            and not (form or "").startswith(" ")
        ):
            found.add(f"{name}{'!' + conversion if conversion else ''}{':' + form if form else ''}")
    return found


def gathered(english: polib.POFile) -> polib.POFile:
    """Return the catalogue of the source: the English that is known, sorted by context and Chinese text."""
    known = {(entry.msgctxt or "", entry.msgid): entry.msgstr for entry in english}
    places: dict[tuple[str, str], set[str]] = {}
    for message in messages():
        places.setdefault((message.context, message.zh), set()).add(message.place.partition(":")[0])
    made = polib.POFile(wrapwidth=110)
    made.header = HEADER
    made.metadata = {
        "Project-Id-Version": "fupin-cli",
        "Language": "en",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    for (context, zh), files in sorted(places.items()):
        made.append(
            polib.POEntry(
                msgid=zh,
                msgctxt=context or None,
                msgstr=known.get((context, zh), ""),
                occurrences=[(file, "") for file in sorted(files)],
            )
        )
    return made


def compiled(catalogue: polib.POFile) -> bytes:
    """Return the .mo of a catalogue."""
    return catalogue.to_binary()


def main() -> int:
    """Bring the .po up to date with the source and compile it; 1 when English is wanting."""
    catalogue = gathered(polib.pofile(str(PO)))
    PO.write_text(f"{catalogue}\n", "utf-8", newline="\n")
    PO.with_suffix(".mo").write_bytes(compiled(catalogue))
    wanting = [entry.msgid for entry in catalogue if not entry.msgstr]
    for zh in wanting:
        sys.stdout.write(f"no English: {zh}\n")
    return 1 if wanting else 0


if __name__ == "__main__":
    sys.exit(main())
