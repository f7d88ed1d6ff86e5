"""A case's history as a member of staff may read it: words that are not for them are covered."""

from dataclasses import replace

from domain.confidentiality import CONFIDENTIAL, readable
from domain.organisation import Post
from store import codec
from store.reading import History


def as_read_by(history: History, person_id: str, posts: tuple[Post, ...]) -> History:
    """The history with every text covered that is confidential to others (R7.1)."""
    case = history.case
    if case.dispute is None:
        return history
    events = tuple(line.event for line in history.lines)
    lines = tuple(
        line if may else replace(line, event=codec.covered(line.event, CONFIDENTIAL))
        for line, may in zip(history.lines, readable(case, events, person_id, posts), strict=True)
    )
    return History(case=case, lines=lines)
