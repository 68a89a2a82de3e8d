"""Where in a country somebody lives: regions as ISO 3166-2 writes them (`US-MA`), and their zones.

The zones of a state are those whose clocks differ within it today (49 CFR 71, IANA tz database): a contact
must be in order in all of them, for the state does not tell which (12 CFR 1006.6(b), comment 6(b)(1)(i)-2).
"""

import re
from collections.abc import Iterator, Mapping

_EASTERN, _CENTRAL, _MOUNTAIN, _PACIFIC = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
)

# code, first digit of its ZIP codes, name; by zones
_STATES = {
    (_EASTERN,): """
        CT 0 Connecticut|DC 2 District of Columbia|DE 1 Delaware|GA 3 Georgia|MA 0 Massachusetts|MD 2 Maryland
        ME 0 Maine|NC 2 North Carolina|NH 0 New Hampshire|NJ 0 New Jersey|NY 1 New York|OH 4 Ohio
        PA 1 Pennsylvania|RI 0 Rhode Island|SC 2 South Carolina|VA 2 Virginia|VT 0 Vermont
        WV 2 West Virginia""",
    (_CENTRAL,): """
        AL 3 Alabama|AR 7 Arkansas|IA 5 Iowa|IL 6 Illinois|LA 7 Louisiana|MN 5 Minnesota|MO 6 Missouri
        MS 3 Mississippi|OK 7 Oklahoma|WI 5 Wisconsin""",
    (_MOUNTAIN,): "CO 8 Colorado|MT 5 Montana|NM 8 New Mexico|UT 8 Utah|WY 8 Wyoming",
    (_PACIFIC,): "CA 9 California|WA 9 Washington",
    (_CENTRAL, _EASTERN): "FL 3 Florida|IN 4 Indiana|KY 4 Kentucky|MI 4 Michigan|TN 3 Tennessee",
    (_CENTRAL, _MOUNTAIN): "KS 6 Kansas|ND 5 North Dakota|NE 6 Nebraska|SD 5 South Dakota|TX 7 Texas",
    # the north of Idaho, West Wendover, Malheur County
    (_MOUNTAIN, _PACIFIC): "ID 8 Idaho|NV 8 Nevada|OR 9 Oregon",
    # the Navajo Nation keeps daylight saving time
    (_MOUNTAIN, "America/Phoenix"): "AZ 8 Arizona",
    ("America/Adak", "America/Anchorage"): "AK 9 Alaska",
    ("Pacific/Honolulu",): "HI 9 Hawaii",
    ("America/Puerto_Rico",): "PR 0 Puerto Rico",
    ("America/St_Thomas",): "VI 0 Virgin Islands",
    ("Pacific/Guam",): "GU 9 Guam",
    ("Pacific/Pago_Pago",): "AS 9 American Samoa",
    ("Pacific/Saipan",): "MP 9 Northern Mariana Islands",
}


def _states() -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    for zones, states in _STATES.items():
        for state in states.strip().replace("\n", "|").split("|"):
            code, zip_digit, name = state.strip().split(" ", 2)
            yield code, zip_digit, name.casefold(), zones


_ZONES = {code: zones for code, _, _, zones in _states()}
_ZIP_DIGITS = {code: digit for code, digit, _, _ in _states()}
_ALIASES = {
    "u.s. virgin islands": "VI", "us virgin islands": "VI", "washington dc": "DC", "washington d.c.": "DC"
}  # fmt: skip
_CODES = _ALIASES | {name: code for code, _, name, _ in _states()}
_COUNTRIES = {"CN": ("Asia/Shanghai",), "GB": ("Europe/London",)}  # each keeps one time

# compiled where they are used: this module is loaded by every command
_SHAPE = r"[A-Z]{2}(-[A-Z0-9]{1,3})?"
_COUNTRY_END = r"(?i)[\s,]+(?:usa|u\.s\.a\.|united states(?: of america)?)\.?$"
_ZIP_END = r"[\s,]+(\d{5})(?:-\d{4})?$"
_TO_COMMA = str.maketrans("，\n\r", ",,,")
# what may also end a street or name a city: `12 4th St, NE` is north-east, `12 Main St, LA` Los Angeles
_DOUBTFUL = frozenset(["CT", "LA", "NE", *_CODES]) - frozenset(_ALIASES)
_STREETS = frozenset({
    "ave", "avenue", "blvd", "boulevard", "circle", "court", "drive", "highway", "hwy", "lane", "loop",
    "parkway", "pike", "pkwy", "place", "plaza", "road", "route", "square", "street", "terrace", "trail",
    "turnpike", "way",
})  # fmt: skip


def zones_of_region(region: str) -> tuple[str, ...]:
    """The IANA zones of `US-MA`, `CN`, `CN-44`, `GB-ENG`, sorted; empty where the region is not known."""
    country, _, part = region.partition("-")
    return _ZONES.get(part, ()) if country == "US" else _COUNTRIES.get(country, ())


def is_region(region: str) -> bool:
    """Whether `region` is written as ISO 3166 does; of the United States, whether there is such a state."""
    if region.startswith("US"):
        return region.removeprefix("US-") in _ZONES
    return bool(re.fullmatch(_SHAPE, region))


def region_of(values: Mapping[str, int | str], country: str) -> str:
    """The region that the values of a client's file state, "" where none is certain.

    Reads `region`, then `address` and `zip`, and only where `country` is "US": elsewhere "CA" is no state.
    """
    if country != "US":
        return ""
    stated = _text(values, "region")
    state = _named(stated) or _at_end(stated, "") or _at_end(_text(values, "address"), _text(values, "zip"))
    return f"US-{state}" if state else ""


def _text(values: Mapping[str, int | str], key: str) -> str:
    """A value on one line, its lines parted by commas."""
    return " ".join(str(values.get(key, "")).translate(_TO_COMMA).split())


def _named(text: str) -> str:
    """The state whose code or whole name `text` is: `MA`, `D.C.`, `US-MA`, `Massachusetts`."""
    code = text.upper().removeprefix("US-").replace(".", "")
    return code if code in _ZONES else _CODES.get(text.casefold(), "")


def _at_end(address: str, stated_zip: str) -> str:
    """The state in which `address` ends: `Boston, MA 02110`, `Boston MA 02110`, `Springfield, Illinois`."""
    address = re.sub(_COUNTRY_END, "", address)
    found = re.search(_ZIP_END, address)
    rest = address[: found.start()] if found else address
    digit = _first_digit(found[1] if found else stated_zip)
    place, _, last = (part.strip(" ,") for part in rest.rpartition(","))
    if place and (state := _named(last)):
        doubtful = (state if len(last) == 2 else last.casefold()) in _DOUBTFUL
        sure = not doubtful or (digit == _ZIP_DIGITS[state] if digit else _is_city(place))
        return state if sure else ""
    place, _, state = rest.rpartition(" ")
    return state if found and place and _ZIP_DIGITS.get(state) == digit else ""


def _first_digit(zip_code: str) -> str:
    """The first digit of a ZIP code, whose zeros a spreadsheet may have dropped; "" where it is none."""
    number = zip_code.partition("-")[0]
    return number.zfill(5)[0] if number.isdecimal() and len(number) <= 5 else ""


def _is_city(text: str) -> bool:
    """Whether `text` ends in what may be a city, and not in a street or a flat."""
    words = text.rpartition(",")[2].casefold().split()
    return not any(map(str.isdigit, "".join(words))) and len(words[-1]) > 2 and words[-1] not in _STREETS
