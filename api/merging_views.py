"""What staff see of other cases on the same matter, and what a resident is shown of a lead case."""

from dataclasses import dataclass

from pydantic import BaseModel

from domain.events import Event, InformationAdded, Joined, Reminded, ResidentLeft
from domain.state import Case
from domain.values import REPORTER
from store.reading import History, Line


class MergingView(BaseModel):
    """Who else is on the matter: `lead_id` is the case this one is carried on in."""

    lead_id: str | None
    joined: list[str]
    residents: int
    mass: bool


def merging_view(case: Case) -> MergingView | None:
    """None for a case that one resident brought and no other has joined."""
    merging = case.merging
    if not (merging.lead_id or merging.joined or merging.residents > 1 or merging.mass):
        return None
    return MergingView(
        lead_id=merging.lead_id or None,
        joined=[other.case_id for other in merging.joined],
        residents=merging.residents,
        mass=merging.mass,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """A resident's own case and, once it is carried on in another, that one; `who` they are in it.

    `neighbours` are the names of the other residents on the matter, which are shown to nobody else.
    """

    mine: History
    who: str = REPORTER
    lead: History | None = None
    neighbours: frozenset[str] = frozenset()

    @property
    def there(self) -> History:
        """Where the work goes on."""
        return self.lead or self.mine

    @property
    def subject(self) -> str:
        """What the case where the work goes on knows this resident by."""
        return self.mine.case.case_id if self.lead else self.who

    @property
    def gone(self) -> bool:
        """Whether they have taken their request back, and others have not."""
        return self.who in self.mine.case.merging.gone

    def lines(self) -> list[Line]:
        """What happened for this resident: their own case, then the lead since they joined it.

        What they said there themselves is theirs, also while the lead had not yet heard of them.
        """
        mine = [line for line in self.mine.lines if _concerns(line.event, self.who)]
        if self.lead is None:
            return mine
        case_id, lines = self.mine.case.case_id, self.lead.lines
        since = next((n for n, line in enumerate(lines) if _joins(line.event, case_id)), len(lines))
        said = (Reminded, InformationAdded, ResidentLeft)  # in their own case already
        own = (line for line in lines[:since] if getattr(line.event, "subject", "") == case_id)
        theirs = [line for line in (*own, *lines[since:]) if not isinstance(line.event, said)]
        return mine + [line for line in theirs if _concerns(line.event, case_id)]


def _concerns(event: Event, subject: str) -> bool:
    """Whether it is about the whole matter, or about this resident alone."""
    about: str = getattr(event, "subject", subject)
    those: tuple[str, ...] = getattr(event, "subjects", (subject,))
    return about == subject and subject in those


def _joins(event: Event, case_id: str) -> bool:
    return isinstance(event, Joined) and event.case_id == case_id
