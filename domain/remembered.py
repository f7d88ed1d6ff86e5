"""What an erasure knows of a case before it asks it to forget somebody (R14.4). Values only."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """A case whose people are to be forgotten.

    `over` as for its workflow: closed, and nothing is owed any more; `rights_until` as far as
    nobody may contest anything of it either. `people` are its subjects
    with those already `erased`; `hands` the people of the office who had it in hand; `leads` the
    cases it was ever carried on in; `referred_at` when it ended with a court or the like.
    """

    case_id: str
    unit_id: str
    over: bool
    rights_until: datetime | None
    people: tuple[str, ...]
    erased: tuple[str, ...]
    hands: frozenset[str]
    leads: tuple[str, ...] = ()
    visit_id: str = ""
    referred_at: datetime | None = None
