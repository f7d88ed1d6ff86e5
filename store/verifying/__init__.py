"""The journal walked through and held against itself: what is false, where, and what was checked.

Only reads. Every part takes a piece of the journal, so that memory is bounded and processes share.
"""
