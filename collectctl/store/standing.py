"""What stands, in SQL: facts of operations that were not undone, entries that were not corrected."""

STANDS = "join operation o on o.id = f.op and o.stands"
CHUNK = 400  # ids a query; SQLite takes many more, the plans stay the same
_NOT_AMENDED = (
    "not exists (select 1 from activity x join operation q on q.id = x.op and q.stands where x.amends = {id})"
)
NOT_AMENDED = _NOT_AMENDED.format(id="f.id")  # of an activity
OF_NOT_AMENDED = _NOT_AMENDED.format(id="f.activity")  # of what was written with one
