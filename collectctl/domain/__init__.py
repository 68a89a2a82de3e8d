"""The collector's rules, pure: values in, decisions out. No I/O, no clock, no output."""
