"""Random files for the readers, outside the ordinary suite: `python -m tests.fuzz --seconds 60`.

Whatever bytes come in, a plan or one of our own errors comes out. What broke once is kept in `cases`.
"""
