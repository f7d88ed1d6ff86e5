"""Plain words of the shelf (R4.7)."""

from api.words.table import Language, Table, say
from domain.events import ShelfReviewed
from store.codec import AnyEvent

EVENTS: Table = {
    "shelving.requested": ("申请挂账", "Asked to shelve it"),
    "case.shelved": ("已挂账，定期复查", "Shelved; looked at again regularly"),
    "shelving.refused": ("不同意挂账，继续办理", "Not shelved; work goes on"),
    "shelf.reviewed": ("挂账复查：{reason}", "Shelf reviewed: {reason}"),
}

REASONS: Table = {
    "shelf_stays": ("继续挂账", "it stays shelved"),
    "shelf_left": ("恢复办理", "work goes on"),
}

CLOCKS: Table = {
    "shelve_review": ("挂账复查", "Shelf review"),
}

HIDDEN_FROM_RESIDENTS = frozenset({"shelving.requested", "shelving.refused"})


def reason(event: AnyEvent, language: Language) -> str:
    """Why it happened, or what was found; empty where nothing is to be said."""
    match event:
        case ShelfReviewed():
            return say(REASONS, "shelf_stays" if event.stays else "shelf_left", language)
        case _:
            return ""
