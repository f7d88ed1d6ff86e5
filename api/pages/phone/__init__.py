"""Pages of staff with somebody on the phone or before them, and of ways that have steps: opening a
case, many at once, helpers, mediation, deliberation, papers to print.
"""
