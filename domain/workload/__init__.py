"""Workload: open cases against staff and households, and where people are missing. Pure functions.

Figures of what was done are the scores'; here is only who is there for what waits.
"""
