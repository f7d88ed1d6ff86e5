"""Written lives of bad ratings and what staff contest; texts hold the canary."""

from domain.commands import (
    Appeal,
    AskReconsideration,
    Command,
    Contact,
    DecideAppeal,
    MarkRecurrence,
    NoteRecurrence,
    Rate,
    Reconsider,
    Register,
    Resolve,
    ReviewRating,
    Tick,
    UnmarkRecurrence,
)
from domain.words import CaseType
from domain.words.redress import ChargeKind, Finding, RectifyAt
from tests.domain.story import CLOCK, MEI, RESIDENT, XIA, XIE, by, request
from tests.domain.town import local
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

RECURRED: tuple[Command, ...] = (
    by(MEI, "03-02 09:00", Register, **request(title=CANARY, text=CANARY)),
    by(MEI, "03-02 09:10", MarkRecurrence, earlier="case-0", text=CANARY),
    by(CLOCK, "03-02 09:11", UnmarkRecurrence, refusal="recurrence_too_late"),
    by(MEI, "03-02 09:20", Resolve, text=CANARY),
    by(CLOCK, "03-20 09:10", NoteRecurrence, later="case-2", reported_at=local("03-05 09:00")),
)
CONTESTED = {"against": ChargeKind.RATING, "about": "1/reporter", "text": CANARY}
APPEALED: tuple[Command, ...] = (
    by(MEI, "03-02 09:00", Register, **request(title=CANARY, text=CANARY)),
    by(MEI, "03-02 09:20", Resolve, text=CANARY),
    by(RESIDENT, "03-02 10:00", Rate, **BAD),
    by(MEI, "03-02 10:30", Appeal, **CONTESTED),
    by(XIE, "03-02 11:00", ReviewRating, finding=Finding.JUSTIFIED, text=CANARY),
    by(XIA, "03-02 11:10", DecideAppeal, upheld=True, **CONTESTED),
)
