"""Phone numbers: normal form, country, zones. What the package says is held against what we answer faster.

Hand-written numbers are those reserved for fiction: 555-01xx, and Ofcom's for drama. China reserves none.
"""

import os
import random
import subprocess
import sys
import zoneinfo

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import timezone

from collectctl.intake.phones import Numbering, PhoneForm, country_of
from tests.conftest import tries

SHANGHAI = ("Asia/Shanghai",)
BRITISH = ("Europe/Guernsey", "Europe/Isle_of_Man", "Europe/Jersey", "Europe/London")
TERRITORIES = {"AS", "GU", "MP", "PR", "VI"}


@pytest.mark.parametrize(
    ("region", "value", "normal"),
    [
        ("CN", "13800130001", "+8613800130001"),
        ("CN", "１３８００１３０００１", "+8613800130001"),
        ("CN", "138 0013 0001", "+8613800130001"),
        ("CN", "138-0013-0001", "+8613800130001"),
        ("CN", "+86 138 0013 0001", "+8613800130001"),
        ("CN", "＋86－13800130001", "+8613800130001"),
        ("CN", "(+86)13800130001", "+8613800130001"),
        ("CN", "008613800130001", "+8613800130001"),
        ("CN", "8613800130001", "+8613800130001"),
        ("CN", "86-13800130001", "+8613800130001"),
        ("CN", "13800130001.0", "+8613800130001"),
        ("CN", "13800130001(本人)", "+8613800130001"),
        ("CN", "手机：13800130001", "+8613800130001"),
        ("CN", "工号20001 电话13800130001", "+8613800130001"),
        ("CN", "010-68470000", "+861068470000"),
        ("CN", "(010)68470000", "+861068470000"),
        ("CN", "（0755）8300 0000", "+8675583000000"),
        ("CN", "86-755-83000000", "+8675583000000"),
        ("CN", "010-68470000转8001", "+861068470000"),
        ("CN", "010-68470000 转 8001", "+861068470000"),
        ("CN", "010-68470000-8001", "+861068470000"),
        ("CN", "0086-10-68470000-8001", "+861068470000"),
        ("CN", "010-68470000/01", "+861068470000"),
        ("CN", "010-68470000 x123", "+861068470000"),
        ("CN", "400-000-0000", "+864000000000"),
        ("CN", "001-212-555-0123", "+12125550123"),
        ("US", "2125550123", "+12125550123"),
        ("US", "(212) 555-0123", "+12125550123"),
        ("US", "212.555.0123", "+12125550123"),
        ("US", "1-212-555-0123", "+12125550123"),
        ("US", "+1 (212) 555-0123", "+12125550123"),
        ("US", "212-555-0123x123", "+12125550123"),
        ("US", "212-555-0123, ext. 55", "+12125550123"),
        ("US", "212-555-0123-55", "+12125550123"),
        ("US", "011 86 138 0013 0001", "+8613800130001"),
        ("us", "2125550123", "+12125550123"),
        ("GB", "020 7946 0123", "+442079460123"),
        ("GB", "+44 (0)20 7946 0123", "+442079460123"),
        ("GB", "0044 20 7946 0123", "+442079460123"),
        ("GB", "0161 496 0123", "+441614960123"),
        ("", "+8613800130001", "+8613800130001"),
        ("", "0086 138 0013 0001", "+8613800130001"),
    ],
)
def test_normal_form(region: str, value: str, normal: str):
    assert Numbering(region).form(value).normal == normal


@pytest.mark.parametrize(
    ("region", "value"),
    [
        ("CN", ""),
        ("CN", "   "),
        ("CN", "无"),
        ("CN", "-"),
        ("CN", "+"),
        ("CN", "00"),
        ("CN", "110"),
        ("CN", "95588"),
        ("CN", "1380013000"),  # a digit short
        ("CN", "138001300011"),  # a digit more
        ("CN", "138-0013-00011"),
        ("CN", "1.38E+10"),
        ("CN", "13800130001 13800130002"),
        ("CN", "110101199003070001"),  # as long as an identity number
        ("US", "13800130001"),
        ("US", "555-0123"),
        ("US", "112-555-0123"),
        ("GB", "07700 900123"),  # Ofcom's drama mobiles are valid to nobody
        ("", "13800130001"),
        ("", "212-555-0123"),
        ("XX", "13800130001"),
        ("CN", "+999 13800130001"),
        ("CN", "1" * 10_000),
    ],
)
def test_what_is_no_number_has_no_form(region: str, value: str):
    assert Numbering(region).form(value) == PhoneForm("", (), "")


