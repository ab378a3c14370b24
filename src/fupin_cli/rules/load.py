"""One or two rule folders in, a RuleBook out; every fault of every file is raised at once."""

from collections.abc import Callable, Iterator
from copy import copy
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace
from pydantic import BaseModel, ValidationError

from fupin_cli.catalogue import both
from fupin_cli.errors import Fault, RuleError
from fupin_cli.model.dictionary import CodeList, Column, Derived, Dictionary, ListKind
from fupin_cli.model.parameters import claim_the_same_day
from fupin_cli.model.retired import Retired
from fupin_cli.model.rule import THEMES, Parameter, Profile, Rule
from fupin_cli.model.rulebook import RuleBook
from fupin_cli.model.special_ledger import SpecialLedger
from fupin_cli.rules import checks, records, schema
from fupin_cli.rules.extending import extended
from fupin_cli.rules.faults import faults_of
from fupin_cli.rules.folder import look_into, shipped_folder, yaml_files
from fupin_cli.rules.ledger_file import WrittenLedger, check_ledger, to_ledger
from fupin_cli.rules.retired import check_retired, foreign, reused
from fupin_cli.rules.yaml_nodes import Document, Trail, read_yaml

Kind = Literal["rules", "columns", "derived", "codes", "lists", "parameters", "profiles", "ledgers", "retired"]
KIND_ZH = {"rules": "规则", "codes": "码表", "parameters": "参数", "successors": "规则"}
KIND_EN = {"rules": "rule", "codes": "code list", "parameters": "parameter", "successors": "rule"}

_Model = TypeVar("_Model", bound=BaseModel)
_Record = TypeVar("_Record")


class _Mention(NamedTuple):
    """A name that must stand somewhere in the rule book."""

    kind: Literal["rules", "codes", "parameters", "successors"]
    name: str
    document: Document
    trail: Trail


class _Shelf(Struct):
    """What one folder holds, by name, and what is wrong with it."""

    rules: dict[str, Rule] = field(default_factory=dict)
    columns: dict[str, Column] = field(default_factory=dict)
    derived: dict[str, Derived] = field(default_factory=dict)
    codes: dict[str, CodeList] = field(default_factory=dict)
    lists: dict[str, ListKind] = field(default_factory=dict)
    parameters: dict[str, Parameter] = field(default_factory=dict)
    profiles: dict[str, Profile] = field(default_factory=dict)
    heirs: dict[str, Document] = field(default_factory=dict)  # profiles that extend another
    retired: dict[str, Retired] = field(default_factory=dict)
    ledgers: dict[str, SpecialLedger] = field(default_factory=dict)
    origins: dict[tuple[Kind, str], tuple[Path, int]] = field(default_factory=dict)
    mentions: list[_Mention] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)  # ids or names of files at fault: a mention of them is none

    def put(
        self, kind: Kind, shelf: dict[str, _Record], name: str, record: _Record, at: tuple[Document, Trail]
    ) -> None:
        """Put `record` under `name`, unless the folder has one of that name already."""
        document, trail = at
        if name in shelf:
            file, line = self.origins[kind, name]
            sentences = both("“{name}”在 {name2} 第 {line} 行已有", name=name, name2=file.name, line=line)
            self.faults.append(document.fault(trail, sentences))
            return
        shelf[name] = record
        self.origins[kind, name] = (document.file, document.place(trail)[0])


def load(extra: Path | None, root: Path | None) -> RuleBook:
    """Read the shipped rules (or those of `root`), put those of `extra` over them, and check the whole."""
    shelf = _shipped() if root is None else _read(root, shipped=True)
    faults = [*shelf.faults, *reused(shelf.rules, shelf.retired)]
    mentions = shelf.mentions
    if extra is not None:
        over = _read(extra, shipped=False)
        replaced = {name for name in over.rules if name in shelf.rules}
        mentions = [mention for mention in mentions if not _from_rule(mention, shelf, replaced)] + over.mentions
        shelf.broken |= over.broken
        faults = faults + over.faults
        lines = {name: over.origins["retired", name][1] for name in over.retired}
        faults += foreign(over.retired, lines, shelf.rules)
        faults += reused(over.rules, {**over.retired, **shelf.retired})
        _put_over(shelf, over)
    faults += _unknown_mentions(mentions, shelf)
    shelf.profiles, disowned = extended(shelf.profiles, shelf.heirs, shelf.broken)
    faults += disowned
    if faults:
        raise RuleError(faults)
    return _rulebook(shelf)


def _from_rule(mention: _Mention, shelf: _Shelf, replaced: set[str]) -> bool:
    return any(mention.document.file == shelf.rules[name].file for name in replaced)


