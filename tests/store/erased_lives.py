"""A written life of chapter R14.4: taken back, and forgotten."""

from domain.commands import EraseSubject, Register, Withdraw
from tests.domain.story import CLOCK, MEI, RESIDENT, by, request
from tests.store.main_lives import CANARY

ERASED = (
    by(MEI, "03-02 09:00", Register, **request(title=CANARY, text=CANARY)),
    by(RESIDENT, "03-02 09:20", Withdraw, text=CANARY),
    by(CLOCK, "03-16 09:00", EraseSubject, subject="reporter", erasure_id="erasure-1"),
)
