"""§2, R1.1: a post that ends by its date hands over what it has, as one that is ended does.

Dates come and go with commands and with files: the plans are held against the book after each step.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from domain.commands import Tick
from domain.office import changes
from domain.office.commands import LoadBooks, OfficeCommand
from domain.office.events import (
    ChangeCancelled,
    ChangeRoot,
    HandOverCalledOff,
    HandOverPlanned,
    OfficeEvent,
    PolicyPublished,
    PostEnded,
)
from domain.office.hand_overs import ANSWERING
from domain.office.records import NOTHING, Records
from domain.office.state import HandOver, Office
from domain.organisation import Post
from domain.values import SYSTEM


def planned(
    office: Office, command: OfficeCommand, decided: Sequence[OfficeEvent], records: Records
) -> tuple[OfficeEvent, ...]:
    """A plan for each post whose last moment has none; none for a last moment that is no more."""
    ahead = _ahead(decided, records)
    posts = changes.organisation(records.book.organisation, ahead).posts
    heirs = {e.post_id: e.successor for e in ahead if isinstance(e, PostEnded)}
    plans = {h.post_id: h for h in office.hand_overs}
    found = list[OfficeEvent]()
    for post_id in dict.fromkeys([*plans, *(p for p in posts if posts[p].valid_until)]):
        plan, end = plans.get(post_id), _end(posts.get(post_id), command, records)
        if end is None and _ahead_of(plan, records):
            found.append(HandOverCalledOff(at=command.at, by=SYSTEM, post_id=post_id))
        elif end is not None and (plan is None or (_ahead_of(plan, records) and plan.at != end)):
            heir = heirs.get(post_id)
            found.append(
                HandOverPlanned(
                    at=command.at, by=SYSTEM, post_id=post_id, successor=heir, starts_at=end
                )
            )
    return tuple(found)


def _ahead(decided: Sequence[OfficeEvent], records: Records) -> list[Any]:
    """Every change that is not in the book yet, in the order in which they take effect."""
    gone = {e.change for e in decided if isinstance(e, ChangeCancelled)}
    kept = [p.event for p in records.planned if p.number not in gone]
    new = [e for e in decided if isinstance(e, ChangeRoot) and not isinstance(e, PolicyPublished)]
    return sorted([*kept, *new], key=lambda event: event.effective_from)


def _end(post: Post | None, command: OfficeCommand, records: Records) -> datetime | None:
    """When the cases of the post have to go; None for never. Of a post that is over, which the
    office finds when it looks for itself, at once: files may say so of a day that is past.
    """
    if post is None or post.role not in ANSWERING or post.valid_until is None:
        return None
    if post.valid_until > records.now:
        return post.valid_until
    work = records.post_work.get(post.post_id, NOTHING)
    looks = isinstance(command, Tick | LoadBooks)
    return records.now if looks and (work.in_charge or work.officer) else None


def _ahead_of(plan: HandOver | None, records: Records) -> bool:
    """Whether the plan is for a day to come, and was not begun before."""
    return plan is not None and not plan.begun and not plan.attempt and plan.at > records.now
