"""The route of the audit timeline: all that a supervisor's page needs of one case, in one call."""

from dataclasses import replace

from fastapi import APIRouter, Response

from api import answers, past
from api.audit_models import CaseAudit
from api.audit_views import case_audit
from api.auth import Staff
from api.context import Here
from api.errors import Problem
from api.identity import CaseId
from api.overseeing import need_overseer
from api.past import AsOf
from api.words import Language
from store import audit
from store.database import raw

router = APIRouter(prefix="/api/v1/cases", tags=["cases"])
ENTITLED = "for auditors and supervisors over the case"


@router.get("/{case_id}/audit", response_model=CaseAudit)
async def show_audit(
    case_id: CaseId, here: Here, asking: Staff, lang: Language = "zh", as_of: AsOf = None
) -> Response:
    """What happened, who was in charge, every clock explained, what was missed, ordered, rated and
    looked at, and how each event stands in the record. For auditors and supervisors over the case.
    """
    await need_overseer(here, asking, case_id, ENTITLED)
    async with raw(here.engine) as connection:
        found = await audit.audited(connection, case_id, here.ring)
    if found is None:
        raise Problem(404, "case_not_found", "no such case, or not yours to see")
    history = found.history if as_of is None else past.cut(found.history, as_of)
    book = await answers.book_of(here, history)
    shown = replace(found, history=await answers.read_by(here, asking, history))
    return answers.shown_at(case_audit(shown, book, lang), history.at)
