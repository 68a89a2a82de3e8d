import pytest

from collectctl.intake import headers
from collectctl.intake.vocabulary import FIELDS_OF_KIND, PHONES, VOCABULARY, WORDS_OF_KIND


@pytest.mark.parametrize("field", VOCABULARY)
def test_every_spelling_means_its_field(field):
    for spelling in VOCABULARY[field].split(","):
        assert headers.meaning(spelling).field == field, spelling


def test_no_spelling_means_two_fields():
    meant = {}
    for field, words in [*VOCABULARY.items(), *((f"phone {kind}", words) for kind, words in PHONES.items())]:
        for word in words.split(","):
            assert meant.setdefault(headers.fold(word), field) == field, word


@pytest.mark.parametrize("kind", WORDS_OF_KIND)
def test_a_kind_of_file_has_words_of_its_own(kind):
    meant = {}
    for field, words in WORDS_OF_KIND[kind].items():
        for word in (field, *words.split(",")):
            assert headers.meaning(word, kind).field == field, word
            assert meant.setdefault(headers.fold(word), field) == field, word
    assert all(headers.is_field(field) for field in FIELDS_OF_KIND[kind])


@pytest.mark.parametrize("kind", PHONES)
def test_phone_columns_know_their_kind(kind):
    for spelling in PHONES[kind].split(","):
        assert headers.meaning(spelling)[:2] == ("phone", kind), spelling


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("*个案序列号", "account"),
        ("＊卡号", "card_number"),
        ("委案金额(元)", "placed_amount"),
        ("委案金额（元）", "placed_amount"),
        ("委案金额(单位：元)", "placed_amount"),
        ("最新欠款\n(元)", "balance"),
        ("帐户余额", "balance"),
        ("\xa0备注", "remarks"),
        ("备注10", "remarks"),
        ("卡号2", "card_number"),
        ("Phone 2", "phone"),
        ("address 1", "address"),
        ("Account_ID", "account"),
        ("acct.num", "account"),
        ("ＤＰＤ", "days_past_due"),
        ("E-Mail", "email"),
        ("Balance (USD)", "balance"),
        ("降至2期金额", "rollback_2"),
        ("到期日", ""),
        ("#", ""),
        ("", ""),
        ("balance 2", ""),
        ("x" * 10_000, ""),
        ("姓名" * 100, ""),
    ],
)
def test_headers_are_folded(header, field):
    assert headers.meaning(header).field == field


def test_units_say_the_currency_and_the_scale():
    assert headers.meaning("Balance (HKD)").currencies == ("HKD",)
    assert headers.meaning("金额") == headers.Meaning("")
    assert headers.meaning("欠款余额(万元)").scale == 10_000
    assert headers.meaning("converted_usd").currencies == ("USD",)


@pytest.mark.parametrize(
    ("header", "part", "role", "group"),
    [
        ("联系人1姓名", "name", "contact", "1"),
        ("联系人2手机", "phone", "contact", "2"),
        ("第一联系人姓名", "name", "contact", "1"),
        ("第二联系人与客户关系", "relation", "contact", "2"),
        ("联系人电话", "phone", "contact", "1"),
        ("配偶姓名", "name", "spouse", "spouse"),
        ("担保人手机", "phone", "guarantor", "guarantor"),
        ("ref 1 name", "name", "contact", "1"),
        ("Reference 2 phone", "phone", "contact", "2"),
        ("party1_relation", "relation", "contact", "1"),
    ],
)
def test_other_persons(header, part, role, group):
    found = headers.meaning(header)
    assert (found.field, found.detail, found.group) == (f"party_{part}", role, group)


@pytest.mark.parametrize("field", headers.fields())
def test_fields_may_be_mapped_to(field):
    assert headers.is_field(field)
