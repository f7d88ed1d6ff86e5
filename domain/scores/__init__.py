"""Chapter R12: scores. What is counted, over which time, and what it is worth. Pure functions.

What each event adds to which figure is store/scores/ (postings); nothing here reads events.
"""
