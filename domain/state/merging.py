"""What a case knows of others on the same matter: those carried on in it, and the one it is in."""

from dataclasses import dataclass
from datetime import datetime

from domain.state.proactive import Agency
from domain.values import By
from domain.words import Phase


@dataclass(frozen=True, kw_only=True)
class JoinedCase:
    """A case carried on in this one. `clock_id` is its resident's clock here, empty for none."""

    case_id: str
    residents: int
    rates: bool
    officer: By
    clock_id: str


@dataclass(frozen=True, kw_only=True)
class Merging:
    """`residents` counts everybody still on the matter, `own` those who came with this case.

    `gone` are the subjects who took their request back. `lead_id` is the case this one is carried
    on in; `merged_at`, `phase`, `clocks` (ids) and `agency` are what it is given back with.
    """

    residents: int = 1
    own: int = 1
    joined: tuple[JoinedCase, ...] = ()
    gone: tuple[str, ...] = ()
    mass: bool = False
    lead_id: str = ""
    merged_at: datetime | None = None
    phase: Phase = Phase.IN_PROGRESS
    clocks: tuple[str, ...] = ()
    agency: Agency | None = None
