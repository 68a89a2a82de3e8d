import pytest

from collectctl.domain.errors import CollectError
from collectctl.intake import errors
from tests.intake.reading import recognised


def fields(text, mapping=None, **options):
    return {c.name: c.field for c in recognised(text + "\n1,2,3,4,5,6,7,8,9\n", mapping, **options).columns}


def test_the_header_is_found_below_titles():
    found = recognised("某某银行委案清单,,\n\n*个案序列号,姓名,委案金额(元)\nA1,张军,5\n")
    assert (found.kind, found.header_row, found.first_row) == ("accounts", 3, 4)
    assert [column.field for column in found.columns] == ["account", "name", "placed_amount"]


def test_two_header_rows_are_put_together():
    text = "案件编号,最新欠款,联系人1,,联系人2,\n,,姓名,电话,姓名,电话\nA1,5,张,138,李,139\n"
    found = recognised(text)
    assert found.first_row == 3
    assert [column.field for column in found.columns] == [
        "account",
        "balance",
        "party1_name",
        "party1_phone",
        "party2_name",
        "party2_phone",
    ]


def test_unknown_columns_are_kept_and_named():
    found = recognised("account,balance,Colour,,Colour,到期日,collectctl error\n1,5,x,y,z,w,v\n")
    assert [(c.name, c.field, c.how) for c in found.columns[2:]] == [
        ("Colour", None, "extra"),
        ("column 4", None, "extra"),
        ("Colour#2", None, "extra"),
        ("到期日", None, "unclear"),
        ("collectctl error", None, "ignored"),
    ]


def test_what_is_mapped_wins_over_memory_and_names():
    text = "nr,Colour,balance"
    assert fields(text, {"nr": "account", "Colour": "balance", "balance": ""}) == {
        "nr": "account",
        "Colour": "balance",
        "balance": None,
    }
    past = {"nr": "account", "Colour": "product", "gone": "name", "balance": "balance"}
    assert fields(text, {"COLOUR ": "city"}, remembered=past)["Colour"] == "city"
    assert fields(text, remembered=past)["Colour"] == "product"


def test_a_mapped_column_settles_a_conflict():
    text = "account,最新欠款,欠款总额"
    with pytest.raises(errors.ColumnConflict, match="最新欠款, 欠款总额") as caught:
        fields(text)
    assert caught.value.hint == '--map "最新欠款=balance"'
    assert caught.value.exit_code == 4
    assert fields(text, {"欠款总额": "balance"}) == {
        "account": "account",
        "最新欠款": None,
        "欠款总额": "balance",
    }


def test_the_same_header_twice_is_a_conflict_for_a_field_that_takes_one():
    with pytest.raises(errors.ColumnConflict, match=r"balance, balance#2"):
        fields("account,balance,balance")
    assert fields("account,balance,balance", {"balance#2": ""})["balance"] == "balance"
    assert list(fields("account,balance,电话,电话").values()) == ["account", "balance", "phone", "phone"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("account,委案金额,最新欠款", ["account", "placed_amount", "balance"]),
        ("account,balance,逾期天数,委案时逾期天数", ["account", "balance", "days_past_due", None]),
        ("reference,account id,balance", [None, "account", "balance"]),
        ("account,客户,客户姓名,balance", ["account", None, "name", "balance"]),
        ("account,customerID,balance", ["account", "client_customer", "balance"]),
        ("account,first name,last name,name,balance", ["account", None, None, "name", "balance"]),
    ],
)
def test_stated_precedence(text, expected):
    assert list(fields(text).values()) == expected


def test_bare_parts_belong_to_the_person_before_them():
    text = "account,balance,手机,联系人1姓名,关系,电话,联系人2姓名,关系,手机"
    assert list(fields(text).values())[2:] == [
        "phone",
        "party1_name",
        "party1_relation",
        "party1_phone",
        "party2_name",
        "party2_relation",
        "party2_phone",
    ]
    assert list(fields("account,balance,联系人1姓名,联系人1手机,手机").values())[-1] == "phone"


def test_spouse_and_guarantor_are_numbered_after_the_contacts():
    text = "account,balance,配偶姓名,联系人1姓名,担保人姓名,配偶手机"
    assert list(fields(text).values())[2:] == ["party2_name", "party1_name", "party3_name", "party2_phone"]


def test_a_column_in_ten_thousands_must_be_mapped():
    with pytest.raises(errors.UnitUnclear) as caught:
        fields("account,欠款余额(万元)")
    assert caught.value.hint.startswith('--map "欠款余额(万元)=balance"')
    assert fields("account,欠款余额(万元)", {"欠款余额(万元)": "balance"})["欠款余额(万元)"] == "balance"


def test_rows_may_be_numbered():
    found = recognised("name,balance,account\nA,5,x\n", {"#row": "account"})
    assert found.numbered
    assert [column.field for column in found.columns] == ["name", "balance", None]
    assert recognised("name,balance\nA,5\n", remembered=found.remembered()).numbered


@pytest.mark.parametrize(
    ("mapping", "error", "nearest"),
    [
        ({"blance": "balance"}, errors.UnknownColumn, "balance"),
        ({"balance": "blance"}, errors.UnknownField, "balance"),
        ({"balance": "name", "account": "name"}, errors.MappedTwice, "balance, account|account, balance"),
    ],
)
def test_a_mapping_that_can_not_be_names_what_is_near(mapping, error, nearest):
    with pytest.raises(error, match=nearest) as caught:
        fields("account,balance", mapping)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("a,b\n1,2\n", errors.NoHeader),
        ("account,balance\n", errors.HeaderOnly),
        ("account,balance\n,\n \n", errors.HeaderOnly),
        ("name,balance\nA,5\n", errors.ColumnMissing),
        ("account,product\n1,x\n", errors.ColumnMissing),
        ("payment_id,debtor_id,amount_paid\n1,2,3\n", errors.ColumnMissing),
    ],
)
def test_what_is_missing_is_said(text, error):
    with pytest.raises(error) as caught:
        recognised(text)
    assert caught.value.exit_code == 4
    assert caught.value.hint


def test_only_numbers_and_names_are_a_recall():
    assert recognised("案件编号,姓名,退案日期\n1,张,2026-11-30\n").kind == "recalls"
    assert recognised("account\n1\n").kind == "recalls"
    with pytest.raises(CollectError):
        recognised("account,amount_paid\n1,5\n")
    assert recognised("account,reason\n1,x\n", kind="recalls").kind == "recalls"
    with pytest.raises(errors.UnknownKind):
        recognised("account\n1\n", kind="poems")


def test_what_the_user_decided_is_remembered():
    found = recognised("nr,balance,x\n1,2,3\n", {"nr": "account", "x": ""})
    assert found.remembered() == {"nr": "account", "x": ""}


def test_twenty_thousand_columns():
    wide = "account,balance," + ",".join(f"c{n}" for n in range(20_000))
    assert len(recognised(wide + "\n1,2\n").columns) == 20_002
