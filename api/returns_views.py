"""What staff see of returns, disputed units and transfers; None where there never were any."""

from datetime import datetime

from pydantic import BaseModel

from api import words
from api.models_named import Named
from domain import questions, transfers
from domain.book import Book
from domain.organisation import Organisation
from domain.state import Case
from domain.state.returns import NEVER
from domain.words import ClockKind, QuestionKind


class ReturnsView(BaseModel):
    """`contested_with` while a superior decides; `bound` are units that return it no more."""

    returned: int
    allowed: int
    contested_with: Named | None
    bound: list[Named]
    offered_to: Named | None
    offer_due_at: datetime | None


def returns_view(case: Case, book: Book) -> ReturnsView | None:
    """What became of the case between units."""
    if case.returns == NEVER:
        return None
    returns, organisation = case.returns, book.organisation
    other = returns.other if questions.find(case, QuestionKind.ADJUDICATION) else None
    offer, clock = transfers.open_offer(case), case.running(ClockKind.TRANSFER)
    return ReturnsView(
        returned=returns.count,
        allowed=book.policies[case.policy].returns.allowed,
        contested_with=_named(other.unit_id, organisation) if other else None,
        bound=[_named(seat.unit_id, organisation) for seat in returns.bound],
        offered_to=_named(offer.unit_id, organisation) if offer else None,
        offer_due_at=clock.clock.due_at if clock else None,
    )


def _named(unit_id: str, organisation: Organisation) -> Named:
    return Named(id=unit_id, name=words.unit_name(unit_id, organisation))
