"""One module for each thing that a collector does: load, decide, save, return a frozen result."""
