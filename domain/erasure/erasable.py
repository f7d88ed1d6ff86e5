"""What stands against forgetting somebody (R14.4), when it is asked for and when agreed to."""

from datetime import datetime, timedelta

from domain.book import Book
from domain.erasure.commands import Target
from domain.refusals import Refused
from domain.remembered import Remembered
from domain.values import By


def need_erasable(targets: tuple[Target, ...], by: By, at: datetime, book: Book) -> None:
    """Refuse who is not there, is gone already or still owed something, and what law still needs.

    Nobody decides where they had the case in hand: the record of what they did stands against
    forgetting it.
    """
    for each in targets:
        case = book.remembered[each.case_id]
        if each.subject not in case.people:
            raise Refused("no_such_subject", "R14.4", case=each.case_id, subject=each.subject)
        if each.subject in case.erased:
            raise Refused("already_erased", "R14.4", case=each.case_id, subject=each.subject)
        if by.person_id in case.hands:
            raise Refused("own_matter", "R14.4", forbidden=True, case=each.case_id)
        need_over(case, at, book)


def need_over(case: Remembered, at: datetime, book: Book) -> None:
    """The case and those it was carried on in are over, nobody may contest anything of them any
    more, and no court waits for their words. A refusal says in which of them it stands: `where`.
    """
    days = book.policies[book.policy].keeping.referred
    for each in (case.case_id, *case.leads):
        other, here = book.remembered[each], case.case_id
        if not other.over:
            raise Refused("case_open", "R14.4", case=here, where=each)
        until = other.rights_until
        if until is not None and at < until:
            raise Refused("right_open", "R14.4", case=here, where=each, until=until.isoformat())
        held = other.referred_at and other.referred_at + timedelta(days=days)
        if held is not None and held > at:
            raise Refused("legal_hold", "R14.4", case=here, where=each, until=held.isoformat())
