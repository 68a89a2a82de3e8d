"""What a court file of one account holds, laid out once for a page, tables and JSON; pure."""
