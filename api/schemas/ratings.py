"""Bodies of chapter R9: resolution, follow-up, rating, withdrawal."""

from typing import Literal

from api.schemas.base import Body, CommandBody, Evidence, Grade, Said, Tags, Text, Yes


class ResolveBody(CommandBody):
    """State what was done; evidence where the catalogue asks for it."""

    kind: Literal["resolve"]
    text: Said
    evidence: Evidence = ()


class RecordFollowUpBody(CommandBody):
    """Record the call after resolution."""

    kind: Literal["record_follow_up"]
    contacted: Yes
    solved: Yes | None = None
    grade: Grade | None = None
    text: Text = ""


class RatingBody(Body):
    """The resident's three answers."""

    contacted: Yes
    solved: Yes
    grade: Grade
    tags: Tags = ()
    text: Text = ""
    evidence: Evidence = ()


class WithdrawBody(CommandBody):
    """Take the case back; what staff record of it is reviewed first."""

    kind: Literal["withdraw"]
    text: Text = ""


class DecideWithdrawalBody(CommandBody):
    """The resident did withdraw, or did not."""

    kind: Literal["decide_withdrawal"]
    approved: Yes
    text: Said


class KeepBody(CommandBody):
    """The resident did not withdraw: the case goes on."""

    kind: Literal["keep"]
    text: Text = ""


RatingsBody = ResolveBody | RecordFollowUpBody | WithdrawBody | DecideWithdrawalBody | KeepBody