def _shipped() -> _Shelf:
    """Return a shelf of one's own of the shipped rules, whose files are read again in a process only when they changed."""
    root = shipped_folder()
    stats = ((file, Path(file).stat()) for file in yaml_files(root))
    shelf = _read_once(root, tuple((file, stat.st_mtime_ns, stat.st_size) for file, stat in stats))
    return _Shelf(*(copy(getattr(shelf, name)) for name in shelf.__struct_fields__))


@lru_cache(maxsize=1)
def _read_once(root: Path, _state: tuple[tuple[str, int, int], ...]) -> _Shelf:
    return _read(root, shipped=True)


def _read(root: Path, *, shipped: bool) -> _Shelf:
    folder = look_into(root)
    shelf = _Shelf(faults=list(folder.faults))
    for file in folder.rules:
        _read_rule(shelf, file, root if shipped else None)
    readers: dict[str, Callable[[_Shelf, Document], None]] = {
        "tables": _read_table,
        "codes": _read_codes,
        "lists": _read_list,
        "parameters": _read_parameter,
        "profiles": _read_profile,
        "ledgers": _read_ledger,
        "retired": _read_retired,
    }
    for kind, reader in readers.items():
        for file in folder.files[kind]:
            reader(shelf, _open(shelf, file))
    return shelf


def _open(shelf: _Shelf, file: Path) -> Document:
    document = read_yaml(file)
    shelf.faults.extend(document.faults)
    return document


def _shape(shelf: _Shelf, document: Document, model: type[_Model]) -> _Model | None:
    """Return the document as `model`, or None after noting why it is not one."""
    if not document.readable:
        return None
    try:
        return model.model_validate(document.value)
    except ValidationError as error:
        shelf.faults.extend(faults_of(document, model, error))
        shelf.broken.add(str(document.value.get("id") or document.value.get("name")))
        return None


def _read_rule(shelf: _Shelf, file: Path, shipped_root: Path | None) -> None:
    document = _open(shelf, file)
    written = _shape(shelf, document, schema.WrittenRule)
    if written is None:
        shelf.faults.extend(checks.check_rule_name(document))
        return
    shelf.faults.extend(checks.check_rule(written, document, shipped_root))
    shelf.put("rules", shelf.rules, written.id, records.to_rule(written, document), (document, ("id",)))
    for number, part in enumerate(written.parts):
        shelf.mentions.append(_Mention("rules", part, document, ("parts", number)))


def _read_table(shelf: _Shelf, document: Document) -> None:
    if document.file.name == "derived.yaml":
        derived = _shape(shelf, document, schema.WrittenDerived)
        for number, column in enumerate(derived.columns if derived else ()):
            trail: Trail = ("columns", number)
            record = records.to_derived(column, document, number)
            shelf.put("derived", shelf.derived, column.name, record, (document, trail))
            _mention_codes(shelf, column.codes, document, trail)
        return
    table = _shape(shelf, document, schema.WrittenDictionary)
    for number, written in enumerate(table.columns if table else ()):
        at: Trail = ("columns", number)
        shelf.faults.extend(checks.check_column(written, document, at))
        if table is not None:
            record_of = records.to_column(written, table.level)
            shelf.put("columns", shelf.columns, written.name, record_of, (document, at))
        _mention_codes(shelf, written.codes, document, at)


def _mention_codes(shelf: _Shelf, codes: str | None, document: Document, trail: Trail) -> None:
    if codes is not None:
        shelf.mentions.append(_Mention("codes", codes, document, (*trail, "codes")))


def _read_codes(shelf: _Shelf, document: Document) -> None:
    written = _shape(shelf, document, schema.WrittenCodes)
    if written is not None:
        shelf.faults.extend(checks.check_codes(written, document))
        shelf.put("codes", shelf.codes, written.id, records.to_codes(written), (document, ("id",)))


def _read_list(shelf: _Shelf, document: Document) -> None:
    written = _shape(shelf, document, schema.WrittenList)
    if written is None:
        return
    shelf.faults.extend(checks.check_list(written, document))
    for number, column in enumerate(written.columns):
        _mention_codes(shelf, column.codes, document, ("columns", number))
    shelf.put("lists", shelf.lists, written.name, records.to_list(written), (document, ("name",)))


def _read_parameter(shelf: _Shelf, document: Document) -> None:
    written = _shape(shelf, document, schema.WrittenParameter)
    if written is not None:
        record = records.to_parameter(written, document.file)
        shelf.faults.extend(checks.check_parameter(written, record, document))
        shelf.put("parameters", shelf.parameters, written.name, record, (document, ("name",)))


