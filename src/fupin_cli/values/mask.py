"""Hide the part of a name, certificate, phone or account number that tells who it is; the rest stays to find it by."""

from collections.abc import Callable


def mask(text: str, kind: str) -> str:
    """Return `text` masked as its dictionary column asks: 姓名, 证件, 电话, 账号; any other kind is left as it is."""
    return MASKS[kind](text) if kind in MASKS else text


def mask_name(name: str) -> str:
    """Keep the first character, and the last of a name of three or more: 张*, 张*三, 欧**四; one character hides."""
    if len(name) <= 1:
        return "*" * len(name)
    if len(name) == 2:
        return f"{name[0]}*"
    return f"{name[0]}{'*' * (len(name) - 2)}{name[-1]}"


def mask_certificate(number: str) -> str:
    """Keep the region and the last character; birth date and sequence hide: 990101***********X.

    A text too short to hide a birth date behind hides whole.
    """
    if len(number) < 12:
        return "*" * len(number)
    return f"{number[:6]}{'*' * (len(number) - 7)}{number[-1]}"


def mask_phone(number: str) -> str:
    """Keep the first three and last four of a mobile number (138****0000), the last two of anything else."""
    if len(number) >= 11:
        return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"
    return f"{'*' * max(0, len(number) - 2)}{number[-2:]}" if len(number) > 4 else "*" * len(number)


def mask_account(number: str) -> str:
    """Keep the last four digits of an account number."""
    return f"{'*' * (len(number) - 4)}{number[-4:]}" if len(number) > 8 else "*" * len(number)


MASKS: dict[str, Callable[[str], str]] = {
    "姓名": mask_name,
    "证件": mask_certificate,
    "电话": mask_phone,
    "账号": mask_account,
}
