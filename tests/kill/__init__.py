"""Commands killed with SIGKILL, and many at once: `python -m tests.kill`, `python -m tests.kill --together`.

victims    a command in a process of its own, and the blow that ends it
state      what a book holds, read from a copy of the files that the dead process left
effects    whether the effect of a command is there, is not there, or is there by half
rooms      a folder with a book, and what is asked of it after each blow
scenes     the commands that are killed, and what each is to leave behind
together   several processes that write to one book at once
"""
