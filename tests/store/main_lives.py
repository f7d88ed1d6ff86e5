"""Written lives of the main line: from the counter up the ladder, with its pauses, to each end."""

from collections.abc import Mapping

from domain.commands import (
    Accept,
    AddInformation,
    AnswerSupervision,
    ArriveOnSite,
    Assign,
    Command,
    DecideExtension,
    Escalate,
    HandOver,
    Rate,
    RecordFollowUp,
    RecordProgress,
    Refer,
    Register,
    Remind,
    RequestExtension,
    Resolve,
    Resume,
    Reveal,
    Suspend,
    Tick,
    Withdraw,
)
from domain.words import Channel, EscalationReason, ReferredTo, SuspensionGround
from tests.domain.story import CAO, CLOCK, GAO, MEI, RESIDENT, WANG, by, importer, request
from tests.domain.town import span

CANARY = "金丝雀"
"""In everything that must be stored sealed."""
OPENED = by(MEI, "03-02 09:00", Register, **request(title=CANARY, text=CANARY))

RATED = (
    OPENED,
    by(MEI, "03-02 09:10", Reveal, reason=CANARY),
    by(MEI, "03-02 09:30", HandOver, text=CANARY),
    by(GAO, "03-02 10:00", Accept),
    by(RESIDENT, "03-02 10:05", AddInformation, text=CANARY),
    by(GAO, "03-02 10:10", Assign, post_id="grid-1", text=CANARY),
    by(GAO, "03-02 10:20", Suspend, ground=SuspensionGround.AWAITING_RESIDENT, text=CANARY),
    by(RESIDENT, "03-02 10:30", Remind, text=CANARY),
    by(GAO, "03-02 10:40", Resume, text=CANARY),
    by(GAO, "03-02 10:45", RequestExtension, extend_by=span("2 working_hours"), text=CANARY),
    by(CAO, "03-02 10:50", DecideExtension, granted=True, text=CANARY),
    by(GAO, "03-02 11:00", RecordProgress, text=CANARY),
    by(GAO, "03-02 11:10", Resolve, text=CANARY, evidence=(CANARY,)),
    by(MEI, "03-02 14:00", RecordFollowUp, contacted=True, solved=True, grade=5, text=CANARY),
    by(RESIDENT, "03-02 15:00", Rate, contacted=True, solved=True, grade=5, text=CANARY),
)

ESCALATED: tuple[Command, ...] = (
    by(RESIDENT, "03-02 09:00", Register, **request(channel=Channel.WEB, text=CANARY)),
    by(MEI, "03-02 09:20", Accept),
    by(MEI, "03-02 09:30", HandOver),
    by(GAO, "03-02 10:00", Accept),
    by(GAO, "03-02 10:10", Escalate, reason=EscalationReason.EMERGENCY, text=CANARY),
    by(CAO, "03-02 10:20", Accept),
    by(CAO, "03-02 10:30", ArriveOnSite, text=CANARY),
    by(RESIDENT, "03-02 10:40", Withdraw, text=CANARY),
)

FORGOTTEN: tuple[Command, ...] = (
    by(MEI, "03-02 09:00", Register, **request("road", text=CANARY)),
    *(by(CLOCK, f"03-{day:02} 17:30", Tick) for day in (2, 3, 4, 5, 6, 9, 10)),
    by(WANG, "03-10 17:40", Accept),
    by(WANG, "03-11 09:00", AnswerSupervision, text=CANARY),
    by(WANG, "03-11 10:00", Resolve, text=CANARY),
    *(by(CLOCK, f"03-{day:02} 17:30", Tick) for day in (15, 19)),
)

ELSEWHERE = (
    OPENED,
    by(importer("mei"), "03-02 10:00", Refer, to=ReferredTo.COURT, text=CANARY),
)

MAIN: Mapping[str, tuple[Command, ...]] = {
    "life-rated": RATED,
    "life-escalated": ESCALATED,
    "life-forgotten": FORGOTTEN,
    "life-elsewhere": ELSEWHERE,
}
