"""A desk with a bit of everything on it, and every command that writes, each as somebody would type it."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from collectctl.store.book import opened
from collectctl.store.facts import COLUMNS
from tests.conftest import Cli
from tests.store.test_book import derived, replayed
from tests.test_money_day import ok

HEADER = (
    "account,name,id_number,phone,client,currency,balance,principal,interest,minimum due,due_date,"
    "placement end"
)
BANK = f"""{HEADER}
A1,张甲,110101199001011234,13800130001,Invented Bank,CNY,5000,4400,600,500,2026-10-01,2027-03-31
A2,张甲,110101199001011234,13800130001,Invented Cards,CNY,1200.01,,,,2026-08-01,2027-01-31
A3,李乙,,13800130003,Invented Bank,CNY,900,,,,2026-11-20,2026-11-30
A4,王丙,,13800130004,Invented Bank,CNY,700,,,,2026-10-01,
A5,赵丁,,13800130005,Invented Cards,CNY,300,,,,2026-10-01,
"""
STORE = """account,name,phone,state,client,currency,balance,due_date
U1,Ann Example,+12125550101,NY,Invented Store,USD,500,2026-10-01
"""
FILES = {
    "bank.csv": BANK,
    "store.csv": STORE,
    "stated.csv": BANK.replace(",900,", ",850,"),
    "later.csv": f"""{HEADER}
A1,张甲,110101199001011234,13800130001;13800130011,Invented Bank,CNY,4800,4400,400,500,2026-10-01,2027-06-30
A5,赵丁,,13800130005,Invented Cards,CNY,280,,,,2026-10-01,
N1,钱戊,,13800130021,Invented Bank,CNY,99,,,,2026-11-01,
""",
    "complete.csv": f"{HEADER}\n" + BANK.splitlines()[1] + "\n",
    "paid.csv": "payment_id,account,paid on,amount paid\nP1,A1,2026-11-23,70\nP2,A2,2026-11-23,1200.01\n",
    "promised.csv": "account,call date,promise date,promise amount\nA1,2026-11-20,2026-11-27,50\n",
    "numbers.csv": "account,name,relation,phone\nA1,,,13800130031\nA3,孙花,母亲,13800130032\n",
    "longer.csv": "account,extended until\nA1,2027-06-30\nA3,2027-05-31\n",
    "recalled.csv": "account,recall date\nA1,2026-11-22\nA3,2026-11-22\n",
    "calls.csv": """account,at,outcome,number,duration,promised_amount,promised_on,text
