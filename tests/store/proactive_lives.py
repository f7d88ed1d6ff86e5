"""Written lives of chapter R13: found on patrol and verified; an agent acts for a resident."""

from typing import Any

from domain.commands import (
    Accept,
    AuthoriseAgent,
    Contact,
    HandOver,
    RecordAgencyStep,
    Register,
    Resolve,
    RevokeAgent,
    Verify,
    Withdraw,
)
from domain.words import Channel
from domain.words.proactive import Authorised, Informant
from tests.domain.story import CAO, GAO, MEI, RESIDENT, by, request
from tests.store.main_lives import CANARY

PATROL: dict[str, Any] = {
    "channel": Channel.PATROL,
    "reporter": Contact(),
    "informant": Informant.UNIT_HEAD,
}
AGENT: dict[str, Any] = {
    "post_id": "community-orchard",
    "how": Authorised.IN_PERSON,
    "text": CANARY,
    "documents": (CANARY,),
}

FOUND = (
    by(MEI, "03-02 09:00", Register, **request(title=CANARY, text=CANARY, **PATROL)),
    by(MEI, "03-02 09:10", HandOver),
    by(GAO, "03-02 09:20", Accept),
    by(GAO, "03-02 09:30", Resolve, text=CANARY),
    by(MEI, "03-02 10:00", Verify, done=False, text=CANARY),
    by(GAO, "03-02 10:10", Accept),
    by(GAO, "03-02 11:00", Resolve, text=CANARY),
    by(MEI, "03-02 12:00", Verify, done=True, text=CANARY),
)

SERVED = (
    by(MEI, "03-02 09:00", Register, **request(title=CANARY, text=CANARY)),
    by(MEI, "03-02 09:10", AuthoriseAgent, **AGENT),
    by(CAO, "03-02 09:20", RecordAgencyStep, text=CANARY, documents=(CANARY,)),
    by(RESIDENT, "03-02 09:30", RevokeAgent, how=Authorised.BY_RECEIPT, text=CANARY),
    by(MEI, "03-02 09:40", AuthoriseAgent, **AGENT),
    by(CAO, "03-02 09:50", RecordAgencyStep, text=CANARY, delivered=True),
    by(RESIDENT, "03-02 10:00", Withdraw, text=CANARY),
)
