"""Probes of chapter R4: taking on, working, the way up, orders from above."""

from collections.abc import Mapping

from domain.commands import (
    Accept,
    AddInformation,
    AnswerSupervision,
    ArriveOnSite,
    Assign,
    Command,
    Escalate,
    RecordProgress,
    Remind,
    Reveal,
    Supervise,
)
from domain.possible.scene import SAID, Maker, either, just
from domain.words import EscalationReason

PROBES: Mapping[type[Command], Maker] = {
    Accept: just(Accept),
    Assign: just(Assign),
    RecordProgress: just(RecordProgress, text=SAID),
    ArriveOnSite: just(ArriveOnSite),
    Escalate: either(
        Escalate,
        "reason",
        (EscalationReason.BEYOND_AUTHORITY, EscalationReason.EMERGENCY),
        text=SAID,
    ),
    Remind: just(Remind),
    AddInformation: just(AddInformation, text=SAID),
    Reveal: just(Reveal, reason=SAID),
    AnswerSupervision: just(AnswerSupervision, text=SAID),
    Supervise: just(Supervise, text=SAID),
}