def _read_profile(shelf: _Shelf, document: Document) -> None:
    written = _shape(shelf, document, schema.WrittenProfile)
    if written is None:
        return
    shelf.faults.extend(checks.check_profile(written, document))
    shelf.put("profiles", shelf.profiles, written.name, records.to_profile(written, document), (document, ("name",)))
    if written.extends is not None:
        shelf.heirs.setdefault(written.name, document)
    for number, one in enumerate(written.items):
        shelf.mentions.append(_Mention("rules", one.rule, document, ("items", number, "rule")))
    for name in written.parameters:
        shelf.mentions.append(_Mention("parameters", name, document, ("parameters", name)))


def _read_ledger(shelf: _Shelf, document: Document) -> None:
    written = _shape(shelf, document, WrittenLedger)
    if written is not None:
        shelf.faults.extend(check_ledger(written, document))
        shelf.put("ledgers", shelf.ledgers, written.name, to_ledger(written, document), (document, ("name",)))


def _read_retired(shelf: _Shelf, document: Document) -> None:
    written = _shape(shelf, document, schema.WrittenRetired)
    entries = written.retired if written else ()
    shelf.faults.extend(check_retired(tuple(entry.id for entry in entries), document))
    for number, entry in enumerate(entries):
        at: tuple[Document, Trail] = (document, ("retired", number))
        shelf.put("retired", shelf.retired, entry.id, records.to_retired(entry, document.file), at)
        for place, name in enumerate(entry.replaced_by):
            trail: Trail = ("retired", number, "replaced_by", place)
            shelf.mentions.append(_Mention("successors", name, document, trail))


def _put_over(shelf: _Shelf, over: _Shelf) -> None:
    """Put what `over` holds over `shelf`: whole records by name; of a parameter, the values that it gives anew."""
    shelf.rules.update(over.rules)
    shelf.columns.update(over.columns)
    shelf.derived.update(over.derived)
    shelf.codes.update(over.codes)
    shelf.lists.update(over.lists)
    shelf.ledgers.update(over.ledgers)
    shelf.profiles.update(over.profiles)
    shelf.heirs = {name: one for name, one in shelf.heirs.items() if name not in over.profiles} | over.heirs
    shelf.retired = {**over.retired, **shelf.retired}
    for name, parameter in over.parameters.items():
        below = shelf.parameters.get(name)
        shelf.parameters[name] = parameter if below is None else _merged(below, parameter)


def _merged(below: Parameter, over: Parameter) -> Parameter:
    kept = [value for value in below.values if not any(claim_the_same_day(value, other) for other in over.values)]
    return replace(over, values=(*over.values, *kept))


def _unknown_mentions(mentions: list[_Mention], shelf: _Shelf) -> Iterator[Fault]:
    """Yield names that nothing answers to; of a theme without any rule in these folders nothing is said."""
    known = {"rules": list(shelf.rules), "codes": list(shelf.codes), "parameters": list(shelf.parameters)}
    known["successors"] = known["rules"]
    themes = {rule_id[:3] for rule_id in shelf.rules} | {name[:3] for name in shelf.broken}
    for mention in mentions:
        theme_is_absent = (
            mention.kind in {"rules", "successors"} and mention.name[:3] in THEMES and mention.name[:3] not in themes
        )
        if mention.name in known[mention.kind] or mention.name in shelf.broken or theme_is_absent:
            continue
        if mention.kind in {"rules", "successors"} and mention.name in shelf.retired:
            if mention.kind == "rules":  # what took a rule's place may be gone in its turn
                yield mention.document.fault(mention.trail, shelf.retired[mention.name].sentence())
            continue
        zh, en = both(
            "没有名为“{name}”的{kind}", name=mention.name, kind=(KIND_ZH[mention.kind], KIND_EN[mention.kind])
        )
        nearest = get_close_matches(mention.name, known[mention.kind], 1)
        if nearest:
            zh, en = both("{told}，是不是“{nearest}”？", told=(zh, en), nearest=nearest[0])
        yield mention.document.fault(mention.trail, (zh, en))


def _rulebook(shelf: _Shelf) -> RuleBook:
    order = list(THEMES)
    rules = dict(sorted(shelf.rules.items(), key=lambda entry: (order.index(entry[0][:3]), entry[0])))
    dictionary = Dictionary(shelf.columns, shelf.derived, shelf.codes, shelf.lists)
    return RuleBook(rules, dictionary, shelf.parameters, shelf.profiles, shelf.retired, ledgers=shelf.ledgers)
