"""Written lives of chapters R2.1, R4.6 and R4.7: corrected, ordered about, shelved."""

from domain.commands import (
    Accept,
    AnswerSupervision,
    Command,
    DecideExtension,
    DecideShelving,
    HandOver,
    Place,
    Reclassify,
    Register,
    RequestExtension,
    ReviewShelf,
    Shelve,
    Supervise,
)
from tests.domain.story import MEI, WEI, XIE, by, request
from tests.domain.town import IN_STONE_1, span
from tests.store.main_lives import CANARY

THERE = Place(address=CANARY, point=IN_STONE_1)
AT_WATER: tuple[Command, ...] = (
    by(MEI, "03-02 09:00", Register, **request(title=CANARY, text=CANARY)),
    by(MEI, "03-02 09:10", Reclassify, item_id="bill", place=THERE, text=CANARY),
    by(MEI, "03-02 09:30", HandOver, text=CANARY),
    by(WEI, "03-02 10:00", Accept),
)
MORE = {"extend_by": span("1 working_days"), "text": CANARY}

SUPERVISED: tuple[Command, ...] = (
    *AT_WATER,
    by(XIE, "03-02 10:10", Supervise, text=CANARY),
    by(WEI, "03-02 10:20", AnswerSupervision, text=CANARY),
)

SHELVED: tuple[Command, ...] = (
    *AT_WATER,
    by(WEI, "03-02 11:00", RequestExtension, **MORE),
    by(XIE, "03-02 11:10", DecideExtension, granted=True, text=CANARY),
    by(WEI, "03-02 11:20", Shelve, text=CANARY),
    by(XIE, "03-02 11:30", DecideShelving, approved=False, text=CANARY),
    by(WEI, "03-02 13:40", Shelve, text=CANARY),
    by(XIE, "03-02 13:50", DecideShelving, approved=True, text=CANARY),
    by(WEI, "03-04 10:00", ReviewShelf, stays=True, text=CANARY),
    by(XIE, "03-06 10:00", ReviewShelf, stays=False, text=CANARY),
)
