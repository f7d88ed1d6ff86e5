"""Bodies of chapters R10 and R11: bad ratings, recurrences, appeals of staff."""

from typing import Annotated, Literal

from pydantic import Field

from api.schemas.base import CaseNumber, CommandBody, Said, Text, Yes
from domain.words.redress import ChargeKind, Finding, RectifyAt

About = Annotated[str, Field(pattern=r"^[A-Za-z0-9_./-]{1,120}$")]


class ReviewRatingBody(CommandBody):
    """Say what the bad ratings are; what is justified is rectified where `rectify_at` says."""

    kind: Literal["review_rating"]
    finding: Finding
    rectify_at: RectifyAt = RectifyAt.RESOLVER
    text: Said


class AskReconsiderationBody(CommandBody):
    """Ask the next level, once, to look again at the exclusion of your rating."""

    kind: Literal["ask_reconsideration"]
    text: Said


class ReconsiderBody(CommandBody):
    """Uphold the exclusion of a rating (`about`, such as 1/reporter), or lift it."""

    kind: Literal["reconsider"]
    about: About
    upheld: Yes
    rectify_at: RectifyAt = RectifyAt.RESOLVER
    text: Said


class MarkRecurrenceBody(CommandBody):
    """Say that the matter was resolved before, as a case that you must be allowed to see."""

    kind: Literal["mark_recurrence"]
    earlier: CaseNumber
    text: Text = ""

    def others(self) -> tuple[str, ...]:
        """The earlier case."""
        return (self.earlier,)


class AppealBody(CommandBody):
    """Contest what is held against you or your unit: `about` as the case's charges name it."""

    kind: Literal["appeal"]
    against: ChargeKind
    about: About
    text: Said


class DecideAppealBody(CommandBody):
    """Uphold an appeal or refuse it."""

    kind: Literal["decide_appeal"]
    against: ChargeKind
    about: About
    upheld: Yes
    text: Said


RedressBody = (
    ReviewRatingBody
    | AskReconsiderationBody
    | ReconsiderBody
    | MarkRecurrenceBody
    | AppealBody
    | DecideAppealBody
)