A1,2026-11-20 10:00,ptp,13800130001,60,100; 200,2026-11-21; 2026-11-30,oldcallword
A3,2026-11-19 11:00,wn,13800130003,,,,
""",
}
# what has happened before
BEFORE = [
    ("import", "bank.csv", "--policy", "cn"),
    ("import", "store.csv"),
    ("pay", "A1", "100", "--ref", "R1"),
    ("pay", "A1", "70", "--claimed", "--ref", "T1"),
    ("log", "A1", "ptp", "200@fri"),
    ("plan", "new", "A2", "--count", "2"),
    ("settle", "A3", "500", "--until", "2026-12-15"),
    ("request", "A1", "extension", "--until", "2027-02-28"),
    ("hold", "A4", "dispute"),
    ("limit", "A3", "--hours", "9-10"),
    ("consent", "U1", "--channel", "sms"),
    ("person", "add-party", "A1", "孙姨", "--role", "spouse", "--phone", "13800130041"),
    ("tag", "A1", "+vip"),
    ("config", "set", "grace", "2", "--client", "Invented Bank"),
    ("close", "A5", "--as", "recalled"),
    ("import", "stated.csv"),
    ("person", "add-party", "A3", "孙保", "--role", "guarantor"),
    ("claim", "add", "A3", "500", "--against", "孙保"),
    ("complaint", "add", "A4", "beforeword"),
    ("person", "warn", "A4", "beware"),
]


class Did(NamedTuple):
    """A command that writes: how `history` begins to tell it, what it is fed, what `find` knows by it."""

    line: tuple[str, ...]
    told: str
    fed: str = ""
    word: str = ""

    def __str__(self) -> str:
        return " ".join(self.line)


def did(line: str, told: str, fed: str = "", word: str = "") -> Did:
    return Did(tuple(word.replace("_", " ") for word in line.split()), told, fed, word)


RATE = "--rate 24%/year --basis 360 --last-day not --payment-day new"
WRITES = [
    # the day
    did("log A1 na", "log A1: no-answer"),
    did("log A1 ptp 300@+3d 500@eom payday --payer 孙姨 +hot", "log A1: promise", word="payday"),
    did("log A1 cb 20:30", "log A1: callback"),
    did("log A1 cp 40", "log A1: says-paid"),
    did("log A1 st 4000", "log A1: settlement"),
    did("log A1 dis wrongsum", "log A1: dispute", word="wrongsum"),
    did("log U1 stop", "log U1: cease"),
    did("log A1 tp --who 母亲 --new-phone 13800130051", "log A1: third-party", word="13800130051"),
    did("log A1 neg --also A2=ptp:100@fri --they-raised A3", "log A1, A2, A3: negotiating"),
    did("log - na", "log A1, A3: no-answer", "A1\nA3\n"),
    did("log A1 nh --channel visit --safety icy_steps", "log A1: nobody-home"),
    did("amend 1 na", "amend A1: no-answer"),
    did("amend 1 --account A2", "amend A2: promise"),
    did("note A1 noteword", "note A1", word="noteword"),
    did("note - groupword", "note A1, A3", "A1\nA3\n", word="groupword"),
    did("note A1 -", "note A1", "pipedword\n", word="pipedword"),
    did("tag A1 +new -vip", "tag A1: +new -vip"),
    did("tag - +new", "tag A1, A3, U1: +new", "A1\nA3\nU1\n"),
    # contact
    did("hold A1 deceased", "hold A1: deceased from Mon 2026-11-23"),
    did(
        "hold - complaint --until fri",
        "hold A1, A3: complaint from Mon 2026-11-23 until Fri 2026-11-27",
        "A1\nA3\n",
    ),
    did("release A4 dispute", "release A4: dispute"),
    did("limit A1 --only --hours 18:00-20:00", "limit A1: contacts blocked outside 18:00-20:00"),
    did("unlimit A3", "unlimit A3: contacts blocked 09:00-10:00"),
    did("consent A1 --channel call", "consent A1: call"),
    did("consent U1 --channel sms --withdraw", "consent U1: sms, withdrawn"),
    did(
        "person add-phone A1 13800130061 --kind home", "person add-phone A1: number added", word="13800130061"
    ),
    did(
        "person add-party A1 Newparty --role guarantor --phone 13800130062",
        "person add-party A1: guarantor added",
        word="Newparty",
    ),
    did("person zone A1 Asia/Urumqi", "person zone A1: zones set"),
    did("person move U1 --region US-HI", "person move U1: lives in US-HI"),
    did("person language U1 es", "person language U1: speaks es"),
    # money
    did("pay A1 300", "pay A1: paid 300.00 CNY"),
    did("pay A1 70", "pay A1: paid 70.00 CNY"),
    did("pay A2 all", "pay A2: paid 1,200.01 CNY"),
    did("pay A1 99999 --order interest --method cash", "pay A1: paid 99,999.00 CNY"),
    did("payment confirm A1", "payment confirm A1: paid 70.00 CNY"),
    did("payment reverse A1 R1", "payment reverse A1: reversed #1"),
    did("payment reverse A1 T1", "payment reverse A1: reversed #2"),
    did(
        "promise add A1 100@fri 200@eom",
        "promise add A1: promise of 100.00 Fri 2026-11-27, 200.00 Mon 2026-11-30",
    ),
    did("promise withdraw A1", "promise withdraw A1: withdrawn: 200.00 Fri 2026-11-27"),
    did("plan new A1 --count 3 --down 100", "plan new A1: plan of 4 parts, 4,900.00 CNY"),
    did("plan cancel A2", "plan cancel A2: plan cancelled"),
    did(
        "settle A1 3000 --until 2026-12-15 --parts 2",
        "settle A1: settlement of 3,000.00 CNY until Tue 2026-12-15",
    ),
    did(
        "settle A2 300 --until 2026-12-15 --approval AP2",
        "settle A2: settlement of 300.00 CNY until Tue 2026-12-15",
    ),
    did("request ask A1 documents", "request A1: request 3: documents"),
    did("request ask - documents", "request A1, A3: request 3: documents", "A1\nA3\n"),
    did("request sent 1", "request sent A3: request 1 sent: a reduction to 500.00 until 2026-12-15"),
    did(
        "request answer 1 yes --approval AP3",
        "request answer A3: request 1 granted: a reduction to 500.00 until 2026-12-15",
    ),
    did(
        "request answer 1 no", "request answer A3: request 1 refused: a reduction to 500.00 until 2026-12-15"
    ),
    did("request answer 2 yes", "request answer A1: request 2 granted: more time until 2027-02-28"),
    did(f"terms A1 {RATE} --cap 24%/year", "terms A1: terms from Mon 2026-11-23: 24%/year, year of 360 days"),
    did("charge A1 costs 50", "charge A1: costs of 50.00 CNY charged on Mon 2026-11-23"),
    did("charge A3 --as-stated", "charge A3: as the client states on 2026-11-23"),
    did("charge --as-stated --client Invented_Bank", "charge A3: as the client states on 2026-11-23"),
    # the desk
    did("complaint add A1 rude", "complaint add A1: complaint 2 registered"),
    did("complaint add A1 --kind dispute --due +9d", "complaint add A1: dispute 2 registered"),
    did("complaint answer 1 sorry", "complaint answer A4: complaint 1 answered on Mon 2026-11-23"),
    did("complaint withdraw 1", "complaint withdraw A4: complaint 1 withdrawn on Mon 2026-11-23"),
    did(
        "claim add A3 200 --against 孙保 --contract G2", "claim add A3: claim 2 on the guarantor: 200.00 CNY"
    ),
    did("person warn A1 a_dog_in_the_yard", "person warn A1: safety note"),
    did("person warn A4 --end", "person warn A4: safety notes ended"),
    did("claim settle 1 100 --ref G1", "claim settle A3: claim 1 paid"),
    did("claim settle 1 --transferred", "claim settle A3: claim 1 paid"),
    did("claim close 1 --as refused", "claim close A3: claim 1 refused on Mon 2026-11-23"),
    # placements
    did("close A1 --as paid", "close A1: closed as paid on 2026-11-23"),
    did("close - --as returned", "close A1, A3: closed as returned on 2026-11-23", "A1\nA3\n"),
    did("reopen A5", "reopen A5: opened again"),
    did("extend A1 --until 2027-12-31 --ref E1", "extend A1: placement extended to 2027-12-31"),
    did("extend - --until 2027-12-31", "extend A1, A3: placement extended to 2027-12-31", "A1\nA3\n"),
    # files
    did("import later.csv", "imported later.csv: 1 new, 1 changed, 1 reopened", word="钱戊"),
    did("import complete.csv --complete", "imported complete.csv: 0 new, 0 changed, 0 reopened, 2 returned"),
    did("import paid.csv", "imported paid.csv: 2 payments"),
    did("import promised.csv --kind promises", "imported promised.csv: 1 promises"),
    did("import numbers.csv --kind phones", "imported numbers.csv: 2 numbers", word="孙花"),
    did("import longer.csv", "imported longer.csv: 2 placements extended"),
    did("import recalled.csv --kind recalls", "recalled 2 accounts from recalled.csv"),
    did("import calls.csv --kind activities", "imported calls.csv: 2 contacts", word="oldcallword"),
    did(
        "import paid.csv longer.csv",
        "imported paid.csv: 2 payments; imported longer.csv: 2 placements extended",
    ),
    # the book
    did("policies set us-regf", "contact policy of the book: us-regf"),
    did("policies set none --client Invented_Bank", "contact policy of Invented Bank: none"),
    did("policies set none --account A1", "contact policy of A1: none"),
    did("config set collector Cy_Invented", "set collector to Cy Invented"),
    did("config set grace 0", "set grace to 0"),
    did("config set policy none --client Invented_Bank", "contact policy of Invented Bank: none"),
    did("config set order interest --client Invented_Bank", "set order (Invented Bank) to interest"),
    did(
        "export returns out.csv client:Invented_Cards --columns account,balance --force",
        "set returns (Invented Cards) to account,balance",
    ),
]


def lay(cli: Cli, home: Path) -> None:
    """Write the files and let happen what has happened before."""
    for name, text in FILES.items():
        (home / name).write_text(text, "utf-8")
    for line in BEFORE:
        ok(cli(*line))
    ok(cli("case", "build", "A1", "--out", "kept.zip"))  # no step


class Seen(NamedTuple):
    """What stands in a book: its steps, its facts, what is derived from them, and its public views."""

    facts: dict[str, list[Any]]
    derived: dict[str, list[Any]]
    views: dict[str, list[Any]]


DERIVED = ("worklist", "worklist_count where n <> 0")
VIEWS = ("accounts", "call_log", "promise_book", "payments")


def seen(path: Path) -> Seen:
    with closing(sqlite3.connect(path)) as book:

        def rows(sql: str) -> list[Any]:
            return sorted(book.execute(sql).fetchall(), key=repr)

        stands = "f join operation o on o.id = f.op and o.stands"
        return Seen(
            {table: rows(f"select f.* from {table} {stands}") for table in COLUMNS},
            {table: rows(f"select * from {table}") for table in DERIVED},
            {view: rows(f"select * from {view}") for view in VIEWS},
        )


def steps(path: Path) -> list[tuple[int, str, str]]:
    """The steps that stand: number, command, words."""
    with closing(sqlite3.connect(path)) as book:
        sql = "select id, command, text from operation where kind = 'step' and stands order by id"
        return book.execute(sql).fetchall()


def agrees(path: Path) -> bool:
    """Whether what is stored for speed is what a replay of the facts gives, as of the stored day."""
    with opened(path) as book:
        return derived(book) == replayed(book)
