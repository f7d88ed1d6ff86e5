"""Charts and maps as SVG: drawn from the JSON API's answers, readable in black and white, with a
table of all their numbers. They hold no script, no style and nothing from outside.

A chart is a `figure.Figure`; `figures` makes them of the API's answers, `press` draws them in a
process of its own, for the library holds the interpreter while it draws. Maps are drawn by `maps`.
"""
