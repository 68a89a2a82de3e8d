"""The book: one SQLite file; opening, migrations, facts, the worklist index and the journal."""
