"""Where an address lies: city and district, as far as it says so.

A Chinese address is read by its own marks (省 市 区 县); of others the city and the postcode are used, from
their columns or from the end of the line (`..., Springfield, IL 62704`).
"""

import re
from collections.abc import Mapping

from collectctl.domain.records import Record
from collectctl.domain.when import fold

_HAN = "\u4e00-\u9fff"
# what stands below a district in an address: no name of a district or a city has one of these in it
_NAME = f"(?:(?![路街道巷弄号村栋幢])[{_HAN}])"
_PROVINCES = (
    "河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西"
    "|甘肃|青海|台湾"
)
_REGIONS = f"(?:内蒙古|广西|宁夏|新疆|西藏)(?:{_NAME}{{0,3}}自治区)?|(?:香港|澳门)(?:特别行政区)?"
_PROVINCE = re.compile(f"(?:中国)?(?:(?:{_PROVINCES})省?|{_REGIONS})")
_MUNICIPALITY = re.compile("(北京|天津|上海|重庆)(?:市(?!区)|(?=.{1,4}[区县]))(?:市辖区)?")
# 沙市区 and 红旗区 are districts: the mark of a place is not one that another mark follows at once
_CITY = re.compile(f"({_NAME}{{1,12}}?(?:自治州|地区|盟|市(?![区县场])))(?:市辖区)?")
_DISTRICT = re.compile(
    f"({_NAME}{{1,9}}?(?:(?<!小)(?<!社)(?<!园)(?<!校)(?<!厂)区|自治县|县|旗(?![区县])|市(?![区县场])))"
)
_DISTRICTS = (
    "district",
    "区县",
    "所属区县",
    "所属区域",
    "区",
)  # columns of clients that are no field of ours
_AT_END = re.compile(r",\s*([^,\d]+?),?\s+[A-Z]{2}\s+(\d{5})(?:-\d{4})?\s*$")
_OUTWARD = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?(?=\s*\d[A-Z]{2}$)")


class Place(Record):
    """A city and a part of it, "" where nothing is known; the part is a postcode outside China."""

    city: str = ""
    district: str = ""


def place_of(address: str, values: Mapping[str, int | str]) -> Place:
    """The place of an address of a client's file; what it leaves out is taken from the columns beside it."""
    stated = str(values.get("city", "")).strip()
    code = str(values.get("zip", "")).strip().upper()
    return _place(fold(address).strip(), stated, code, _first(values, _DISTRICTS))


def _first(values: Mapping[str, int | str], names: tuple[str, ...]) -> str:
    return next((str(values[name]).strip() for name in names if values.get(name)), "")


def _place(address: str, stated: str, code: str, district: str) -> Place:
    if re.search(f"[{_HAN}]", address + stated + district):
        found = _chinese("".join(address.split()))
        city = found.city or _short(stated)
        return Place(city, found.district.removeprefix(city) or found.district or district)
    at_end = _AT_END.search(address)
    city = stated or (at_end[1].strip() if at_end else "")
    code = code or (at_end[2] if at_end else "")
    outward = _OUTWARD.match(code)
    return Place(city.title() if city.isupper() else city, outward[0] if outward else code[:5])


def _chinese(address: str) -> Place:
    province = _PROVINCE.match(address)
    rest = address[province.end() :] if province else address
    own = _MUNICIPALITY.match(rest)
    found = own or _CITY.match(rest)
    city = _short(found[1]) if found else ""
    rest = rest[found.end() :] if found else rest
    district = _DISTRICT.match(rest)
    return Place(city, district[1] if district else "")


def _short(city: str) -> str:
    """杭州市 and 杭州 are the same."""
    return city.removesuffix("市") if len(city) > 2 else city
