"""City and district as addresses name them."""

import pytest

from collectctl.domain.districts import Place, place_of

CHINESE = [
    ("浙江省杭州市西湖区文三路100号", "杭州", "西湖区"),
    ("浙江杭州西湖区文三路100号", "", "杭州西湖区"),
    ("杭州市文三路花园小区3幢", "杭州", ""),
    ("北京市朝阳区建国路1号", "北京", "朝阳区"),
    ("北京朝阳区建国路1号", "北京", "朝阳区"),
    ("北京市市辖区海淀区中关村大街2号", "北京", "海淀区"),
    ("上海市浦东新区世纪大道1号", "上海", "浦东新区"),
    ("重庆市云阳县青龙街道", "重庆", "云阳县"),
    ("江苏省苏州市昆山市玉山镇", "苏州", "昆山市"),
    ("昆山市玉山镇", "昆山", ""),
    ("广东省东莞市南城街道鸿福路", "东莞", ""),
    ("山东省济南市市中区经四路", "济南", "市中区"),
    ("湖北省荆州市沙市区北京路", "荆州", "沙市区"),
    ("河南省新乡市红旗区平原路", "新乡", "红旗区"),
    ("湖北省恩施土家族苗族自治州恩施市舞阳坝", "恩施土家族苗族自治州", "恩施市"),
    ("新疆维吾尔自治区乌鲁木齐市天山区解放路", "乌鲁木齐", "天山区"),
    ("内蒙古自治区锡林郭勒盟锡林浩特市", "锡林郭勒盟", "锡林浩特市"),
    ("广西桂林市阳朔县", "桂林", "阳朔县"),
    ("海淀区中关村大街2号", "", "海淀区"),
    ("浙江省　杭州市 西湖区 文三路１００号", "杭州", "西湖区"),
    ("文三路100号", "", ""),
    ("吉林省吉林市船营区", "吉林", "船营区"),
    ("海南省陵水黎族自治县椰林镇", "", "陵水黎族自治县"),
    ("香港特别行政区中西区", "", "中西区"),
    ("四川省成都市高新区天府大道", "成都", "高新区"),
    ("浙江省杭州市余杭区人民政府旁创业园区2号楼", "杭州", "余杭区"),
]


@pytest.mark.parametrize(("address", "city", "district"), CHINESE, ids=[c[0] for c in CHINESE])
def test_a_chinese_address_names_its_city_and_district(address: str, city: str, district: str):
    assert place_of(address, {}) == Place(city, district)


COLUMNS = [
    ("文三路100号", {"city": "杭州市", "区县": "西湖区"}, Place("杭州", "西湖区")),
    ("西湖区文三路100号", {"city": "杭州"}, Place("杭州", "西湖区")),
    ("浙江杭州西湖区文三路100号", {"city": "杭州市"}, Place("杭州", "西湖区")),
    ("上海市浦东新区世纪大道1号", {"city": "杭州"}, Place("上海", "浦东新区")),
    ("1 Invented Street", {"city": "Springfield", "zip": "62704-1234"}, Place("Springfield", "62704")),
    ("1 Invented Street", {"city": "SPRINGFIELD"}, Place("Springfield", "")),
    ("1 Invented Street, Springfield, IL 62704", {}, Place("Springfield", "62704")),
    ("1 Invented Street", {"zip": "62704"}, Place("", "62704")),
    ("2 Invented Road", {"city": "London", "zip": "sw1a 1aa"}, Place("London", "SW1A")),
    ("somewhere", {}, Place()),
]


@pytest.mark.parametrize(("address", "values", "place"), COLUMNS, ids=str)
def test_what_it_does_not_say_is_in_the_columns_beside_it(address: str, values: dict[str, str], place: Place):
    assert place_of(address, values) == place
