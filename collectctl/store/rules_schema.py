"""What the second schema adds: limits, consents, places and breaches, and a worklist that knows hours."""

from collectctl.store.facts import FACT

# what the contact rules ask for; `consent` and `inconvenient` had no rows before
RULES = f"""
drop table consent;
drop table inconvenient;
create table consent ({FACT},
    account integer not null references account(id),
    activity integer references activity(id),
    channel text not null,
    received text not null,
    on_day text,
    until text,
    opens text not null,
    closes text not null,
    given_to text not null check (given_to in ('us', 'client')),
    withdraws integer not null check (withdraws in (0, 1)),
    text text not null
) strict;
create index consent_account on consent(account);
create table inconvenient ({FACT},
    person integer not null references person(id),
    activity integer references activity(id),
    received text not null,
    only integer not null check (only in (0, 1)),
    days text not null,
    opens text not null,
    closes text not null,
    channel text not null,
    number text not null,
    place text not null check (place in ('', 'home', 'work')),
    until text,
    written integer not null,
    lifts integer references inconvenient(id),
    text text not null
) strict;
create index inconvenient_person on inconvenient(person);
create table trait ({FACT},
    person integer not null references person(id),
    kind text not null check (kind in ('zones', 'region', 'language')),
    value text not null
) strict;
create index trait_person on trait(person);
create table breach ({FACT},
    account integer not null references account(id),
    activity integer not null references activity(id),
    rule text not null,
    effect text not null,
    text text not null,
    cite text not null,
    override text not null
) strict;
create index breach_activity on breach(activity);
create index activity_refused on activity(number) where outcome = 'third-refused';
alter table contact_point add column normal text;
alter table hold add column party text;
alter table hold add column case_number text;
alter table hold add column chapter text;
alter table hold add column received_on text;
create table opening_hours (id integer primary key, key text not null) strict;
insert into opening_hours (id, key) values (0, '');
alter table worklist add column gate text not null default '';
alter table worklist add column hours integer not null default 0;
update worklist set changes_on = '1970-01-01', lead = 0;
drop index worklist_order;
create index worklist_order on worklist(state, hours, gate, class, points desc, due_on, account);
drop table worklist_count;
create table worklist_count (
    what text not null,
    class text not null,
    day text not null,
    gate text not null,
    hours integer not null,
    n integer not null,
    primary key (what, class, day, gate, hours)
) strict, without rowid;
insert into worklist_count select 'all', '', '', '', 0, count(*) from worklist;
insert into worklist_count select 'open', '', '', '', 0, count(*) from worklist where state <> 'closed';
insert into worklist_count select 'ends', '', ends_on, '', 0, count(*) from worklist
    where state <> 'closed' and ends_on is not null group by ends_on;
delete from state where name = 'worklist_day' and not exists (select 1 from worklist);
update state set value = '1970-01-01' where name = 'worklist_day'
"""
