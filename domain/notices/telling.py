"""Notices to whoever has a part in a case. Which event is told to whom is the chapters' to say."""

from dataclasses import dataclass

from domain import carried, questions
from domain.book import Book
from domain.notices.notice import Notice
from domain.state import Case
from domain.values import REPORTER, Helper, PutsQuestion, SetsClocks
from domain.words import ClockKind, QuestionKind, Role, Urgency


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What an event turned: the case before it and after it, and the book in force."""

    before: Case
    after: Case
    book: Book


def person(topic: str, person_id: str) -> Notice:
    """To a member of staff."""
    return Notice(topic=topic, to="person", recipient=person_id)


def unit(topic: str, unit_id: str) -> Notice:
    """To whoever is on duty in a unit."""
    return Notice(topic=topic, to="unit", recipient=unit_id)


def other_case(topic: str, case_id: str) -> Notice:
    """To another case: a command, as `domain/crossing.py` says."""
    return Notice(topic=topic, to="case", recipient=case_id)


def officer(topic: str, of: Case) -> Notice:
    """To the first-contact officer, or who is asked for another while there is none (R1.4)."""
    vacant = questions.find(of, QuestionKind.SUCCESSION)
    return person(topic, (vacant and vacant.person_id) or of.officer.person_id)


def handler(topic: str, of: Case) -> Notice:
    """To who is in charge."""
    return person(topic, of.stint.person_id)


def both(topic: str, of: Case) -> list[Notice]:
    """To who is in charge and to the first-contact officer."""
    return [handler(topic, of), officer(topic, of)]


def helper(topic: str, summoned: Helper) -> Notice:
    """To a summoned unit or partner."""
    if summoned.partner_id is not None:
        return Notice(topic=topic, to="partner", recipient=summoned.partner_id)
    return unit(topic, summoned.unit_id or "")


def decider(topic: str, event: PutsQuestion, book: Book) -> list[Notice]:
    """Who must decide; where nobody can be named, the unit and its administrators."""
    question = event.question
    if question.person_id is not None:
        return [person(topic, question.person_id)]
    posts = (
        post
        for unit_id in book.organisation.path(question.unit_id)
        for post in book.organisation.acting(unit_id, Role.ADMINISTRATOR, event.at)
    )
    administrators = (post.holder(event.at) for post in posts)
    return [unit(topic, question.unit_id), *(person(topic, a) for a in administrators if a)]


def alarm(of: Case) -> list[Notice]:
    """Grid, community and street at once, in parallel (R6.7)."""
    if of.urgency is not Urgency.EMERGENCY:
        return []
    place = of.location
    units = (place.grid_id, place.community_id, place.street_id)
    return [unit("case.emergency", unit_id) for unit_id in units if unit_id]


def hastened(of: Case, event: SetsClocks) -> list[Notice]:
    """Who decides, answers or helps sooner than they were told: it is an emergency now (R6.7)."""
    topic, now = "case.hastened", {clock.clock_id for clock in event.clocks if clock.continues}
    found = [helper(topic, s.helper) for s in of.summons if s.clock_id in now]
    asked = [q for q in of.questions if q.clock_id in now]
    found += (person(topic, q.person_id) if q.person_id else unit(topic, q.unit_id) for q in asked)
    offered, offer = of.running(ClockKind.TRANSFER), of.returns.offer
    if offered is not None and offer is not None and offered.clock.clock_id in now:
        found.append(person(topic, offer.person_id))
    return found


def rater(topic: str, subject: str, of: Case) -> Notice:
    """Whoever rates for themselves: a resident who came, or another party."""
    if subject not in of.parties:
        return resident(topic, subject)
    return Notice(topic=topic, to="party", recipient=subject)


def raters(topic: str, of: Case) -> list[Notice]:
    """Everybody who rates for themselves."""
    return [rater(topic, subject, of) for subject in of.raters]


def residents(topic: str, of: Case) -> list[Notice]:
    """Every resident on the matter, each under their own number."""
    return [resident(topic, subject) for subject in carried.residents(of)]


def resident(topic: str, subject: str = REPORTER) -> Notice:
    """To a resident on the matter."""
    return Notice(topic=topic, to="resident", recipient=subject)
