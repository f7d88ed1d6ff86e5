"""What is shown of a case that came unasked, and of the resident's agent."""

from datetime import datetime

from pydantic import BaseModel

from api import words
from api.models_named import Named
from domain.organisation import Organisation
from domain.state import Case


class OriginView(BaseModel):
    """How staff came to know of it before anybody asked."""

    informant: str | None
    visit_id: str | None


class AgencyView(BaseModel):
    """Who acts for the resident, and by what word of theirs."""

    agent: Named
    post_id: str
    since: datetime
    how: str
    steps: int


def origin_view(case: Case) -> OriginView | None:
    """None for a case that a resident brought."""
    origin = case.origin
    if not origin.proactive:
        return None
    return OriginView(informant=origin.informant, visit_id=origin.visit_id or None)


def agency_view(case: Case, organisation: Organisation) -> AgencyView | None:
    """None where nobody acts for the resident."""
    agent = case.agency
    if agent is None:
        return None
    name = words.person_name(agent.person_id, organisation)
    return AgencyView(
        agent=Named(id=agent.person_id, name=name),
        post_id=agent.post_id,
        since=agent.since,
        how=agent.how,
        steps=agent.steps,
    )
