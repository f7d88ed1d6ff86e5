"""Written lives of disputes: to an agreement and beyond it, and to the last door."""

from typing import Any

from domain.commands import (
    Accept,
    CheckDuty,
    Command,
    ConfirmAgreement,
    Contact,
    DeclareRelation,
    DraftAgreement,
    ExtendMediation,
    FailMediation,
    FormPanel,
    GiveConsent,
    HandOver,
    OpenMediation,
    Promise,
    RecordSession,
    ReferDispute,
    Register,
    RejectMediator,
    ReportDanger,
    Tick,
    WithdrawConsent,
)
from domain.words import CaseType, ReferredTo
from domain.words.disputes import AgreementForm, Given, Matter, Relation
from tests.domain.quarrel import JOINT_PANEL, LI, MA, MIN, MO, MU, PANEL
from tests.domain.story import CAO, CLOCK, MEI, RESIDENT, SU, XU, by, request
from tests.domain.town import local, span
from tests.store.main_lives import CANARY

PARTIES = (Contact(name=CANARY, phone=CANARY),)
LONGER = {"matter": Matter.LONGER, "text": CANARY}
PROMISE = Promise(owes="party-1", text=CANARY, due_at=local("04-20 18:00"))
DRAFT: dict[str, Any] = {
    "form": AgreementForm.ORAL,
    "facts": CANARY,
    "content": CANARY,
    "manner": CANARY,
    "duties": (PROMISE,),
}
MORE = {"extend_by": span("10 days"), "text": CANARY}


def _begun() -> tuple[Command, ...]:
    dispute = {"case_type": CaseType.DISPUTE, "parties": PARTIES}
    return (
        by(MEI, "03-02 09:00", Register, **request("stairs", title=CANARY, text=CANARY, **dispute)),
        by(MEI, "03-02 09:30", HandOver),
    )


def _session(held_at: str, seat: int) -> dict[str, Any]:
    return {
        "held_at": local(held_at),
        "place": CANARY,
        "mediators": (seat,),
        "subjects": ("reporter", "party-1"),
        "summary": CANARY,
    }


def _word(draft: int, *, confirmed: bool = True) -> dict[str, Any]:
    return {"draft": draft, "confirmed": confirmed, "text": CANARY}


SETTLED: tuple[Command, ...] = (
    *_begun(),
    by(CAO, "03-02 10:00", Accept),
    by(CAO, "03-02 11:00", OpenMediation, text=CANARY),
    by(RESIDENT, "03-02 12:00", GiveConsent, given=True, text=CANARY),
    by(
        *(CAO, "03-03 10:00", GiveConsent),
        given=True,
        subject="party-1",
        how=Given.IN_PERSON,
        text=CANARY,
    ),
    by(LI, "03-03 10:10", DeclareRelation, about="handler", relation=Relation.COMPLAINED_ABOUT),
    by(XU, "03-03 11:00", FormPanel, posts=("mediator-orchard", "mediator-orchard-2")),
    by(LI, "03-04 09:00", RejectMediator, seat=1),
    by(XU, "03-04 10:00", FormPanel, posts=("mediator-orchard-2",)),
    by(MIN, "03-05 17:00", RecordSession, **_session("03-05 15:00", 2)),
    by(MIN, "03-06 10:00", ExtendMediation, **MORE),
    by(LI, "03-06 11:00", GiveConsent, given=False, **LONGER),
    by(MIN, "03-06 12:00", ExtendMediation, **MORE),
    by(LI, "03-06 13:00", GiveConsent, given=True, **LONGER),
    by(RESIDENT, "03-06 14:00", GiveConsent, given=True, **LONGER),
    by(MIN, "03-09 10:00", DraftAgreement, **DRAFT),
    by(LI, "03-09 11:00", ConfirmAgreement, **_word(1, confirmed=False)),
    by(MIN, "03-09 12:00", DraftAgreement, **DRAFT),
    by(CLOCK, "03-14 12:00", Tick),
    by(MIN, "03-16 10:00", DraftAgreement, **DRAFT),
    by(LI, "03-16 11:00", ConfirmAgreement, **_word(3)),
    by(RESIDENT, "03-16 12:00", ConfirmAgreement, **_word(3)),
    by(CLOCK, "03-24 12:00", Tick),
    by(CLOCK, "04-20 18:00", Tick),
    by(CLOCK, "04-22 18:00", Tick),
    by(MIN, "04-23 10:00", CheckDuty, duty_id="duty-1.3.1", performed=False, text=CANARY),
    by(LI, "04-23 11:00", ReportDanger, text=CANARY),
)

REFERRED: tuple[Command, ...] = (
    *_begun(),
    by(CAO, "03-02 10:00", Accept),
    by(CAO, "03-02 11:00", OpenMediation, text=CANARY),
    by(RESIDENT, "03-02 12:00", GiveConsent, given=True, text=CANARY),
    by(LI, "03-02 12:10", GiveConsent, given=True, text=CANARY),
    by(CAO, "03-02 14:00", FormPanel, **PANEL),
    by(MO, "03-02 15:00", FailMediation, text=CANARY),
    by(SU, "03-02 16:00", Accept),
    by(SU, "03-02 16:10", OpenMediation, text=CANARY),
    by(RESIDENT, "03-02 17:00", GiveConsent, given=True, text=CANARY),
    by(LI, "03-03 10:00", GiveConsent, given=True, text=CANARY),
    by(SU, "03-03 11:00", FormPanel, posts=(*JOINT_PANEL["posts"], "mediator-east")),
    by(MU, "03-05 17:00", RecordSession, **_session("03-05 15:00", 1)),
    by(MA, "04-01 10:00", DraftAgreement, **DRAFT),
    by(CLOCK, "04-02 11:00", Tick),
    by(LI, "04-02 12:00", WithdrawConsent, text=CANARY),
    by(
        *(SU, "04-02 14:00", ReferDispute),
        to=ReferredTo.ARBITRATION,
        reference=CANARY,
        text=CANARY,
    ),
)
