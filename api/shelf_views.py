"""What staff see of a shelved case; None where it is not on the shelf."""

from datetime import datetime

from pydantic import BaseModel

from domain import masking
from domain.events import ShelfReviewed, Shelved, ShelvingRequested
from domain.words import ClockKind, Phase
from store.reading import History


class ShelfView(BaseModel):
    """`reason` is what the resident reads; `reviews` counts those that left the case there."""

    since: datetime
    reason: str
    reviews: int
    review_due_at: datetime


def shelf_reason(history: History) -> str:
    """Why a case is on the shelf, as the department or the last review put it."""
    events = [line.event for line in history.lines]
    return [e.text for e in events if isinstance(e, ShelvingRequested | ShelfReviewed)][-1]


def shelf_view(history: History) -> ShelfView | None:
    """Since when, why, and when it is looked at again."""
    review = history.case.running(ClockKind.SHELVE_REVIEW)
    if history.case.phase is not Phase.SHELVED or review is None:
        return None
    events = [line.event for line in history.lines]
    since = max(event.at for event in events if isinstance(event, Shelved))
    reviews = [e for e in events if isinstance(e, ShelfReviewed) and e.at >= since]
    return ShelfView(
        since=since,
        reason=masking.text(shelf_reason(history)),
        reviews=len(reviews),
        review_due_at=review.clock.due_at,
    )
