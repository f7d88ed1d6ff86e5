"""The columns of the scores' ledger, and of the events it is made of. Names only."""

EVENT = (*("case_id", "version", "kind", "said", "actor", "post", "occurred_at", "recorded_at"),)
"""The columns of an event that are read; `said` is what kinds.py takes out of its data."""
POSTING = (
    *("case_id", "version", "part", "measure", "carrier", "unit_id", "stage", "person_id"),
    *("role", "helpers", "counted_at", "known_at", "numerator", "denominator", "unanswered"),
    *("excluded", "corrects", "because", "round", "subject", "about", "charge", "item_id"),
    *("class_id", "proactive", "imported"),
)
"""The columns of a posting, as in `score_postings`."""
