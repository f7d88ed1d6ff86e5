"""The route of what a meeting would come to: asked while its votes are typed in, and nothing of it
is kept. The rule is the one the meeting itself is measured by (R8).
"""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from api import answers
from api.auth import Staff, check_case
from api.context import Here
from api.identity import CaseId
from api.words import Language, say
from api.words.deliberation import REASONS
from domain import meetings
from domain.words.deliberation import MeetingOutcome

router = APIRouter(prefix="/api/v1/cases", tags=["deliberations"])
Count = Annotated[int, Query(ge=0, le=10_000_000)]


class MeetingForeseen(BaseModel):
    """How many must be there and how many of those present in favour; what it would come to, None
    where the votes do not add up to those present.
    """

    present_needed: int
    in_favour_needed: int
    outcome: MeetingOutcome | None
    words: str


@router.get("/{case_id}/meeting", response_model=MeetingForeseen)
async def foresee_meeting(  # noqa: PLR0913, PLR0917 - each count is a parameter
    case_id: CaseId,
    here: Here,
    person: Staff,
    eligible: Annotated[int, Query(ge=1, le=10_000_000)],
    present: Count = 0,
    in_favour: Count = 0,
    against: Count = 0,
    abstained: Count = 0,
    lang: Language = "zh",
) -> Response:
    """Quorum and majority by the policy of the case, before the meeting is recorded."""
    await check_case(here, person, case_id)
    found = await answers.history(here, case_id)
    rule = (await answers.book_of(here, found)).policies[found.case.policy].deliberation
    present_needed, in_favour_needed = meetings.needed(eligible, present, rule)
    adds_up = in_favour + against + abstained == present <= eligible
    outcome = meetings.outcome(eligible, present, in_favour, rule) if adds_up else None
    told = MeetingForeseen(
        present_needed=present_needed,
        in_favour_needed=in_favour_needed,
        outcome=outcome,
        words=say(REASONS, outcome, lang) if outcome else "",
    )
    return answers.shown(told)
