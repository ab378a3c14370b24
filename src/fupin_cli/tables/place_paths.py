"""The name of who fills in a table (示例县清溪镇柳湾村) in, the places it names out; nothing is guessed."""

from fupin_cli.values.patterns import regex

_PLAIN = r"[^\W省市县区旗盟乡镇村\d_A-Za-z]"
_PATH = regex(
    rf"(?P<省>{_PLAIN}{{2,6}}(?:省|自治区))?(?P<市>{_PLAIN}{{2,8}}(?:市|自治州|地区|盟))?(?P<县>{_PLAIN}{{1,8}}(?:县|区|旗|市))?"
    r"(?P<乡>[^\W\d_A-Za-z]{1,8}?(?:乡|镇|街道))?(?P<村>[^\W\d_A-Za-z]{1,8}(?:村|社区|居委会|村委会|村民委员会))?"
)
_OF_UNIT = regex(r"^(填报|填表|上报|报送|制表|编制)单位|^单位[(（]盖?章|^(贫困|脱贫)村([(（]盖?章.*)?$")


def names_a_unit(label: str) -> bool:
    """Tell whether a label asks who fills in the table."""
    return bool(_OF_UNIT.match("".join(label.split())))


def places_in(text: str) -> dict[str, str]:
    """Return the places of a whole path that ends in a town or a village, by column; {} for a department.

    A 市 alone may be a city or a county of that name, and is left out.
    """
    found = _PATH.fullmatch("".join(text.split()))
    if not found or not (found["乡"] or found["村"]):
        return {}
    places = {column: name for column, name in found.groupdict().items() if name}
    if "市" in places and "县" not in places:
        del places["市"]
    if places.get("县", "").endswith("市") and "市" not in places:
        del places["县"]
    return places
