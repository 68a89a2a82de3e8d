"""Files in: bytes, text rows, recognised columns, typed rows."""
