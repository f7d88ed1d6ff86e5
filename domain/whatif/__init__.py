"""What if: past cases replayed under other deadlines, another ladder or other staff (R12). Pure.

Nothing here decides anything about a case; what is assumed is said in docs/decisions/0028.
"""
