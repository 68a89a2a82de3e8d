"""The tables of the book, as migrations: appended, never edited.

Identity rows (client, person, account) are keys; everything that can differ from file to file is a fact.
A fact names the operation that wrote it and carries a salted hash of its content; it stands while its
operation stands. `worklist`, `worklist_count` and `state` are derived and can be rebuilt at any time.
Instants are UTC text, days ISO text, money integer minor units.
"""

from sqlite_utils import Database, Migrations

from collectctl.store.desk_schema import DESK, DESK_TABLES
from collectctl.store.evidence_schema import EVIDENCE, first_guards, guards, seal_identities
from collectctl.store.facts import FACT
from collectctl.store.ledger_schema import MONEY
from collectctl.store.rules_schema import RULES

migrations = Migrations("collectctl")


def _run(db: Database, statements: str) -> None:
    for sql in statements.split(";\n"):
        if sql.strip():
            db.execute(sql)


_FIRST = f"""
create table operation (
    id integer primary key,
    at text not null,
    kind text not null check (kind in ('step', 'entry', 'undo', 'redo')),
    command text not null,
    text text not null,
    target integer references operation(id),
    stands integer not null default 1 check (stands in (0, 1)),
    facts integer not null,
    spans text not null,
    chain blob not null
) strict;
create table client (
    id integer primary key,
    op integer not null references operation(id),
    name text not null unique
) strict;
create table person (
    id integer primary key,
    op integer not null references operation(id),
    id_number text unique,
    client integer references client(id),
    customer text,
    unique (client, customer)
) strict;
create table account (
    id integer primary key,
    op integer not null references operation(id),
    client integer not null references client(id),
    number text not null,
    unique (number, client)
) strict;
create table import_batch ({FACT},
    client integer not null references client(id),
    file text not null,
    kind text not null,
    currency text,
    policy text not null,
    header text not null,
    mapping text not null
) strict;
create index import_batch_client on import_batch(client);
create table placement ({FACT},
    account integer not null references account(id),
    person integer not null references person(id),
    import_batch integer references import_batch(id),
    batch text not null,
    placed_on text not null,
    ends_on text,
    policy text not null
) strict;
create index placement_account on placement(account);
create index placement_person on placement(person);
create table placement_event ({FACT},
    account integer not null references account(id),
    placement integer not null references placement(id),
    kind text not null check (kind in ('extended', 'closed', 'reopened')),
    on_day text not null,
    reason text not null,
    reference text not null
) strict;
create index placement_event_account on placement_event(account);
create table statement ({FACT},
    account integer not null references account(id),
    import_batch integer references import_batch(id),
    source_row integer,
    stated_on text not null,
    currency text not null,
    balance integer not null,
    overdue_since text,
    "values" text not null,
    extra text not null
) strict;
create index statement_account on statement(account);
create table party ({FACT},
    account integer not null references account(id),
    person integer not null references person(id),
    role text not null,
    name text not null,
    relation text not null
) strict;
create index party_account on party(account);
create index party_person on party(person);
create table contact_point ({FACT},
    person integer not null references person(id),
    kind text not null check (kind in ('phone', 'email', 'address')),
    value text not null,
    digits text not null,
    tail text not null,
    label text not null,
    source text not null,
    zones text
) strict;
create index contact_point_person on contact_point(person);
create index contact_point_tail on contact_point(tail) where tail <> '';
create table activity ({FACT},
    account integer not null references account(id),
    contact integer not null,
    at text not null,
    channel text not null,
    inbound integer not null,
    outcome text not null,
    who text not null,
    number text not null,
    party text not null,
    text text not null,
    next_at text,
    next_on text,
    talk_seconds integer,
    recording text,
    reason text not null,
    purpose text not null,
    written integer not null,
    collectors text not null,
    override text not null,
    raised_by text not null check (raised_by in ('us', 'them')),
    doubts text not null,
    amends integer references activity(id)
) strict;
create index activity_account on activity(account);
create index activity_at on activity(at);
create index activity_amends on activity(amends) where amends is not null;
create table plan ({FACT},
    account integer not null references account(id),
    text text not null
) strict;
create index plan_account on plan(account);
create table promise ({FACT},
    account integer not null references account(id),
    activity integer references activity(id),
    plan integer references plan(id),
    made_at text not null,
    made_on text not null,
    due_on text not null,
    due_at text,
    amount integer not null check (amount > 0),
    currency text not null,
    payer text not null
) strict;
create index promise_account on promise(account);
create index promise_due on promise(due_on);
create table payment ({FACT},
    account integer not null references account(id),
    activity integer references activity(id),
    on_day text not null,
    amount integer not null check (amount > 0),
    currency text not null,
    confirmed integer not null check (confirmed in (0, 1)),
    confirms integer references payment(id),
    reverses integer references payment(id),
    payer text not null,
    method text not null,
    reference text not null
) strict;
create index payment_account on payment(account);
create index payment_on on payment(on_day);
create table charge ({FACT},
    account integer not null references account(id),
    on_day text not null,
    kind text not null,
    amount integer not null,
    currency text not null,
    text text not null
) strict;
create index charge_account on charge(account);
create table settlement ({FACT},
    account integer not null references account(id),
    amount integer not null check (amount > 0),
    currency text not null,
    until text not null,
    approval text not null
) strict;
create index settlement_account on settlement(account);
create table request ({FACT},
    account integer not null references account(id),
    activity integer references activity(id),
    kind text not null,
    amount integer,
    until text,
    text text not null
) strict;
create index request_account on request(account);
create table hold ({FACT},
    account integer not null references account(id),
    activity integer references activity(id),
    kind text not null,
    from_on text not null,
    until text,
    releases integer references hold(id),
    text text not null
) strict;
create index hold_account on hold(account);
create table consent ({FACT},
    account integer not null references account(id),
    activity integer references activity(id),
    channel text not null,
    received text not null,
    until text,
    text text not null
) strict;
create index consent_account on consent(account);
create table inconvenient ({FACT},
    person integer not null references person(id),
    rule text not null,
    until text,
    text text not null
) strict;
create index inconvenient_person on inconvenient(person);
create table tag ({FACT},
    account integer not null references account(id),
    activity integer references activity(id),
    tag text not null,
    present integer not null check (present in (0, 1))
) strict;
create index tag_account on tag(account);
create index tag_name on tag(tag);
create table setting ({FACT},
    name text not null,
    value text
) strict;
create index setting_name on setting(name);
create table state (name text primary key, value text not null) strict, without rowid;
create table worklist (
    account integer primary key references account(id),
    person integer not null,
    lead integer not null,
    state text not null,
    class integer not null,
    points integer not null,
    due_on text,
    due_at text,
    changes_on text,
    client text not null,
    batch text not null,
    currency text not null,
    balance integer not null,
    overdue_since text,
    ends_on text,
    last_on text,
    last_outcome text not null,
    reached integer not null,
    city text not null
) strict;
create index worklist_order on worklist(state, class, points desc, due_on, account);
create index worklist_person on worklist(person);
create index worklist_changes on worklist(changes_on) where changes_on is not null;
create index worklist_hour on worklist(due_at) where due_at is not null;
create table worklist_count (
    what text not null,
    class text not null,
    day text not null,
    n integer not null,
    primary key (what, class, day)
) strict, without rowid;
create virtual table search using fts5(
    words, op unindexed, account unindexed, kind unindexed, tokenize = 'unicode61'
);

-- The public reading surface: standing rows under plain names.
create view accounts as
    select a.id, a.number as account, c.name as client, p.name as debtor, s.currency, s.balance,
        s.overdue_since, w.state, w.due_on, w.last_on, w.last_outcome
    from account a join client c on c.id = a.client join worklist w on w.account = a.id
    join party p on p.id = (select max(q.id) from party q join operation o on o.id = q.op and o.stands
        where q.account = a.id and q.role = 'debtor')
    join statement s on s.id = (select max(t.id) from statement t join operation o on o.id = t.op and o.stands
        where t.account = a.id);
create view call_log as
    select v.id, v.at, a.number as account, v.channel, v.outcome, v.who, v.number, v.party, v.text, v.amends
    from activity v join operation o on o.id = v.op and o.stands join account a on a.id = v.account;
create view promise_book as
    select p.id, p.made_at, a.number as account, p.due_on, p.amount, p.currency, p.payer
    from promise p join operation o on o.id = p.op and o.stands join account a on a.id = p.account
    where not exists (select 1 from activity v join operation q on q.id = v.op and q.stands
        where v.amends = p.activity);
create view payments as
    select p.id, p.on_day, a.number as account, p.amount, p.currency, p.confirmed, p.payer, p.reference
    from payment p join operation o on o.id = p.op and o.stands join account a on a.id = p.account
    where not exists (select 1 from activity v join operation q on q.id = v.op and q.stands
        where v.amends = p.activity);
"""


@migrations()
def m001_first_book(db: Database) -> None:
    """Everything that the first release knows of."""
    _run(db, _FIRST)


@migrations()
def m002_contact_rules(db: Database) -> None:
    """Limits, consents, places and breaches; the worklist knows hours, counts and quiet periods."""
    _run(db, RULES)


@migrations()
def m003_money(db: Database) -> None:
    """Ledger, terms, plans, settlements, requests; a payment says in which order it serves."""
    _run(db, MONEY)


@migrations()
def m004_evidence(db: Database) -> None:
    """Facts can't be changed by any program; a purge leaves hashes and a tombstone."""
    _run(db, EVIDENCE)
    seal_identities(db.conn)
    _run(db, ";\n".join(first_guards()))


@migrations()
def m005_desk(db: Database) -> None:
    """Complaints and disputes, claims on guarantors and insurers, notes for the next visit."""
    _run(db, DESK)
    _run(db, ";\n".join(guards(DESK_TABLES)))
