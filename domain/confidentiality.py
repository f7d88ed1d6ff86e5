"""Who may read the words of a dispute (R7.1): its handler, its mediators, and the parties.

Others who may open the case see that something happened, when, by whom; never what was said. Rules
only: how a text is covered is the store's, who is asking the API's.
"""

from collections.abc import Collection

from domain.events import AgreementEvent, DisputeEvent, Event, MediationOpened, Revealed
from domain.organisation import Post
from domain.state import Case
from domain.values import Question
from domain.words import Role

CONFIDENTIAL = "⟦confidential⟧"
"""What a text reads as for somebody it is not for."""


def privy(case: Case, person_id: str, posts: Collection[Post]) -> bool:
    """Whether it is the handler in charge or a mediator of the case, without a stake in it."""
    if case.dispute is None:
        return True
    if person_id in case.dispute.barred:
        return False
    held = {post.post_id for post in posts}
    return not held.isdisjoint({case.stint.post_id, *case.dispute.mediators})


def readable(
    case: Case, events: tuple[Event, ...], person_id: str, posts: Collection[Post]
) -> tuple[bool, ...]:
    """For each event of a case, whether that member of staff may read its words.

    Before the first mediation also the first-contact officer and whoever must decide a question of
    the case may; a decider always reads what puts the question, an auditor why somebody looked at
    personal data (R14.5).
    """
    if privy(case, person_id, posts):
        return (True,) * len(events)
    audits = any(post.role is Role.AUDITOR for post in posts)
    held = {post.post_id for post in posts}
    asked = tuple(q for q in case.questions if q.person_id == person_id or q.post_id in held)
    outer = bool(asked) or case.officer.post_id in held
    found: list[bool] = []
    for event in events:
        outer = outer and not isinstance(event, MediationOpened)
        looked = audits and isinstance(event, Revealed)
        found.append(looked or (outer and not of_mediation(event)) or _puts(event, asked))
    return tuple(found)


def of_mediation(event: Event) -> bool:
    """Whether the event belongs to a mediation."""
    return isinstance(event, DisputeEvent | AgreementEvent)


def _puts(event: Event, asked: tuple[Question, ...]) -> bool:
    """Whether the event put one of those questions."""
    question = getattr(event, "question", None)
    return question is not None and question.clock_id in {q.clock_id for q in asked}


def mediating(posts: Collection[Post]) -> list[str]:
    """The posts that open the cases of their panels, and no others."""
    return sorted(post.post_id for post in posts if post.role is Role.MEDIATOR)
