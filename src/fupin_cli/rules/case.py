"""A case of `fupin whatif` out of what the user wrote: a YAML file, a profile's name, NAME=VALUE, or 现行 for things as they are."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from fupin_cli.catalogue import both
from fupin_cli.errors import InputError, RuleError, UsageError
from fupin_cli.model.rulebook import RuleBook
from fupin_cli.model.whatif import Case
from fupin_cli.rules.faults import faults_of
from fupin_cli.rules.schema import Day, NumberOrText, Text
from fupin_cli.rules.yaml_nodes import read_yaml

AS_IT_IS = both("现行")


class WrittenCase(BaseModel):
    """A case file: `{title: 2021年标准, profile: 河北-2018, as_of: 2021-12-31, region: 河北省, parameters: {收入线: 4500}}`."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    title: Text | None = None
    profile: Text | None = None
    as_of: Day | None = None
    region: Text | None = None
    parameters: dict[Text, NumberOrText] = {}


def load_case(text: str, book: RuleBook) -> Case:
    """Return the case; names in it are looked up by the job that uses it.

    Args:
        text: a case file, a profile's name, `收入线=4500,一帮户数上限=5`, or 现行.
        book: whose profiles may be named.

    Raises:
        UsageError: the text is none of these.
        InputError: there is no such file.
        RuleError: faults of the file, all at once.
    """
    if text in AS_IT_IS:
        return Case(text)
    if text in book.profiles:
        return Case(text, profile=text)
    if text.lower().endswith((".yaml", ".yml")):
        return _read(Path(text))
    if "=" in text:
        return Case(text, parameters=dict(_pair(part, text) for part in text.replace("，", ",").split(",")))
    known = "、".join(book.profiles)
    raise UsageError(
        *both("“{text}”不是情形文件（.yaml）、方案、“参数=数值”或“现行”；方案有：{known}。", text=text, known=known)
    )


def _pair(part: str, text: str) -> tuple[str, float | str]:
    name, _, value = part.partition("=")
    if not (name.strip() and value.strip()):
        raise UsageError(*both("“{text}”要写成 参数=数值。", text=text))
    return name.strip(), _number_or_text(value.strip())


def _number_or_text(value: str) -> float | str:
    try:
        return float(value)
    except ValueError:
        return value


def _read(file: Path) -> Case:
    if not file.is_file():
        raise InputError(
            *both(
                "{file}：没有这个情形文件。里面写 parameters: {{收入线: 4500}}，也可写 profile、as_of、region、title。",
                file=file,
            )
        )
    document = read_yaml(file)
    faults = list(document.faults)
    if document.readable:
        try:
            written = WrittenCase.model_validate(document.value)
        except ValidationError as error:
            faults += faults_of(document, WrittenCase, error)
        else:
            if not faults:
                return Case(
                    written.title or file.stem, written.profile, written.as_of, written.region, dict(written.parameters)
                )
    raise RuleError(faults)
