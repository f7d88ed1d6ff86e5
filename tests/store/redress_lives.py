"""Written lives of bad ratings: reviewed, excluded, contested, and worked on again."""

from domain.commands import (
    AskReconsideration,
    Command,
    Contact,
    Rate,
    Reconsider,
    Register,
    Resolve,
    ReviewRating,
    Tick,
)
from domain.words import CaseType
from domain.words.redress import Finding, RectifyAt
from tests.domain.story import CLOCK, MEI, RESIDENT, XIA, XIE, by, request
from tests.store.main_lives import CANARY

BAD = {"contacted": True, "solved": False, "grade": 1, "tags": (CANARY,), "text": CANARY}
OTHER = (Contact(name=CANARY, phone=CANARY),)
DISPUTE = request(case_type=CaseType.DISPUTE, parties=OTHER, title=CANARY, text=CANARY)
LIFTED = {"about": "1/reporter", "upheld": False, "rectify_at": RectifyAt.ABOVE, "text": CANARY}

RECONSIDERED: tuple[Command, ...] = (
    by(MEI, "03-02 09:00", Register, **DISPUTE),
    by(MEI, "03-02 09:20", Resolve, text=CANARY),
    by(RESIDENT, "03-09 09:10", Rate, **BAD),
    by(CLOCK, "03-09 09:20", Tick),
    by(XIE, "03-09 10:00", ReviewRating, finding=Finding.MISTAKEN, text=CANARY),
    by(RESIDENT, "03-09 11:00", AskReconsideration, text=CANARY),
    by(XIA, "03-10 11:00", Reconsider, **LIFTED),
)
