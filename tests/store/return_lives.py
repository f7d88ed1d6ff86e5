"""Written lives of chapters R4.2 and R4.5: sent back too often, decided, transferred."""

from domain.commands import (
    Accept,
    AcceptTransfer,
    Adjudicate,
    Command,
    HandOver,
    RefuseTransfer,
    Register,
    ReturnCase,
    Transfer,
)
from domain.words import ReturnReason
from tests.domain.story import GAO, MEI, WANG, WEI, XIA, XU, by, request
from tests.store.main_lives import CANARY

WRONG = {"reason": ReturnReason.WRONG_PLACE, "text": CANARY}

CONTESTED: tuple[Command, ...] = (
    by(MEI, "03-02 09:00", Register, **request(title=CANARY, text=CANARY)),
    by(MEI, "03-02 09:30", HandOver, text=CANARY),
    by(GAO, "03-02 10:00", ReturnCase, **WRONG),
    by(MEI, "03-02 10:10", Accept),
    by(MEI, "03-02 10:20", HandOver, text=CANARY),
    by(GAO, "03-02 10:30", ReturnCase, **WRONG),
    by(MEI, "03-02 10:40", Accept),
    by(MEI, "03-02 10:50", HandOver, text=CANARY),
    by(GAO, "03-02 11:00", ReturnCase, **WRONG),
    by(XU, "03-02 11:10", Adjudicate, unit_id="orchard-1", text=CANARY),
)

TRANSFERRED: tuple[Command, ...] = (
    by(MEI, "03-02 09:00", Register, **request("bill", title=CANARY, text=CANARY)),
    by(MEI, "03-02 09:30", HandOver, text=CANARY),
    by(WEI, "03-02 10:00", Accept),
    by(WEI, "03-02 10:10", Transfer, unit_id="works", text=CANARY),
    by(WANG, "03-02 10:20", RefuseTransfer, text=CANARY),
    by(XIA, "03-02 10:30", Adjudicate, unit_id="works", text=CANARY),
    by(WANG, "03-02 10:40", Accept),
)

AGREED: tuple[Command, ...] = (
    by(MEI, "03-02 09:00", Register, **request("bill", title=CANARY, text=CANARY)),
    by(MEI, "03-02 09:30", HandOver, text=CANARY),
    by(WEI, "03-02 10:00", Accept),
    by(WEI, "03-02 10:10", Transfer, unit_id="works", text=CANARY),
    by(WANG, "03-02 10:20", AcceptTransfer, text=CANARY),
)
