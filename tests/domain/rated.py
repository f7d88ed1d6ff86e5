"""Stories of cases that were resolved and rated badly."""

from dataclasses import replace

from domain.commands import (
    AskReconsideration,
    Contact,
    Rate,
    RecordFollowUp,
    Resolve,
    ReviewRating,
)
from domain.words import (
    CaseType,
)
from domain.words.redress import Finding
from tests.domain.story import (
    GAO,
    MEI,
    RESIDENT,
    XU,
    Story,
    by,
    in_gaos_hands,
    received,
)

GOOD = {"contacted": True, "solved": True, "grade": 5}
BAD = {"contacted": True, "solved": False, "grade": 1, "text": "还是吵"}
JUSTIFIED = {"finding": Finding.JUSTIFIED, "text": "确未解决"}
MISTAKEN = {"finding": Finding.MISTAKEN, "text": "评的是另一件事"}
MALICIOUS = {"finding": Finding.MALICIOUS, "text": "已查实为恶意"}
MINE = "1/reporter"
NEIGHBOUR = replace(RESIDENT, subject="party-1")


def resolved() -> Story:
    """Gao of Orchard-1 settled it on Monday at eleven, and Mei called."""
    return in_gaos_hands().and_then(
        by(GAO, "03-02 11:00", Resolve, text="已劝停"),
        by(MEI, "03-02 11:01", RecordFollowUp, contacted=True),
    )


def under_review() -> Story:
    """On Tuesday at ten the resident said: not solved."""
    return resolved().and_then(by(RESIDENT, "03-03 10:00", Rate, **BAD))


def being_rectified(**changes: object) -> Story:
    """On Tuesday at eleven Xu of Bridge street found that they were right."""
    return under_review().and_then(by(XU, "03-03 11:00", ReviewRating, **JUSTIFIED | changes))


def excluded() -> Story:
    """On Tuesday at eleven Xu found that another matter was meant."""
    return under_review().and_then(by(XU, "03-03 11:00", ReviewRating, **MISTAKEN))


def asked_again() -> Story:
    """On Wednesday the resident asked the next level."""
    return excluded().and_then(by(RESIDENT, "03-04 10:00", AskReconsideration, text="不是"))


def settled_dispute(neighbours: int = 1) -> Story:
    """Mei settled it on Monday at eleven; who came and the neighbours rate, each for itself."""
    parties = tuple(Contact(name="李", phone="139") for _ in range(neighbours))
    story = received(case_type=CaseType.DISPUTE, parties=parties)
    return story.and_then(
        by(MEI, "03-02 11:00", Resolve, text="已说和"),
        by(MEI, "03-02 11:01", RecordFollowUp, contacted=True),
    )
