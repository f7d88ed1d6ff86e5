"""The usual pasts of a dispute: a neighbour's stairs, in the community worker's hands."""

from typing import Any

from domain.commands import (
    Accept,
    Actor,
    ConfirmAgreement,
    Contact,
    DraftAgreement,
    FailMediation,
    FormPanel,
    GiveConsent,
    HandOver,
    OpenMediation,
    Promise,
    Rate,
    RecordFollowUp,
    RecordSession,
)
from domain.words import ActorKind, CaseType
from domain.words.disputes import AgreementForm
from tests.domain.story import CAO, MEI, RESIDENT, SU, Story, by, received, staff
from tests.domain.town import local

MO, MIN, MU, MAI, MA = staff("mo"), staff("min"), staff("mu"), staff("mai"), staff("ma")
LI = Actor(kind=ActorKind.RESIDENT, subject="party-1")
STRANGER = Actor(kind=ActorKind.RESIDENT, subject="party-7")

YES = {"given": True}
NO = {"given": False}
PANEL = {"posts": ("mediator-orchard",)}
JOINT_PANEL = {"posts": ("mediator-bridge",)}
CHANGED = {"confirmed": True, "draft": 1}
RATED = {"contacted": True, "solved": True, "grade": 4}
GAVE_UP = {"text": "各执一词"}
DUE = "04-20 18:00"


def quarrel(item_id: str = "stairs") -> Story:
    """Wang against Li; Cao of Orchard accepted on Monday at ten: due on Thursday at ten."""
    return received(
        item_id, case_type=CaseType.DISPUTE, parties=(Contact(name="李", phone="139"),)
    ).and_then(by(MEI, "03-02 09:30", HandOver), by(CAO, "03-02 10:00", Accept))


def asked() -> Story:
    """At eleven both are asked."""
    return quarrel().and_then(by(CAO, "03-02 11:00", OpenMediation))


def consented() -> Story:
    """Wang said yes on Monday, Li on Tuesday at ten."""
    return asked().and_then(
        by(RESIDENT, "03-02 12:00", GiveConsent, **YES), by(LI, "03-03 10:00", GiveConsent, **YES)
    )


def formed() -> Story:
    """Mo mediates, from Tuesday at eleven."""
    return consented().and_then(by(CAO, "03-03 11:00", FormPanel, **PANEL))


def session(held_at: str = "03-05 15:00", **changed: Any) -> dict[str, Any]:
    fields = {
        "held_at": local(held_at),
        "place": "居委会会议室",
        "mediators": (1,),
        "subjects": ("reporter", "party-1"),
        "summary": "双方各让一步",
    }
    return fields | changed


def talked() -> Story:
    """They met on Thursday at three."""
    return formed().and_then(by(MO, "03-05 17:00", RecordSession, **session()))


def draft(*owes: str, due: str = DUE) -> dict[str, Any]:
    return {
        "form": AgreementForm.WRITTEN,
        "facts": "楼道堆物，影响通行",
        "content": "李清理楼道，王撤回投诉",
        "manner": "自行清理",
        "duties": tuple(Promise(owes=o, text="清理楼道", due_at=local(due)) for o in owes),
    }


def drafted() -> Story:
    """On Thursday at half past five: Li clears the stairs until 20 April."""
    return talked().and_then(by(MO, "03-05 17:30", DraftAgreement, **draft("party-1")))


def settled() -> Story:
    """Both confirmed on Friday; in force since ten, and Mei called."""
    return drafted().and_then(
        by(RESIDENT, "03-06 09:00", ConfirmAgreement, **CHANGED),
        by(LI, "03-06 10:00", ConfirmAgreement, **CHANGED),
        by(MEI, "03-06 10:01", RecordFollowUp, contacted=True, solved=True),
    )


def closed() -> Story:
    """Both rated on Friday at noon."""
    return settled().and_then(
        by(RESIDENT, "03-06 12:00", Rate, **RATED), by(LI, "03-06 12:00", Rate, **RATED)
    )


def at_the_street() -> Story:
    """Mo gave up on Thursday; Su of Bridge accepted on Friday at nine."""
    return talked().and_then(
        by(MO, "03-05 17:10", FailMediation, **GAVE_UP), by(SU, "03-06 09:00", Accept)
    )


def failed_at_the_street() -> Story:
    """Both consented again; Mu gave up on Tuesday."""
    return at_the_street().and_then(
        by(SU, "03-06 09:10", OpenMediation),
        by(RESIDENT, "03-06 10:00", GiveConsent, **YES),
        by(LI, "03-06 10:10", GiveConsent, **YES),
        by(SU, "03-06 11:00", FormPanel, **JOINT_PANEL),
        by(MU, "03-10 10:00", FailMediation, **GAVE_UP),
    )