# by area code, from the maps of the North American Numbering Plan and the tz database
@pytest.mark.parametrize(
    ("area", "zones"),
    [
        ("212", {"America/New_York"}),
        ("917", {"America/New_York"}),
        ("312", {"America/Chicago"}),
        ("415", {"America/Los_Angeles"}),
        ("602", {"America/Phoenix"}),
        ("808", {"Pacific/Honolulu"}),
        ("671", {"Pacific/Guam"}),
        ("787", {"America/Puerto_Rico"}),
        ("850", {"America/Chicago", "America/New_York"}),  # the panhandle of Florida
        ("812", {"America/Chicago", "America/New_York"}),  # Evansville is Central
        ("270", {"America/Chicago", "America/New_York"}),  # the west of Kentucky
        ("423", {"America/Chicago", "America/New_York"}),  # Marion County, Tennessee
        ("906", {"America/Chicago", "America/New_York"}),  # Menominee, Michigan
        ("931", {"America/Chicago"}),
        ("865", {"America/New_York"}),
        ("308", {"America/Chicago", "America/Denver"}),
        ("208", {"America/Boise", "America/Denver", "America/Los_Angeles"}),
        ("928", {"America/Denver", "America/Phoenix"}),  # the Navajo Nation
        # overlays: the package knows one zone, the area is that of the older code
        ("448", {"America/Chicago", "America/New_York"}),
        ("930", {"America/Chicago", "America/New_York"}),
        ("364", {"America/Chicago", "America/New_York"}),
        ("458", {"America/Denver", "America/Los_Angeles"}),
        ("474", {"America/Regina", "America/Winnipeg"}),
        # Orlando: the package says Chicago
        ("689", {"America/Chicago", "America/New_York"}),
    ],
)
def test_zones_are_those_of_the_area_code(area: str, zones: set[str]):
    form = Numbering("US").form(f"{area}-555-0123")
    assert form.zones == tuple(sorted(zones))
    assert form.country == ("CA" if area == "474" else "US")


@pytest.mark.parametrize("area", ["800", "888", "877", "833", "900", "500"])
def test_numbers_of_no_area_say_nothing_about_a_place(area: str):
    assert Numbering("US").form(f"1-{area}-555-0123") == PhoneForm(f"+1{area}5550123", (), "US")


@pytest.mark.parametrize(
    ("value", "zones", "country"),
    [
        ("+86 138 0013 0001", SHANGHAI, "CN"),
        ("+86 10 6847 0000", SHANGHAI, "CN"),
        ("+86 991 230 0000", SHANGHAI, "CN"),
        ("+86 400 000 0000", SHANGHAI, "CN"),
        ("+44 20 7946 0123", ("Europe/London",), "GB"),
        ("+44 808 157 0123", BRITISH, "GB"),
        ("+44 7911 123456", BRITISH, "GG"),  # the best-known example number is Guernsey's
        ("+1 212 555 0123", ("America/New_York",), "US"),
        ("+1 671 555 0123", ("Pacific/Guam",), "US"),  # a territory: the law is the same
        ("+1 416 555 0123", ("America/Toronto",), "CA"),
        ("+1 310 1234", (), "CA"),  # seven digits, dialled from all of Canada
        ("+852 2345 6789", ("Asia/Hong_Kong",), "HK"),
        ("+61 3 5550 1234", ("Australia/Sydney",), "AU"),  # ACMA's numbers for fiction
        ("+7 912 345 67 89", (), "RU"),  # a mobile of eleven zones and more
        ("+800 1234 5678", (), ""),
        ("+870 773 111 632", (), ""),
    ],
)
def test_zones_and_country(value: str, zones: tuple[str, ...], country: str):
    assert Numbering("").form(value)[1:] == (zones, country)


def test_a_mobile_of_a_country_with_several_zones_is_in_any_of_them():
    british = phonenumbers.example_number_for_type("GB", phonenumbers.PhoneNumberType.MOBILE)
    form = Numbering("GB").form(str(british.national_number))
    assert form == PhoneForm(f"+44{british.national_number}", BRITISH, "GB")


def by_the_package(value: str, region: str) -> tuple[str, str, tuple[str, ...] | None]:
    """Normal form, country and zones as the package gives them; of North America no zones."""
    try:
        number = phonenumbers.parse(value, region or None)
    except phonenumbers.NumberParseException:
        return "", "", ()
    if not phonenumbers.is_valid_number(number):
        return "", "", ()
    country = phonenumbers.region_code_for_number(number).replace("001", "")
    zones = tuple(sorted(set(timezone.time_zones_for_number(number)) - {"Etc/Unknown"}))
    return (
        phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164),
        "US" if country in TERRITORIES else country,
        None if number.country_code == 1 else zones if len(zones) < 10 else (),
    )


