"""A written life with helpers: a department comes late, a partner in time."""

from domain.commands import (
    Accept,
    Call,
    Command,
    HandOver,
    RecordHelp,
    Register,
    Release,
    ReportIn,
    Summon,
)
from tests.domain.story import KEEPER, MEI, SU, WEI, by, request
from tests.store.main_lives import CANARY

CALLS = (Call(unit_id="water", asked=CANARY), Call(partner_id="keeper", asked=CANARY))
FIRST, SECOND = {"summons_id": "summons-1"}, {"summons_id": "summons-2"}
WHISTLED: tuple[Command, ...] = (
    by(MEI, "03-02 09:00", Register, **request("road", title=CANARY, text=CANARY)),
    by(MEI, "03-02 09:30", HandOver),
    by(SU, "03-02 10:00", Accept),
    by(SU, "03-02 10:30", Summon, calls=CALLS, text=CANARY),
    by(KEEPER, "03-02 11:00", ReportIn, text=CANARY, **SECOND),
    by(KEEPER, "03-02 12:00", RecordHelp, text=CANARY, **SECOND),
    by(WEI, "03-02 17:00", ReportIn, text=CANARY, **FIRST),
    by(SU, "03-02 17:10", Release, useful=True, text=CANARY, **SECOND),
)
