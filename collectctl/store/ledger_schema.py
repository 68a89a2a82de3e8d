"""What the third schema adds: tables of ledger, plans, settlements and requests, and wider views."""

from collectctl.store.facts import FACT

# the ledger; `charge`, `plan`, `settlement` and `request` had no rows before
MONEY = f"""
drop view accounts;
drop view payments;
drop view promise_book;
drop table charge;
drop table plan;
drop table settlement;
drop table request;
create table charge ({FACT},
    account integer not null references account(id),
    on_day text not null,
    component text not null check (component in ('costs', 'fees', 'penalty', 'interest', 'principal')),
    amount integer not null check (amount <> 0),
    currency text not null,
    text text not null
) strict;
create index charge_account on charge(account);
create table terms ({FACT},
    account integer not null references account(id),
    from_on text not null,
    rate text not null,
    basis text not null check (basis in ('', '360', '365', 'actual')),
    last_day text not null check (last_day in ('', 'counted', 'not')),
    payment_day text not null check (payment_day in ('', 'old', 'new')),
    compound text not null check (compound in ('none', 'month')),
    penalty text not null,
    penalty_floor integer not null,
    cap text not null,
    allocation text not null,
    minimum integer,
    penalty_on text
) strict;
create index terms_account on terms(account);
create table request ({FACT},
    account integer not null references account(id),
    activity integer references activity(id),
    kind text not null,
    asked_on text not null,
    amount integer,
    currency text not null,
    until text,
    text text not null
) strict;
create index request_account on request(account);
create table request_event ({FACT},
    account integer not null references account(id),
    request integer not null references request(id),
    kind text not null check (kind in ('sent', 'yes', 'no')),
    on_day text not null,
    amount integer,
    until text,
    reference text not null,
    text text not null
) strict;
create index request_event_account on request_event(account);
create table settlement ({FACT},
    account integer not null references account(id),
    request integer references request(id),
    made_on text not null,
    amount integer not null check (amount > 0),
    currency text not null,
    until text not null,
    approval text not null,
    parts integer not null,
    accepted integer not null check (accepted in (0, 1))
) strict;
create index settlement_account on settlement(account);
create table plan ({FACT},
    account integer not null references account(id),
    settlement integer references settlement(id),
    cancels integer references plan(id),
    made_on text not null,
    every text not null,
    total integer not null,
    currency text not null
) strict;
create index plan_account on plan(account);
create table withdrawal ({FACT},
    account integer not null references account(id),
    of_promise integer not null references promise(id),
    on_day text not null
) strict;
create index withdrawal_account on withdrawal(account);
alter table payment add column allocation text;
alter table payment add column extra text;
alter table payment add column source_row integer;
alter table placement_event add column settlement integer references settlement(id);
create index payment_reverses on payment(reverses) where reverses is not null;
create index payment_confirms on payment(confirms) where confirms is not null;
create index closed_as on placement_event(on_day) where kind = 'closed';
update worklist set changes_on = '1970-01-01';
update state set value = '1970-01-01' where name = 'worklist_day';
create view accounts as
    select a.id, a.number as account, c.name as client, p.name as debtor, w.currency, w.balance,
        s.balance as client_states, w.overdue_since, w.state, w.due_on, w.last_on, w.last_outcome
    from account a join client c on c.id = a.client join worklist w on w.account = a.id
    join party p on p.id = (select max(q.id) from party q join operation o on o.id = q.op and o.stands
        where q.account = a.id and q.role = 'debtor')
    join statement s on s.id = (select max(t.id) from statement t join operation o on o.id = t.op and o.stands
        where t.account = a.id);
create view promise_book as
    select p.id, p.made_at, a.number as account, p.due_on, p.amount, p.currency, p.payer, p.plan,
        (select min(d.on_day) from withdrawal d join operation q on q.id = d.op and q.stands
            where d.account = p.account and d.of_promise = p.id) as withdrawn_on
    from promise p join operation o on o.id = p.op and o.stands join account a on a.id = p.account
    where not exists (select 1 from activity v join operation q on q.id = v.op and q.stands
        where v.amends = p.activity);
create view payments as
    select p.id, p.on_day, a.number as account, p.amount, p.currency, p.confirmed, p.payer, p.method,
        p.reference, p.confirms,
        (select min(r.on_day) from payment r join operation q on q.id = r.op and q.stands
            where r.reverses = p.id) as reversed_on
    from payment p join operation o on o.id = p.op and o.stands join account a on a.id = p.account
    where p.reverses is null and not exists (select 1 from activity v
        join operation q on q.id = v.op and q.stands where v.amends = p.activity)
"""
