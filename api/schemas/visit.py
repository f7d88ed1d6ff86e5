"""Bodies of visits (R13)."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, Field

from api.schemas.base import Body, CommandBody, Id, PlaceBody, Said, Text, Title
from domain.words import Urgency
from domain.words.visit import Occasion


def _utc(at: datetime) -> datetime:
    try:
        return at.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("is no moment of the calendar") from error


Moment = Annotated[AwareDatetime, AfterValidator(_utc)]
Met = Annotated[int, Field(ge=0, le=1000, strict=True, description="How many people, not who.")]


class FindingBody(Body):
    """Something found that becomes a case of its own, where the visit was if not said otherwise."""

    item_id: Id
    title: Title
    text: Said
    urgency: Urgency = Urgency.NORMAL
    place: PlaceBody | None = None


class VisitBody(Body):
    """A visit of one's own: why, when, where, how many were met, what was asked and found."""

    occasion: Occasion
    visited_at: Moment
    place: PlaceBody
    met: Met
    asked: Text = ""
    found: Text = ""
    cases: Annotated[tuple[FindingBody, ...], Field(max_length=20)] = ()


class AmendVisitBody(CommandBody):
    """What was wrong, and why; what is not given stays as it is."""

    kind: Literal["amend_visit"]
    text: Said
    occasion: Occasion | None = None
    visited_at: Moment | None = None
    place: PlaceBody | None = None
    met: Met | None = None
    asked: Text | None = None
    found: Text | None = None
