"""Bodies of chapter R1: opening a case and handing it on."""

from typing import Annotated, Literal

from pydantic import Field

from api.schemas.base import (
    Body,
    CommandBody,
    ContactBody,
    Evidence,
    Id,
    PlaceBody,
    Said,
    Text,
    Title,
    Yes,
)
from domain.words import CaseType, Channel, DeclineGround, Urgency
from domain.words.proactive import Informant


class CaseBody(Body):
    """A new request or dispute."""

    case_type: CaseType = CaseType.REQUEST
    channel: Channel
    item_id: Id
    title: Title
    text: Said
    urgency: Urgency = Urgency.NORMAL
    place: PlaceBody = PlaceBody()
    reporter: ContactBody = ContactBody()
    parties: Annotated[tuple[ContactBody, ...], Field(max_length=20)] = ()
    proactive: Yes = False
    informant: Informant | None = None
    visit_id: Id | Literal[""] = ""
    residents: Annotated[int, Field(ge=1, le=100_000, strict=True)] = 1
    evidence: Evidence = ()


class HandOverBody(CommandBody):
    """Hand the case to the rung the catalogue names."""

    kind: Literal["hand_over"]
    text: Text = ""


class DeclineBody(CommandBody):
    """Decline on a listed ground; the text names the right door."""

    kind: Literal["decline"]
    ground: DeclineGround
    text: Said


class ReviewDeclineBody(CommandBody):
    """Uphold the decline, or have the officer go on."""

    kind: Literal["review_decline"]
    upheld: Yes
    text: Said


class ReplaceOfficerBody(CommandBody):
    """Replace a first-contact officer who left; without a post, by the least loaded clerk near."""

    kind: Literal["replace_officer"]
    post_id: Id | None = None
    text: Text = ""


class ReclassifyBody(CommandBody):
    """Correct the matter, the place, or both; what is left out stays."""

    kind: Literal["reclassify"]
    item_id: Id | None = None
    place: PlaceBody | None = None
    text: Said


FirstContactBody = (
    HandOverBody | DeclineBody | ReviewDeclineBody | ReplaceOfficerBody | ReclassifyBody
)
