"""Commands that show whether the record is what it was: the journal, and files made of it."""
