"""What is typed here: lines that made the book, lines of every command, and lines that are refused.

Each stands as in a shell; `{FREE}` is the text of that name in `markers`.
"""

import shlex
from collections import defaultdict
from functools import cache

import click
import typer

from collectctl.cli.main import app
from tests.privacy import markers

GROUP = typer.main.get_command(app)
CONTEXT = click.Context(GROUP)

# what has been done to the book before
HISTORY = """
import a.csv --client Acme --currency CNY --policy cn
config set collector 'Ida Invented'
config set agency 'Fiction and Partners'
config set callback 4000000100
config set contact 4000000111 --client Acme
note M-1 '{FREE}'
log M-1 ptp 500@fri '{FREE}' --to {PHONE} --who '{NAME}' --payer '{PARTY}'
log M-2 na '{FREE}'
person add-party M-1 '{PARTY}' --role spouse --phone {NEW_PHONE}
pay M-1 100 --ref R-1 --payer '{PARTY}' --method '{FREE}'
pay M-1 20 --ref R-2 --claimed
charge M-1 costs 30 --text '{FREE}'
request ask M-1 reduction 100 '{FREE}'
request ask M-2 extension '{FREE}'
hold M-3 dispute --text '{FREE}' --party '{PARTY}' --case C-1
limit M-1 --channel sms --to {PHONE} --text '{FREE}'
consent M-2 --channel call --text '{FREE}'
plan new M-2 --count 3
close M-4 --as paid --on 2026-11-20
log M-2 nobody-home '{FREE}' --channel visit --to '{ADDRESS}'
complaint add M-3 '{FREE}'
complaint add M-3 --kind dispute '{FREE}'
claim add M-1 50 --against spouse --contract C-8 --text '{FREE}'
person warn M-1 '{FREE}'
today
case build M-1 --out case.zip
book backup spare.db
"""

# every command at least once, those that write files into `out`
COVERED = """
today --all --why
today --by-account --all
today '{NAME}'
next
log M-1 ptp 50@fri '{FREE}' --who '{PARTY}' --to {NEW_PHONE} --also M-3
log M-2 na '{FREE}' --new-phone 13500135577
log M-1 neg '{FREE}' --next fri
amend @ na '{FREE}'
amend 3 '{FREE}' --to {NEW_PHONE} --who '{PARTY}'
can M-1
can M-1 --to {PHONE} --channel sms
can M-1 --who '{PARTY}'
hold M-2 attorney --party '{PARTY}' --text '{FREE}' --case C-2
release M-3 dispute --text '{FREE}'
limit M-1 --to {PHONE} --days mon-fri --text '{FREE}'
unlimit M-1
consent M-1 --channel call --hours 21:00-22:00 --text '{FREE}'
consent M-2 --channel call --withdraw --text '{FREE}'
person add-phone M-1 13500135577
person add-party M-2 'Ode Pennywhistle' --role guarantor --phone 13500135588
person zone M-1 Asia/Urumqi
person move M-1 --region CN-65
person language M-1 es
pay M-1 55 --ref R-9 --payer '{PARTY}' --method '{FREE}'
payment list
payment list M-1
payment confirm M-1 R-2
payment reverse M-1 R-1 --text '{FREE}'
promise list
promise list --open
promise add M-2 80@fri --payer '{PARTY}'
promise withdraw M-1
plan show M-2
plan new M-1 --each 500
plan cancel M-2
settle M-1 3000 --until fri
request ask M-2 documents '{FREE}'
request list
person warn M-1 '{FREE}'
person warn M-1 --end
visits --days 0
visits --days 0 --out out/v.html
visits --days 0 --out out/v.csv
log M-2 nobody-home --channel visit --safety '{FREE}'
can M-1 --channel visit
complaint add M-1 '{FREE}' --ref R-9
complaint add M-2 --kind dispute '{FREE}'
complaint list
complaint answer 1 '{FREE}'
complaint withdraw 2 '{FREE}'
claim add M-1 10 --against spouse --contract C-9 --text '{FREE}'
message write M-1 reminder --channel email
message write M-1 reminder --channel letter --out out/letter.txt
message write M-1 reminder --lang en --channel chat --reveal
message write M-1 limited-content
message list
message names
claim list
claim settle 1 5 --ref R-8
claim close 1 --as refused --text '{FREE}'
request sent 1
request answer 1 no --text '{FREE}'
case build M-1 --out out/case.zip
case build M-1 --out out/case.zip --with-third-parties --lang en
case verify case.zip
terms M-1 --rate 12%/year --basis 365 --last-day counted --payment-day old
terms M-1
charge M-2 costs 12 --text '{FREE}'
quote M-1
calc interest --principal 9 --from 1-1 --to 9-1 --rate 4%/day --basis 360 --last-day counted --payment-day new
calc penalty --minimum 500 --paid 20 --rate 5%
calc allocate --principal 100 --interest 5 --pay 50 --order us
calc court-fee --claim 5000
calc instalments --amount 100 --count 3 --from fri
note M-2 '{FREE}'
tag M-1 +vip
show M-1
show M-1 --all
show M-2
find '{NAME}'
find {PHONE}
find walnut
find {SPOUSE}
list
list state:due --sort client
list --analysis
report
report --brief
report --gaps
report --month --html out/r.html --xlsx out/r.xlsx
import a.csv --client Acme --currency CNY
import b.csv --client Other --currency CNY --dry-run
import b.csv --client Other --currency CNY --skip-bad --rejects out/rejects.csv
import phones.csv --kind phones
import paid.csv --kind payments
import calls.csv --kind activities
import extended.csv
import recalls.csv --kind recalls
import promised.csv --kind promises
import phones.csv --kind phones --dry-run --client Other
close M-3 --as paid
reopen M-4
extend M-1 --until 2027-01-31 --ref E-1
undo
undo -n 3
redo
history
history --limit 3
outcomes
policies list
policies show cn
policies set none --account M-1
book info
book check
book check --repair
book backup out/spare.db
book restore spare.db
book purge --client Acme --before 2026-11-22 --override 'their letter' --yes
config show
config get zone
config set collector 'Ida Invented'
demo --size 3 --keep out/demo.db
handback --client Acme
handback --client Acme --out out/back --month
export calendar out/c.ics
export accounts out/anonymous.csv --anonymise
"""
KINDS = ("accounts", "activities", "payments", "promises", "requests", "returns")
FORMATS = ("csv", "xlsx", "jsonl")

