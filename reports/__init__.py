"""Reports as files: figures in, bytes out (R12.6). Imports the domain only; the same figures give
the same bytes, on any machine and at any time. What is counted, kept or sent is known elsewhere.
"""
