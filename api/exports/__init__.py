"""Exports: what leaves of the journal for others' tools, masked as on every page, in which form."""