# what they are refused for is in the book or in a file, not in the line
REFUSED = """
today --due-by someday
list bucket:M9
find --limit 0 x
log M-1 ptp
log M-1 ptp cure@fri
log M- na
log Zyx na
log 138001 na
log 8977 na
log M-1 na --also M-
amend 999 na
amend 1
amend 2 na --account Zyx
can Zyx
can M-1 --who stranger
show Zyx
hold M-1 odd
hold M-3 dispute --until 2020-01-01
release M-1 dispute
limit M-1 --only
unlimit M-1 99
consent M-1 --channel call --withdraw
consent M-1 --channel odd
person add-phone M-1 12
person add-party M-1 '' --role odd
person add-party M-1 Quib --role debtor
person zone M-1 Mars/Base
person language M-1 ''
pay M-1 0
pay Zyx 1
payment list Zyx
payment confirm M-1 R-9
payment confirm M-2
payment reverse M-1 R-0
promise list --open --kept
promise add M-1 5@2020-01-01
promise withdraw M-3
plan show M-3
plan new M-2 --count 0
plan cancel M-3
settle M-1 99999 --until fri
request ask M-1 odd
request sent 99
request answer 99 yes
request answer 1 perhaps
complaint add M-1 --kind odd
handback --client Nobody
complaint answer 99
complaint answer 1 --on 2020-01-01
claim add M-1 5 --against stranger
message M-1 reminder
message M-1 reminder --who '{PARTY}'
message M-1 call-back --who '{PARTY}'
message M-1 promise-confirmation --channel chat --who self --lang zh --out a.csv
message M-1 settlement --channel chat
message M-1 odd
message M-2 reminder --channel email
claim add M-1 0 --against spouse
claim settle 99
claim close 1 --as odd
case build M-1 --out a.csv
case build M-1 --out out/case --as-of 2020-01-01
case verify a.csv
terms M-1 --rate 12
charge M-1 odd 1
quote Zyx
quote M-1 --on 2020-01-01
calc penalty --minimum x --paid 1 --rate 1%
note Zyx x
note M-1 ' '
report --week --month
report --html a.csv
close M-4 --as paid
close M-1 --as odd
reopen M-1
extend M-1 --until 2020-01-01
undo 1
undo 999
policies show odd
policies set odd --account M-1
policies set cn --account Zyx
config get odd
config set zone odd
import b.csv --client Other --currency CNY
import b.csv --client Other
import a.csv --client Other --currency CNY --map name=balance
import a.csv --client Other --currency CNY --map name=due_date
import a.csv --client Other --currency CNY --map remarks=placed_on
import a.csv --client Other --currency CNY --map employer=currency
import a.csv --client Other --currency CNY --map email=account --map account=
import a.csv --kind activities --map remarks=outcome --map 'due date=at'
import a.csv --kind payments --map name=paid_amount --map DOB=paid_on
import a.csv --kind promises --map name=promised_on --map phone=promised_amount
import a.csv --kind extensions --map address=extended_until
import a.csv --kind phones --map 'contact 1 name=name' --map name=
import a.csv --kind recalls --client Unknown
import b.csv --kind phones
import headless.csv --client Other --currency CNY
import open.csv --client Other
import one.csv --client Other
export odd
export accounts a.csv
export accounts --reveal --anonymise
demo --size 0
"""


def lines(text: str) -> list[tuple[str, ...]]:
    return [tuple(shlex.split(line.format_map(vars(markers)))) for line in text.strip().splitlines()]


@cache
def commands() -> dict[str, click.Command]:
    """Every command by its name, those of groups by both words."""
    found = {}
    for name in GROUP.list_commands(CONTEXT):
        command = GROUP.get_command(CONTEXT, name)
        parts = getattr(command, "commands", {})
        found |= {f"{name} {part}": below for part, below in parts.items()} or {name: command}
    return found


@cache
def covered() -> dict[str, list[tuple[str, ...]]]:
    """The lines of each command."""
    exports = [("export", kind, f"out/x.{ending}") for kind in KINDS for ending in FORMATS]
    found = defaultdict(list)
    for line in [*lines(COVERED), *exports]:
        both = " ".join(line[:2])
        found[both if both in commands() else line[0]].append(line)
    return found
