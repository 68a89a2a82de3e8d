"""Regions: their zones, and what a client's file says of them."""

import zoneinfo
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectctl.domain.regions import is_region, region_of, zones_of_region

# 50 states, the District of Columbia and the five territories that people live in
CODES = """
    AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH
    OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR GU VI AS MP
"""


@pytest.mark.parametrize("code", CODES.split())
def test_every_state_has_zones_that_exist_and_that_differ(code: str):
    zones = zones_of_region(f"US-{code}")
    assert zones
    assert set(zones) <= zoneinfo.available_timezones()
    assert zones == tuple(sorted(zones))
    days = [datetime(2026, month, 15, 12, tzinfo=UTC) for month in (1, 7)]
    clocks = {tuple(d.astimezone(zoneinfo.ZoneInfo(z)).utcoffset() for d in days) for z in zones}
    assert len(clocks) == len(zones)
    assert is_region(f"US-{code}")


@pytest.mark.parametrize(
    ("region", "zones"),
    [
        ("US-MA", "America/New_York"),
        ("US-IL", "America/Chicago"),
        ("US-CA", "America/Los_Angeles"),
        ("US-HI", "Pacific/Honolulu"),
        ("US-AZ", "America/Denver America/Phoenix"),
        ("US-AK", "America/Adak America/Anchorage"),
        ("US-FL", "America/Chicago America/New_York"),
        ("US-IN", "America/Chicago America/New_York"),
        ("US-KY", "America/Chicago America/New_York"),
        ("US-MI", "America/Chicago America/New_York"),
        ("US-TN", "America/Chicago America/New_York"),
        ("US-KS", "America/Chicago America/Denver"),
        ("US-ND", "America/Chicago America/Denver"),
        ("US-NE", "America/Chicago America/Denver"),
        ("US-SD", "America/Chicago America/Denver"),
        ("US-TX", "America/Chicago America/Denver"),
        ("US-ID", "America/Denver America/Los_Angeles"),
        ("US-NV", "America/Denver America/Los_Angeles"),
        ("US-OR", "America/Denver America/Los_Angeles"),
        ("US-DC", "America/New_York"),
        ("US-PR", "America/Puerto_Rico"),
        ("US-VI", "America/St_Thomas"),
        ("US-GU", "Pacific/Guam"),
        ("US-MP", "Pacific/Saipan"),
        ("US-AS", "Pacific/Pago_Pago"),
        ("CN", "Asia/Shanghai"),
        ("CN-44", "Asia/Shanghai"),
        ("CN-XJ", "Asia/Shanghai"),
        ("GB", "Europe/London"),
        ("GB-SCT", "Europe/London"),
        ("US", ""),
        ("US-ZZ", ""),
        ("US-ma", ""),
        ("MA", ""),
        ("CA", ""),
        ("CA-ON", ""),
        ("FR", ""),
        ("CNX", ""),
        ("", ""),
    ],
)
def test_zones(region: str, zones: str):
    assert zones_of_region(region) == tuple(zones.split())


@pytest.mark.parametrize("region", ["CN", "CN-44", "CN-GD", "GB", "GB-ENG", "FR", "CA-ON", "US-DC"])
def test_regions(region: str):
    assert is_region(region)


@pytest.mark.parametrize(
    "region",
    ["", "US", "US-", "US-ZZ", "USA", "us-ma", "US-MA ", "C", "CHN", "CN-", "CN-ABCD", "MA02110", "广东"],
)
def test_no_regions(region: str):
    assert not is_region(region)


@pytest.mark.parametrize(
    ("stated", "region"),
    [
        ("MA", "US-MA"),
        ("ma", "US-MA"),
        (" MA ", "US-MA"),
        ("US-MA", "US-MA"),
        ("D.C.", "US-DC"),
        ("Massachusetts", "US-MA"),
        ("NEW  HAMPSHIRE", "US-NH"),
        ("Washington", "US-WA"),
        ("Washington, DC", "US-DC"),
        ("Washington DC", "US-DC"),
        ("Puerto Rico", "US-PR"),
        ("U.S. Virgin Islands", "US-VI"),
        ("Boston, MA", "US-MA"),
        ("ON", ""),
        ("Ontario", ""),
        ("AE", ""),  # forces post offices are nowhere
        ("Mass", ""),
        ("N/A", ""),
        ("United States", ""),
        ("", ""),
    ],
)
def test_the_region_column(stated: str, region: str):
    assert region_of({"region": stated}, "US") == region


