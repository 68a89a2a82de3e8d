"""STUB until the helper's file arrives."""

from collections import Counter
from collections.abc import Iterable

from collectctl.domain.numbers import PhoneForm


class Numbering:
    def __init__(self, region: str) -> None:
        self.region = region

    def form(self, value: str) -> PhoneForm:
        digits = "".join(c for c in value if c.isdigit())
        if self.region == "CN" and len(digits) == 11:
            return PhoneForm("+86" + digits, ("Asia/Shanghai",), "CN")
        if (self.region == "US" or value.startswith("+1")) and len(digits) in (10, 11):
            area = digits[-10:-7]
            zones = {
                "212": ("America/New_York",),
                "202": ("America/New_York",),
                "671": ("Pacific/Guam",),
                "415": ("America/Los_Angeles",),
            }.get(area, ())
            return PhoneForm("+1" + digits[-10:], zones, "US")
        return PhoneForm()


def country_of(numbers: Iterable[PhoneForm]) -> str:
    found = Counter(n.country for n in numbers if n.country)
    return found.most_common(1)[0][0] if found else ""
