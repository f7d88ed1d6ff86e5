"""Chapter R11: what is held against staff, and the one appeal against each of it.

Who judges had no part in the case: not in charge of it, nothing done, decided or ordered in it.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from domain import authority, clocks, owing, questions, routing
from domain.book import Book
from domain.commands import Appeal, DecideAppeal
from domain.events import (
    AppealDecided,
    Appealed,
    ClockBroken,
    ClockWarned,
    Event,
    Rated,
    RatingExcluded,
    Recurred,
    SupervisionOrdered,
)
from domain.organisation import Post
from domain.refusals import Refused
from domain.state import Case, changed
from domain.state.redress import Charge, Exclusion, charge_name, rating_name
from domain.values import By
from domain.words import QuestionKind, Role, WarningLevel
from domain.words.redress import ChargeKind, ExcludedBecause

APPEAL = QuestionKind.APPEAL

# -- what is held against whom -----------------------------------------------


def charged(case: Case, event: Event) -> Charge | None:
    """What the event, just made, holds against somebody."""
    match event:
        case Rated():
            return _of_rating(case, event)
        case ClockBroken():
            return _of_clock(case, ChargeKind.BREACH, event)
        case ClockWarned(level=WarningLevel.YELLOW):
            return _of_clock(case, ChargeKind.YELLOW_CARD, event)
        case SupervisionOrdered():
            return _charge(case, ChargeKind.ORDER, str(len(case.orders)), event)
        case Recurred():
            return _of_resolver(case, ChargeKind.RECURRENCE, event.later, event)
        case _:
            return None


def _charge(case: Case, kind: ChargeKind, about: str, event: Event) -> Charge:
    """Against who is in charge."""
    stint = case.stint
    return Charge(
        kind=kind,
        about=about,
        at=event.at,
        unit_id=stint.unit_id,
        post_id=stint.post_id,
        person_id=stint.person_id,
    )


def _of_rating(case: Case, event: Rated) -> Charge:
    name = rating_name(event.round, event.subject)
    return _of_resolver(case, ChargeKind.RATING, name, event)


def _of_resolver(case: Case, kind: ChargeKind, about: str, event: Event) -> Charge:
    """Against who resolved, whoever took the post over since."""
    charge, resolver = _charge(case, kind, about, event), case.redress.resolver
    if resolver is None:
        return charge
    return replace(charge, post_id=resolver.post_id or "", person_id=resolver.person_id)


def _of_clock(case: Case, kind: ChargeKind, event: ClockBroken | ClockWarned) -> Charge | None:
    """Against who owed what the clock counts; nothing against a partner, who is no staff."""
    owes = owing.debtor(case, event.clock_id)
    if owes is None:
        return None
    return replace(
        _charge(case, kind, event.clock_id, event),
        unit_id=owes.unit_id,
        post_id=owes.post_id,
        person_id=event.person_id or owes.person_id,
    )


# -- appealing ---------------------------------------------------------------


def appeal(case: Case, command: Appeal, book: Book) -> tuple[Event, ...]:
    """Once for each thing, in the policy's time, by who is concerned or their supervisor."""
    charge = case.redress.charge(command.against, command.about)
    if charge is None:
        raise Refused("nothing_to_appeal", "R11", against=command.against)
    by = _concerned(charge, command, book)
    if charge.appellant:
        raise Refused("already_appealed", "R11", against=command.against)
    if case.redress.excluded(charge.kind, charge.about):
        raise Refused("already_excluded", "R11", against=command.against)
    until = open_until(case, charge, book)
    if command.at >= until:
        raise Refused("appeal_too_late", "R11", until=until.isoformat())
    asked = {q.person_id for q in case.questions if q.person_id}
    barred = _had_a_part(case) | asked | {by.person_id}
    unit_id = routing.impartial(charge.unit_id, command.at, book, barred=barred)
    question, clock = questions.put(
        case, APPEAL, unit_id, command.at, book, about=charge.name, barred=barred, outlives=True
    )
    return (
        Appealed(
            at=command.at,
            by=by,
            against=charge.kind,
            about=charge.about,
            text=command.text,
            question=question,
            clocks=(clock,),
        ),
    )


