"""Written lives: the main line's, and one for each chapter that random lives seldom reach.

A life is a case's commands in order, none of them refused; every text holds the canary.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from domain.commands import (
    AddInformation,
    AuthoriseAgent,
    Command,
    DecideWithdrawal,
    Decline,
    GiveBack,
    HandOver,
    Join,
    Keep,
    Merge,
    Part,
    Register,
    Remind,
    ReplaceOfficer,
    ReviewDecline,
    Split,
    Tick,
    Withdraw,
)
from domain.values import By
from domain.words import ClockKind, DeclineGround, Urgency
from tests.domain.story import CLOCK, MEI, RESIDENT, XIE, XU, by, received, request, staff
from tests.domain.town import LEAD, THEIR_PHOTO
from tests.store.delegation_lives import DELEGATED
from tests.store.deliberation_lives import DELIBERATED
from tests.store.dispute_lives import REFERRED, SETTLED
from tests.store.erased_lives import ERASED
from tests.store.main_lives import CANARY, MAIN
from tests.store.proactive_lives import AGENT, FOUND, SERVED
from tests.store.redress_lives import APPEALED, RECONSIDERED, RECURRED
from tests.store.return_lives import AGREED, CONTESTED, TRANSFERRED
from tests.store.shelf_lives import SHELVED, SUPERVISED
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


CAME_BACK = (
    by(KONG, "2025-12-31 09:00", Register, **told()),
    by(KONG, "2025-12-31 09:30", Merge, lead_id=LEAD.case_id, text=CANARY),
    by(XU, "2026-01-05 10:00", Split, text=CANARY),
    by(XU, "2026-01-05 11:00", ReplaceOfficer, text=CANARY),
)


TAKEN_BACK = (
    by(MEI, "03-02 09:00", Register, **told()),
    by(MEI, "03-02 09:10", Withdraw, text=CANARY),
    by(RESIDENT, "03-02 09:20", Keep, text=CANARY),
    by(MEI, "03-02 09:30", Withdraw, text=CANARY),
    by(XU, "03-02 10:00", DecideWithdrawal, approved=True, text=CANARY),
)


def joins(case_id: str, when: str, **changed: Any) -> Join:
    """Another case becomes part of this one."""
    fields: dict[str, Any] = {"residents": 1, "officer": OFFICER, "urgency": Urgency.NORMAL}
    return by(CLOCK, when, Join, case_id=case_id, **{**fields, **changed})


OFFICER = By(person_id="hu", post_id="clerk-hills", unit_id="hills")
PROMISED = received().clock(ClockKind.RESIDENT)

MERGED = (
    by(MEI, "03-02 09:00", Register, **told()),
    by(MEI, "03-02 09:20", AuthoriseAgent, **AGENT),
    by(MEI, "03-02 09:30", Merge, lead_id=LEAD.case_id, text=CANARY),
    by(RESIDENT, "03-02 10:00", Remind, text=CANARY),
    by(RESIDENT, "03-02 10:10", AddInformation, text=CANARY),
    by(XU, "03-02 11:00", Split, text=CANARY),
    by(MEI, "03-02 11:10", Merge, lead_id=LEAD.case_id),
    by(CLOCK, "03-02 11:11", GiveBack, refusal="not_open"),
    by(MEI, "03-02 11:20", Merge, lead_id=LEAD.case_id),
    by(RESIDENT, "03-02 11:30", Withdraw, text=CANARY),
)

SHOWN: dict[str, Any] = {"text": CANARY, "evidence": (THEIR_PHOTO,)}

LEADING = (
    by(MEI, "03-02 09:00", Register, **told()),
    joins("SW-2", "03-02 10:00", promised=PROMISED),
    joins("SW-3", "03-02 10:10"),
    by(replace(RESIDENT, subject="SW-2"), "03-02 10:20", Remind, text=CANARY),
    by(replace(RESIDENT, subject="SW-2"), "03-02 10:25", AddInformation, **SHOWN),
    by(RESIDENT, "03-02 10:30", Withdraw, text=CANARY),
    by(CLOCK, "03-02 10:40", Part, case_id="SW-3"),
    joins("SW-4", "03-02 10:50", residents=4),
)

LIVES: Mapping[str, tuple[Command, ...]] = {
    **MAIN,
    "life-agreed": AGREED,
    "life-mediated": SETTLED,
    "life-declined": DECLINED,
    "life-delegated": DELEGATED,
    "life-officer-replaced": OFFICER_REPLACED,
    "life-came-back": CAME_BACK,
    "life-taken-back": TAKEN_BACK,
    "life-appealed": APPEALED,
    "life-reconsidered": RECONSIDERED,
    "life-contested": CONTESTED,
    "life-transferred": TRANSFERRED,
    "life-referred": REFERRED,
    "life-recurred": RECURRED,
    "life-supervised": SUPERVISED,
    "life-shelved": SHELVED,
    "life-whistled": WHISTLED,
    "life-deliberated": DELIBERATED,
    "life-merged": MERGED,
    "life-leading": LEADING,
    "life-found": FOUND,
    "life-served": SERVED,
    "life-erased": ERASED,
}

__all__ = ["CANARY", "LIVES"]