def assert_same(form: PhoneForm, value: str, region: str) -> None:
    normal, country, zones = by_the_package(value, region)
    assert (form.normal, form.country) == (normal, country), (value, region)
    assert zones is None or form.zones == zones, (value, region)


def examples(metadata: phonenumbers.PhoneMetadata) -> list[str]:
    kinds = (value for value in vars(metadata).values() if isinstance(value, phonenumbers.PhoneNumberDesc))
    return sorted({kind.example_number for kind in kinds if kind.example_number})


def near(number: str, chance: random.Random) -> str:
    """`number` with its last digits, or one of the first, drawn by lot."""
    keep = chance.randrange(2, len(number))
    drawn = number[:keep] + "".join(chance.choices("0123456789", k=len(number) - keep))
    at = chance.randrange(len(number))
    return drawn if chance.random() < 0.7 else drawn[:at] + chance.choice("0123456789") + drawn[at + 1 :]


def test_every_country_is_read_as_the_package_reads_it():
    chance = random.Random(86)
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        metadata = phonenumbers.PhoneMetadata.metadata_for_region(region)
        numbering, trunk = Numbering(region), metadata.national_prefix or ""
        for example in examples(metadata):
            for number in (example, near(example, chance), near(example, chance)):
                written = (number, f"{trunk}{number}", f"{metadata.country_code}{number}")
                for value in (*written, f"+{metadata.country_code} {number}"):
                    if not value.startswith("00"):  # abroad in every country: ours
                        assert_same(numbering.form(value), value, region)


@pytest.mark.parametrize(
    ("region", "first", "length"),
    [("CN", "1", 11), ("CN", "0", 12), ("CN", "86", 13), ("US", "", 10), ("US", "1", 11), ("GB", "0", 11)],
)
def test_numbers_by_lot_are_read_as_the_package_reads_them(region: str, first: str, length: int):
    chance, numbering = random.Random(length), Numbering(region)
    for _ in range(tries(2_000)):
        value = first + "".join(chance.choices("0123456789", k=length - len(first)))
        if not value.startswith("00"):
            assert_same(numbering.form(value), value, region)


LIKE_NUMBERS = st.text(st.sampled_from("0123456789+０１２９＋()-.－/ x转#,;eE\u00a0\t号*~"), max_size=30)
NUMBERS = st.from_regex(
    r"(\+|00|0|1|86|\+86|\+44)?[ -]?(\(?[1-9]\d{1,3}\)?[ .-]?\d{3,4}[ .-]?\d{4})", fullmatch=True
)


@given(st.one_of(st.text(), LIKE_NUMBERS, NUMBERS), st.sampled_from(["CN", "US", "GB", "", "XX"]))
def test_any_text_is_read_and_what_the_package_reads_is_read_the_same(value: str, region: str):
    form = Numbering(region).form(value)
    normal = by_the_package(value, region)[0]
    assert normal in ("", form.normal)
    if form.normal:
        number = phonenumbers.parse(form.normal)
        assert phonenumbers.is_valid_number(number)
        assert phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) == form.normal
    assert bool(form.normal) or form == PhoneForm()
    assert set(form.zones) <= zoneinfo.available_timezones()


def test_every_area_code_has_the_zones_of_the_package_and_fewer_than_ten():
    from phonenumbers.tzdata import TIMEZONE_DATA

    numbering = Numbering("US")
    for area in range(200, 1000):
        form = numbering.form(f"{area}5550123")
        known = {z for key, zones in TIMEZONE_DATA.items() if key.startswith(f"1{area}") for z in zones}
        assert not form.normal or known <= set(form.zones)
        assert len(form.zones) < 10


def test_the_country_of_most_numbers():
    chinese, american, unknown = PhoneForm("+86", (), "CN"), PhoneForm("+1", (), "US"), PhoneForm("", (), "")
    assert country_of([american, chinese, chinese, unknown, unknown, unknown]) == "CN"
    assert country_of(iter([american])) == "US"
    assert country_of([unknown]) == ""
    assert country_of([]) == ""


def test_the_package_is_not_loaded_before_the_first_number():
    code = (
        "import sys; from collectctl.intake.phones import Numbering; n = Numbering('CN');"
        "before = 'phonenumbers' in sys.modules; n.form('13800130001');"
        "sys.exit(before or 'phonenumbers' not in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], env=os.environ, check=False).returncode == 0
