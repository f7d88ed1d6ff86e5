"""Asking that somebody be forgotten: by whom, in which cases, and who has to agree (R14.4)."""

from dataclasses import replace

from domain import authority, routing
from domain.book import Book
from domain.erasure import approval, erasable
from domain.erasure.commands import RequestErasure, Target
from domain.erasure.events import ErasureRequested
from domain.erasure.state import Erasure
from domain.organisation import Post
from domain.refusals import Refused
from domain.remembered import Remembered
from domain.values import REPORTER, SYSTEM, By, Versions
from domain.words import ActorKind, Role
from domain.words.erasure import ErasureState


def request_erasure(erasure: Erasure, command: RequestErasure, book: Book) -> ErasureRequested:
    """A data protection officer asks for cases below; another person decides."""
    if erasure.asked_at is not None:
        raise Refused("erasure_exists", "R14.4", erasure=erasure.erasure_id)
    if not command.targets:
        raise Refused("targets_missing", "R14.4")
    proposed = command.actor.kind is ActorKind.SYSTEM
    cases = _cases(command.targets, book)
    unit_id = _over([case.unit_id for case in cases], book)
    by = SYSTEM if proposed else _asker(command, unit_id, book)
    targets = tuple(dict.fromkeys(_own(each, book) for each in command.targets))
    erasable.need_erasable(targets, by, command.at, book)
    barred = frozenset({by.person_id}).union(*(case.hands for case in cases))
    fresh = replace(erasure, policy=book.policy, unit_id=unit_id)
    question, clock = approval.ask(fresh, unit_id, command.at, book, barred, proposed=proposed)
    return ErasureRequested(
        at=command.at,
        by=by,
        targets=targets,
        unit_id=unit_id,
        ground=command.ground,
        text=command.text,
        proposed=proposed,
        versions=_versions(book),
        question=question,
        clocks=(clock,),
    )


def _cases(targets: tuple[Target, ...], book: Book) -> list[Remembered]:
    """The cases it speaks of, or a refusal: no such case."""
    for each in targets:
        if each.case_id not in book.remembered:
            raise Refused("no_such_case", "R14.4", case=each.case_id)
    return [book.remembered[each.case_id] for each in targets]


def _over(units: list[str], book: Book) -> str:
    """The lowest unit over all the cases."""
    return routing.common_superior(tuple(units), book.organisation) or units[0]


def _asker(command: RequestErasure, unit_id: str, book: Book) -> By:
    path = book.organisation.path(unit_id)

    def fits(post: Post) -> bool:
        return post.role is Role.DATA_PROTECTION and post.unit_id in path

    return authority.acting(command, book, fits, f"a data protection officer over {unit_id}")


def _own(target: Target, book: Book) -> Target:
    """A joined case's resident is forgotten where they came: there, and in every lead of it."""
    there = target.subject in book.remembered and target.subject != target.case_id
    return Target(case_id=target.subject, subject=REPORTER) if there else target


def _versions(book: Book) -> Versions:
    return Versions(
        policy=book.policy,
        catalogue=book.catalogue.version,
        organisation=book.organisation.version,
        calendar=book.calendar.version,
    )


def requested(erasure: Erasure, event: ErasureRequested) -> Erasure:
    """It is asked for, and somebody has to decide."""
    state = ErasureState.PROPOSED if event.proposed else ErasureState.AWAITING_APPROVAL
    return approval.asked(
        replace(
            erasure,
            state=state,
            targets=event.targets,
            left=event.targets,
            unit_id=event.unit_id,
            ground=event.ground,
            asker=event.by,
            policy=event.versions.policy,
            asked_at=event.at,
        ),
        event,
    )
