"""What the fifth schema adds: complaints and disputes, claims on others, notes for visits, parts of names."""

from collectctl.store.facts import FACT

# guarded like every other fact
DESK_TABLES = ("complaint", "complaint_event", "claim", "claim_event", "safety_note")

DESK = f"""
create table complaint ({FACT},
    account integer not null references account(id),
    activity integer references activity(id),
    kind text not null check (kind in ('complaint', 'dispute')),
    received_on text not null,
    due_on text not null,
    channel text not null,
    reference text not null,
    text text not null
) strict;
create index complaint_account on complaint(account);
create table complaint_event ({FACT},
    account integer not null references account(id),
    complaint integer not null references complaint(id),
    kind text not null check (kind in ('answered', 'withdrawn')),
    on_day text not null,
    reference text not null,
    text text not null
) strict;
create index complaint_event_account on complaint_event(account);
create table claim ({FACT},
    account integer not null references account(id),
    against integer not null references party(id),
    amount integer not null check (amount > 0),
    currency text not null,
    made_on text not null,
    due_on text not null,
    contract text not null,
    text text not null
) strict;
create index claim_account on claim(account);
create table claim_event ({FACT},
    account integer not null references account(id),
    claim integer not null references claim(id),
    payment integer references payment(id),
    kind text not null check (kind in ('paid', 'refused', 'withdrawn')),
    on_day text not null,
    transferred integer not null check (transferred in (0, 1)),
    reference text not null,
    text text not null
) strict;
create index claim_event_account on claim_event(account);
create table safety_note ({FACT},
    person integer not null references person(id),
    activity integer references activity(id),
    ends integer references safety_note(id),
    on_day text not null,
    text text not null
) strict;
create index safety_note_person on safety_note(person);
create virtual table fragment using fts5(words, account unindexed, tokenize = 'trigram');
insert into fragment (words, account) select number, id from account;
insert into fragment (words, account) select name, account from party where role = 'debtor'"""
