"""One entry for each topic of a notice, to each audience it has, as (Chinese, English); a module
for each chapter. Plain words; never personal data, and of a mediation never what was said in it.
"""

from collections.abc import Mapping

from letters.said import Audience, Language, Said, Words
from letters.texts import (
    admission,
    deliberation,
    disputes,
    erasure,
    first_contact,
    ladder,
    merging,
    office,
    pauses,
    proactive,
    ratings,
    redress,
    returns,
    shelving,
    supervision,
    time,
    visit,
    whistle,
)

__all__ = ["TOPICS", "UNKNOWN", "Audience", "Language", "Said", "Words", "audience_of", "words"]

TOPICS: Mapping[str, Said] = {
    **first_contact.TOPICS,
    **ladder.TOPICS,
    **time.TOPICS,
    **returns.TOPICS,
    **shelving.TOPICS,
    **pauses.TOPICS,
    **supervision.TOPICS,
    **whistle.TOPICS,
    **merging.TOPICS,
    **proactive.TOPICS,
    **deliberation.TOPICS,
    **disputes.TOPICS,
    **ratings.TOPICS,
    **redress.TOPICS,
    **admission.TOPICS,
    **office.TOPICS,
    **visit.TOPICS,
    **erasure.TOPICS,
}

ASKING_TO_RATE = frozenset({"case.resolved", "rating.asked_again"})
"""Topics whose letter to the resident carries the link that rates (R9.1)."""

UNKNOWN = Said(
    staff=("案件有新情况", "Something happened in a case"),
    resident=("您反映的事项有新进展", "There is news of your request"),
    party=("您参与的事项有新进展", "There is news of a matter you are a party to"),
    partner=("请协助的事项有新情况", "There is news of a matter you help with"),
)
"""What is said of a topic without words of its own: the message matters more than its wording."""


def audience_of(receiver_kind: str) -> Audience:
    """Whose words a kind of receiver is told in; a stranger gets those that say the least."""
    known: Mapping[str, Audience] = {
        "person": "staff",
        "unit": "staff",
        "case": "staff",
        "resident": "resident",
        "party": "party",
    }
    return known.get(receiver_kind, "partner")


def words(topic: str, audience: Audience, language: Language) -> str:
    """What the topic says to that audience, with `{unit}` still open."""
    said: Words | None = getattr(TOPICS.get(topic, UNKNOWN), audience)
    general: Words = getattr(UNKNOWN, audience)
    return (said or general)[language == "en"]
