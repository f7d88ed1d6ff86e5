"""Posting where the engine may fail: of cases that fail together, those are found that fail alone;
all others are posted. Knows neither the engine nor the database.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from store.views import Row

Posting = Callable[[Sequence[Row]], list[Row]]
Case = Sequence[Row]
"""All events of one case, from its first one on."""

TOO_MANY = 20
"""From as many failing cases on it is not the cases that are to blame."""


class CannotPost(Exception):
    """The engine could not post these events, and is as new again."""


def groups(sizes: Mapping[str, int], most: int, alone: Iterable[str]) -> Iterator[list[str]]:
    """The cases in groups of at most so many events each; a longer case, and each of `alone`, is
    a group of its own.
    """
    apart = set(alone)
    found: list[str] = []
    events = 0
    for case_id in sorted(sizes, key=lambda case_id: (case_id in apart, case_id)):
        if found and (case_id in apart or events + sizes[case_id] > most):
            yield found
            found, events = [], 0
        found.append(case_id)
        events += sizes[case_id]
    if found:
        yield found


def post(posting: Posting, cases: Sequence[Case]) -> tuple[list[Row], dict[str, str]]:
    """What the cases post, and why some cannot be posted; CannotPost if too many fail."""
    rows: list[Row] = []
    failed: dict[str, str] = {}
    waiting = [cases]
    while waiting:
        some = waiting.pop()
        try:
            rows += posting([row for case in some for row in case])
        except CannotPost as error:
            if len(some) > 1:
                half = len(some) // 2
                waiting += [some[half:], some[:half]]
                continue
            failed[some[0][0]["case_id"]] = str(error)
            if len(failed) >= TOO_MANY:
                raise
    return rows, failed
