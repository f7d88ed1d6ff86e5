"""What an erasure knows of a case before it asks it to forget somebody (R14.4). Values only."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """A case whose people are to be forgotten.

    `over` as for its workflow: closed, and nothing is owed any more; `rights_until` as far as
    nobody may contest anything of it either. `people` are its subjects with those already `erased`,
    of whom `joined` came with a case of their own; `hands` the people of the office who had it in
    hand; `leads` the cases it was ever carried on in; `referred_at` when it ended with a court.
    """

    case_id: str
    unit_id: str
    over: bool
    rights_until: datetime | None
    people: tuple[str, ...]
    erased: tuple[str, ...]
    hands: frozenset[str]
    joined: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    visit_id: str = ""
    referred_at: datetime | None = None

    @property
    def left(self) -> tuple[str, ...]:
        """Its own people who are not forgotten; who joined it is forgotten where they came."""
        return tuple(each for each in self.people if each not in {*self.joined, *self.erased})
