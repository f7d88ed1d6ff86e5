"""A visit forgets what it found of a case whose people are erased (R14.4)."""

from dataclasses import replace

from domain import authority
from domain.refusals import Refused
from domain.sealing import CASE
from domain.values import SYSTEM
from domain.visit.commands import ForgetCase
from domain.visit.events import CaseForgotten
from domain.visit.state import Visit


def forget_case(visit: Visit, command: ForgetCase) -> tuple[CaseForgotten, ...]:
    """What the case was to be, and what was asked and found: it tells the place and the matter."""
    authority.system(command)
    if command.case_id not in visit.cases:
        raise Refused("not_of_this_visit", "R14.4", case=command.case_id)
    if command.case_id in visit.erased:
        raise Refused("already_erased", "R14.4", case=command.case_id)
    keys = tuple(each for each in (command.case_id, CASE) if each not in visit.erased)
    forgotten = CaseForgotten(
        at=command.at,
        by=SYSTEM,
        case_id=command.case_id,
        erasure_id=command.erasure_id,
        keys=keys,
    )
    return (forgotten,)


def forgotten(visit: Visit, event: CaseForgotten) -> Visit:
    """It is forgotten."""
    return replace(visit, erased=(*visit.erased, *event.keys))
