"""What a case knows of how it came unasked, and of an agent. Values only."""

from dataclasses import dataclass
from datetime import datetime

from domain.words.proactive import Authorised, Informant


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Whether staff brought the case before anybody asked; the informant's tier; the visit."""

    proactive: bool = False
    informant: Informant | None = None
    visit_id: str = ""


@dataclass(frozen=True, kw_only=True)
class Agency:
    """Who acts for the resident, since when and by what word of theirs."""

    post_id: str
    person_id: str
    since: datetime
    how: Authorised
    steps: int = 0
