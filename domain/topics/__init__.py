"""Topics (每月一题): what is reported again and again, and who could settle it. Pure functions.

A topic is one item of the catalogue in one place; which cases those are is store/topics.py's.
"""
