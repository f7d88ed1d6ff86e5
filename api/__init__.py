"""HTTP: a client of the workflows and a reader of the store. No rule is decided here."""
