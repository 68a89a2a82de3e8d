"""A client's file in which every cell that tells who somebody is can be told again wherever it turns up."""

import re

# what is masked wherever it is shown unless `--reveal` is given, in a field of its own or in free text
IDENTITY, SPOUSE, GUARANTOR = "110101198803076631", "310101199002023456", "44010619750505123X"
CARD, SECOND_CARD, NOTED_CARD = "6222029876543210123", "6222 0255 5566 6677", "5454-5454-1234-9876"
ACCOUNT_OF_BANK, SOCIAL = "GB29 NWBK 6016 1331 9268 19", "219-09-7731"
SECRETS = (IDENTITY, SPOUSE, GUARANTOR, CARD, SECOND_CARD, NOTED_CARD, "6016 1331 9268 19", SOCIAL)

# what stands whole on the collector's own screen, and nowhere else
NAME, OTHER_NAME, CONTACT, PARTY = (
    "Zyxwa Quillfeather",
    "Bexley Oatcake",
    "Morwen Thistledown",
    "Quib Larkspur",
)
PHONE, OTHER_PHONE, CONTACT_PHONE, NEW_PHONE = "13800138977", "13900139866", "13700137755", "13600136644"
ADDRESS, EMAIL, EMPLOYER = "17 Marzipan Lane", "zyxwa@quill.example", "Gloomhaven Biscuits"
REMARK, NOTE = "whistles at noon", "walnut harvest"
PRIVATE = (
    NAME, OTHER_NAME, CONTACT, PARTY, PHONE, OTHER_PHONE, CONTACT_PHONE, NEW_PHONE, ADDRESS, EMAIL, EMPLOYER,
    REMARK, NOTE, "Zyxwa", "Quillfeather", "Bexley", "Oatcake", "Morwen", "Larkspur", "1988-03-07",
)  # fmt: skip

FREE = f"{NOTE} {SPOUSE} card {NOTED_CARD}"  # what a collector writes
_ROWS = (
    {
        "account": "M-1", "name": NAME, "id number": IDENTITY, "card number": CARD, "phone": PHONE,
        "email": EMAIL, "address": ADDRESS, "employer": EMPLOYER, "DOB": "1988-03-07", "balance": "5000.00",
        "principal": "4000.00", "interest": "1000.00", "due date": "2026-10-01", "city": "Hefei",
        "remarks": f"no calls Tue, {REMARK}, spouse {SPOUSE}", "contact 1 name": CONTACT,
        "contact 1 phone": CONTACT_PHONE, "contact 1 relation": "aunt", "guarantor id": GUARANTOR,
        "second card": SECOND_CARD, "pays into": ACCOUNT_OF_BANK, "co-borrower SSN": SOCIAL,
        "client flags": f"complaint about {SPOUSE}", "placement end": "2026-12-31",
    },
    {"account": "M-2", "name": OTHER_NAME, "id number": SOCIAL, "phone": OTHER_PHONE, "balance": "800.00",
     "due date": "2026-09-01", "placement end": "2026-12-31"},
    {"account": "M-3", "name": NAME, "id number": IDENTITY, "phone": PHONE, "balance": "60.50",
     "due date": "2026-11-01", "placement end": "2026-12-31"},
    {"account": "M-4", "name": OTHER_NAME, "phone": OTHER_PHONE, "balance": "10.00"},
)  # fmt: skip


def accounts(*, bad: bool = False) -> str:
    """The file; `bad`: with rows in which cells that tell who somebody is stand under a wrong column."""
    columns = list(_ROWS[0])
    lines = [[row.get(column, "") for column in columns] for row in _ROWS]
    wrong = ("balance", "due date", "principal", "DOB", "phone")
    for at, cell in enumerate(
        (IDENTITY, NAME, PHONE, ADDRESS, EMAIL, SECOND_CARD, f"{NAME} {PHONE}", SOCIAL)
    ):
        for column in wrong if bad else ():
            row = {**_ROWS[1], "account": f"W-{at}-{column}", column: cell}
            lines.append([row.get(column, "") for column in columns])
    return "".join(",".join(f'"{cell}"' for cell in line) + "\n" for line in [columns, *lines])


def found(text: str, markers: tuple[str, ...]) -> list[str]:
    """Those of `markers` that stand whole in `text`, however they are grouped."""
    joined = re.sub(r"[\s-]", "", text)
    return [marker for marker in markers if re.sub(r"[\s-]", "", marker) in joined]


_PHONES, _PAID = "id number,name,phone,notes", "account,paid on,paid amount,payer,memo"
_CALLS = "account,call date,outcome,number,contact person,notes"
# what a client sends, by file name
FILES = {
    "a.csv": accounts(),
    "b.csv": accounts(bad=True),
    "phones.csv": f"{_PHONES}\n{IDENTITY},{NAME},{NEW_PHONE},{FREE}\n{GUARANTOR},,{NEW_PHONE},\n",
    "paid.csv": f"{_PAID}\nM-1,2026-11-20,10,{PARTY},{FREE}\nX-9,2026-11-20,1,,\n",
    "calls.csv": f"{_CALLS}\nM-1,2026-11-20 10:00,na,{PHONE},{NAME},{FREE}\nX-9,2026-11-20 10:00,na,,,\n",
    "extended.csv": f"account,name,extended until\nM-1,{NAME},2027-02-01\nX-9,,2027-02-01\n",
    "recalls.csv": f"account,name,recall date\nM-2,{OTHER_NAME},2026-11-22\n",
    "promised.csv": f"account,promised on,promised amount,payer,remarks\nM-1,2026-12-05,70,{PARTY},{FREE}\n",
}
