"""How a resident's case stands, in codes: what a page needs to know besides the words. No words."""

from datetime import datetime

from pydantic import BaseModel

from api.merging_views import Own
from domain import clocks, questions
from domain.book import Book
from domain.state import Case
from domain.words import ClockKind, Phase, QuestionKind, Urgency


class Standing(BaseModel):
    """Where it is. `version` is of the case where the work goes on; `carried_on` says that this is
    another one, `residents` how many are on the matter. `remind_again_at` is when a reminder is
    taken again, None for now; `withdrawal_asked` that staff recorded one which the resident may
    deny; `left` that they took their request back while others did not. `to_rate` says that their
    rating is waited for, until `rate_until`, and `rated` that they have given it in this round.
    """

    version: int
    stage: str
    phase: str
    closing: str | None
    urgent: bool
    round: int
    carried_on: bool
    left: bool
    residents: int
    mass: bool
    erased: bool
    withdrawal_asked: bool
    remind_again_at: datetime | None
    to_rate: bool
    rate_until: datetime | None
    rated: bool


def standing(own: Own, book: Book) -> Standing:
    """The codes for one resident or party."""
    mine, there = own.mine.case, own.there.case
    asked = questions.find(mine, QuestionKind.WITHDRAWAL)
    rating = there.running(ClockKind.RATING)
    to_rate = rating is not None and own.subject in there.unrated
    return Standing(
        version=there.version,
        stage=there.stage,
        phase=Phase.CLOSED if own.gone else there.phase,
        closing="withdrawn" if own.gone else there.closing,
        urgent=there.urgency is Urgency.EMERGENCY,
        round=there.round,
        carried_on=own.lead is not None,
        left=own.gone,
        residents=there.merging.residents,
        mass=there.merging.mass,
        erased=own.who in mine.erased,
        withdrawal_asked=asked is not None,
        remind_again_at=_again(mine, book),
        to_rate=to_rate,
        rate_until=rating.clock.due_at if rating is not None and to_rate else None,
        rated=(there.round, own.subject) in there.ratings,
    )


def _again(case: Case, book: Book) -> datetime | None:
    """The end of the interval after the last reminder (R4.6)."""
    if case.reminded_at is None:
        return None
    span = book.policies[case.policy].remind_interval
    return clocks.end_of(span, case.reminded_at, case.stint.unit_id, book)
