"""A written life with a deliberation: objected to, decided, carried out; another one given up."""

from typing import Any

from domain.commands import (
    Accept,
    Command,
    DecideObjection,
    HandOver,
    Object,
    ProposeDeliberation,
    PublishDeliberation,
    RecordMeeting,
    Register,
    StopDeliberation,
    Tick,
)
from domain.words.deliberation import DeliberationStep
from tests.domain.story import CAO, CLOCK, MEI, RESIDENT, XU, by, request
from tests.domain.town import local
from tests.store.main_lives import CANARY

JOINT, MEMBERS, RESIDENTS, DECISION, _ = tuple(DeliberationStep)[1:]
PUBLIC = {"title": CANARY, "text": CANARY}


def meeting(step: DeliberationStep, held: str) -> dict[str, Any]:
    """Everybody came, and everybody was for it; the first met as soon as it was proposed."""
    counts = {"eligible": 9, "present": 9, "in_favour": 9, "against": 0, "abstained": 0}
    told = {"minutes": CANARY, "reference": CANARY}
    return {"step": step, "held_at": local(held), **counts, **told}


DELIBERATED: tuple[Command, ...] = (
    by(MEI, "03-02 09:00", Register, **request("stairs", title=CANARY, text=CANARY)),
    by(MEI, "03-02 09:30", HandOver),
    by(CAO, "03-02 10:00", Accept),
    by(CAO, "03-02 10:30", ProposeDeliberation, **PUBLIC),
    by(CAO, "03-02 16:00", RecordMeeting, **meeting(JOINT, "03-02 10:30")),
    by(CAO, "03-03 16:00", RecordMeeting, **meeting(MEMBERS, "03-03 15:00")),
    by(CAO, "03-04 16:00", RecordMeeting, **meeting(RESIDENTS, "03-04 15:00")),
    by(CAO, "03-05 09:00", PublishDeliberation, step=DECISION, **PUBLIC),
    by(RESIDENT, "03-05 10:00", Object, text=CANARY),
    by(XU, "03-05 14:00", DecideObjection, objection_id="objection-1", upheld=False, text=CANARY),
    by(CLOCK, "03-10 09:00", Tick),
    by(CAO, "03-10 10:00", StopDeliberation, text=CANARY),
)
