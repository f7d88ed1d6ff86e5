"""Written lives: the main line's, and one for each chapter that random lives seldom reach.

A life is a case's commands in order, none of them refused; every text holds the canary.
"""

from collections.abc import Mapping
from typing import Any

from domain.commands import (
    Command,
    Decline,
    HandOver,
    Register,
    ReplaceOfficer,
    ReviewDecline,
    Tick,
)
from domain.words import DeclineGround
from tests.domain.story import CLOCK, MEI, XIE, XU, by, request, staff
from tests.store.delegation_lives import DELEGATED
from tests.store.deliberation_lives import DELIBERATED
from tests.store.dispute_lives import REFERRED, SETTLED
from tests.store.main_lives import CANARY, MAIN
from tests.store.redress_lives import APPEALED, RECONSIDERED, RECURRED
from tests.store.return_lives import AGREED, CONTESTED, TRANSFERRED
from tests.store.whistle_lives import WHISTLED


def told(**changed: Any) -> dict[str, Any]:
    """A request whose words hold the canary."""
    return request(title=CANARY, text=CANARY, **changed)


DECLINED = (
    by(MEI, "03-02 09:00", Register, **told()),
    by(MEI, "03-02 09:30", Decline, ground=DeclineGround.PETITION, text=CANARY),
    by(CLOCK, "03-04 09:30", Tick),
    by(XIE, "03-04 10:00", ReviewDecline, upheld=True, text=CANARY),
)

KONG = staff("kong")
"""A clerk whose post ends with the year 2025."""

OFFICER_REPLACED = (
    by(KONG, "2025-12-31 09:00", Register, **told()),
    by(KONG, "2025-12-31 09:30", HandOver, text=CANARY),
    by(CLOCK, "2026-01-04 13:00", Tick),
    by(XU, "2026-01-04 14:00", ReplaceOfficer, text=CANARY),
)

LIVES: Mapping[str, tuple[Command, ...]] = {
    **MAIN,
    "life-agreed": AGREED,
    "life-mediated": SETTLED,
    "life-declined": DECLINED,
    "life-delegated": DELEGATED,
    "life-officer-replaced": OFFICER_REPLACED,
    "life-appealed": APPEALED,
    "life-reconsidered": RECONSIDERED,
    "life-contested": CONTESTED,
    "life-transferred": TRANSFERRED,
    "life-referred": REFERRED,
    "life-recurred": RECURRED,
    "life-whistled": WHISTLED,
    "life-deliberated": DELIBERATED,
}

__all__ = ["CANARY", "LIVES"]
