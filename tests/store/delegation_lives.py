"""A written life of work handed down under an admission, with money used."""

from domain.commands import (
    Accept,
    Command,
    Delegate,
    HandOver,
    RecordExpense,
    Register,
    Resolve,
)
from tests.domain.story import CAO, MEI, SU, by, request
from tests.store.main_lives import CANARY

DELEGATED: tuple[Command, ...] = (
    by(MEI, "03-02 09:00", Register, **request("road", title=CANARY, text=CANARY)),
    by(MEI, "03-02 09:30", HandOver),
    by(SU, "03-02 10:00", Accept),
    by(SU, "03-02 10:30", Delegate, unit_id="orchard", text=CANARY),
    by(CAO, "03-02 11:00", Accept),
    by(CAO, "03-02 11:30", RecordExpense, fen=12_345, purpose=CANARY),
    by(CAO, "03-02 14:00", RecordExpense, fen=1, purpose=CANARY),
    by(CAO, "03-02 15:00", Resolve, text=CANARY),
)
