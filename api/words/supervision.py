"""Plain words of supervision orders (R4.6)."""

from api.words.table import Table

EVENTS: Table = {
    "supervision.ordered": ("上级督办", "Supervision order"),
    "supervision.answered": ("督办已答复", "Supervision order answered"),
}

CLOCKS: Table = {
    "supervision": ("督办答复", "Supervision"),
}
