"""The ledger of scores (R12): what each event posts, kept in step with the journal, and read."""
