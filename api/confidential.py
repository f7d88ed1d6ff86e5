"""A case's history as a member of staff may read it: words that are not for them are covered."""

from dataclasses import replace

from domain.confidentiality import CONFIDENTIAL, readable
from domain.organisation import Post
from store import codec
from store.reading import History


def as_read_by(history: History, person_id: str, posts: tuple[Post, ...]) -> History:
    """The history with every text covered that is confidential to others (R7.1).

    Of a past one only those are open that were so then and are so now: who may no longer read the
    words of a dispute does not read them by asking for last week's answer.
    """
    may = _readable(history, person_id, posts)
    if history.whole is not None:
        still = _readable(history.whole, person_id, posts)
        may = tuple(now and then for now, then in zip(still, may, strict=False))
    lines = tuple(
        line if open_ else replace(line, event=codec.covered(line.event, CONFIDENTIAL))
        for line, open_ in zip(history.lines, may, strict=True)
    )
    return replace(history, lines=lines)


def _readable(history: History, person_id: str, posts: tuple[Post, ...]) -> tuple[bool, ...]:
    events = tuple(line.event for line in history.lines)
    return readable(history.case, events, person_id, posts)