@pytest.mark.parametrize(
    ("address", "region"),
    [
        ("1 Main St, Boston, MA 02110", "US-MA"),
        ("1 Main St, Boston, MA 02110-1234", "US-MA"),
        ("1 Main St, Boston, ma", "US-MA"),
        ("Boston, MA", "US-MA"),
        ("1 Main St Boston, MA", "US-MA"),
        ("1 Main St, Boston, MA, 02110, USA", "US-MA"),
        ("1 Main St, Boston, MA 02110, United States", "US-MA"),
        ("1 Main St\nBoston, MA 02110", "US-MA"),
        ("1 Main St\nBoston\nMA 02110", "US-MA"),
        ("BOSTON MA 02110", "US-MA"),
        ("1 Main St, New York NY 10001", "US-NY"),
        ("Springfield, Illinois", "US-IL"),
        ("1 Main St, Springfield, Illinois 62701", "US-IL"),
        ("Seattle, Washington", "US-WA"),
        ("1 Main St, Seattle, Washington 98101", "US-WA"),
        ("1 Main St, Washington, DC 20001", "US-DC"),
        ("1 Main St NW, Washington, D.C.", "US-DC"),
        ("1 Main St NW, Washington DC", "US-DC"),
        ("Portland, OR", "US-OR"),
        ("Indianapolis, IN", "US-IN"),
        ("Fishers Island, NY 06390", "US-NY"),  # served by way of Connecticut
        ("Omaha, NE", "US-NE"),
        ("1 Main St, Omaha, NE", "US-NE"),
        ("1 Main St Omaha, NE 68101", "US-NE"),
        ("Baton Rouge, LA", "US-LA"),
        # a city, a street, a direction, a nickname: not certain, so nothing
        ("Washington", ""),
        ("1 Main St, Washington", ""),
        ("Main Street, Washington", ""),
        ("1 Main St, Washington 20001", ""),
        ("1 Main St, Washington 15301", ""),
        ("1 Main St, Delaware 43015", ""),
        ("1 Main St, Indiana", ""),
        ("12 4th St, NE", ""),
        ("12 4th St, NE 98101", ""),
        ("1 Wilshire Blvd, LA", ""),
        ("1 Wilshire Blvd, LA 90017", ""),
        ("5 Oak, CT 98101", ""),
        ("5 OAK CT 98101", ""),
        ("MA", ""),
        ("MA 02110", ""),
        ("02110", ""),
        (", MA", ""),
        ("Boston", ""),
        ("Toronto, ON M5V 3L9", ""),
        ("APO, AE 09001", ""),
        ("广东省深圳市", ""),
        ("", ""),
    ],
)
def test_the_end_of_an_address(address: str, region: str):
    assert region_of({"address": address}, "US") == region


@pytest.mark.parametrize(
    ("values", "region"),
    [
        ({"region": "TX", "address": "1 Main St, Boston, MA 02110"}, "US-TX"),
        ({"region": "?", "address": "1 Main St, Boston, MA 02110"}, "US-MA"),
        ({"address": "1 Main St, New York", "zip": "10001"}, "US-NY"),
        ({"address": "Seattle, Washington", "zip": "98101"}, "US-WA"),
        ({"address": "1 Main St, Washington", "zip": 20001}, ""),
        ({"address": "12 Oak, CT", "zip": 6510}, "US-CT"),  # 06510, which was taken for a number
        ({"address": "12 Oak, CT", "zip": "6510-1234"}, "US-CT"),
        ({"address": "12 4th St, NE", "zip": "98101"}, ""),
        ({"city": "Washington"}, ""),
        ({"city": "Washington", "zip": "20001"}, ""),
        ({"zip": "02110"}, ""),
        ({"region": 25}, ""),
        ({}, ""),
    ],
)
def test_what_a_file_states(values: dict[str, int | str], region: str):
    assert region_of(values, "US") == region


@pytest.mark.parametrize("country", ["CA", "CN", "GB", ""])
def test_of_other_countries_nothing_is_read(country: str):
    assert region_of({"region": "CA", "address": "Boston, MA 02110"}, country) == ""


@given(
    st.dictionaries(
        st.sampled_from(["region", "address", "zip", "city"]),
        st.one_of(st.text(), st.integers(), st.text(st.sampled_from("MAneLCT 0129,.-\n，"))),
    )
)
def test_whatever_a_file_states_the_region_is_known_or_none(values: dict[str, int | str]):
    region = region_of(values, "US")
    assert region == "" or (is_region(region) and zones_of_region(region))
