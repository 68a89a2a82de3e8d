"""The command line: parse arguments, call one use case, hand its result to one renderer."""
