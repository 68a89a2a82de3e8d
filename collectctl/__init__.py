"""collectctl: a debt collector's day at the terminal, in one local file."""

__version__ = "0.1.0"