def open_until(case: Case, charge: Charge, book: Book) -> datetime:
    """Until when who is charged may appeal."""
    span = book.policies[case.policy].redress.appeal_within
    return clocks.end_of(span, charge.at, charge.unit_id, book)


def rights(case: Case, book: Book) -> Iterator[datetime]:
    """Until when each thing that counts against somebody may be appealed, that was not yet. Of
    ratings the bad ones: a good one counts against nobody.
    """
    known = case.redress
    bad = {rating_name(each.round, who) for each in known.reviews for who in each.subjects}
    for charge in known.charges:
        harmless = charge.kind is ChargeKind.RATING and charge.about not in bad
        if not (harmless or charge.appellant or known.excluded(charge.kind, charge.about)):
            yield open_until(case, charge, book)


def _concerned(charge: Charge, command: Appeal, book: Book) -> By:
    """The person or post it is held against, or the supervisor of the unit.

    Where the unit has none, the nearest superior's.
    """
    path = book.organisation.path(charge.unit_id)
    heads = (u for u in path if book.organisation.acting(u, Role.SUPERVISOR, command.at))
    head = next(heads, None)

    def fits(post: Post) -> bool:
        own = charge.person_id == command.actor.person_id or charge.post_id == post.post_id
        return own or (post.role is Role.SUPERVISOR and post.unit_id == head)

    return authority.acting(command, book, fits, "who it is held against, or their supervisor")


def _had_a_part(case: Case) -> frozenset[str]:
    """Everybody who answered for the case or acted in it."""
    hands = (person for _, person in case.redress.hands)
    return frozenset({*hands, *case.redress.acted})


def appealed(case: Case, event: Appealed) -> Case:
    """Contested once; the question outlives the case."""
    charges = tuple(
        replace(charge, appellant=event.by.person_id)
        if (charge.kind, charge.about) == (event.against, event.about)
        else charge
        for charge in case.redress.charges
    )
    case = changed(case, redress=replace(case.redress, charges=charges))
    return questions.opened(case, event.question, event.clocks)


# -- adjudicating ------------------------------------------------------------


def decide_appeal(case: Case, command: DecideAppeal, book: Book) -> tuple[Event, ...]:
    """Upheld, it does not count; who acted in the case since it was put is barred as well."""
    question = questions.find(case, APPEAL, charge_name(command.against, command.about))
    if question is None:
        raise Refused("no_appeal_open", "R11", against=command.against)
    barred = _had_a_part(case).union(question.barred)
    question = replace(question, barred=tuple(sorted(barred)))
    by = questions.decider(case, question, command, book)
    decided = AppealDecided(
        at=command.at,
        by=by,
        against=command.against,
        about=command.about,
        upheld=command.upheld,
        text=command.text,
    )
    rating = command.upheld and command.against is ChargeKind.RATING
    if not rating or case.redress.excluded(command.against, command.about):
        return (decided,)
    number, _, subject = command.about.partition("/")
    excluded = RatingExcluded(
        at=command.at, by=by, round=int(number), subject=subject, why=ExcludedBecause.APPEAL
    )
    return decided, excluded


def decided(case: Case, event: AppealDecided) -> Case:
    """The question is answered; of a rating the next event says that it is excluded."""
    case = questions.answered(case, APPEAL, event.at, charge_name(event.against, event.about))
    if not event.upheld or event.against is ChargeKind.RATING:
        return case
    exclusion = Exclusion(
        kind=event.against,
        about=event.about,
        why=ExcludedBecause.APPEAL,
        at=event.at,
        version=case.version,
        unit_id=event.by.unit_id or "",
        person_id=event.by.person_id,
    )
    redress = replace(case.redress, exclusions=(*case.redress.exclusions, exclusion))
    return changed(case, redress=redress)
