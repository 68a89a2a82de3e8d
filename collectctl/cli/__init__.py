"""The command line: parse arguments, call one use case, hand its result to one renderer."""

import gc

# loading a command makes tens of thousands of objects that all stay: to look for garbage takes 4 of 60 ms
gc.set_threshold(100_000)
