"""What goes out in files: for each kind its columns, and pure functions from the facts to rows."""
