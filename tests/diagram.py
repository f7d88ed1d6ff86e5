"""The states of a case, found by trying: every command of every written life at every state.

``python -m tests.diagram`` writes docs/states.md again; a test says when it is out of date, and
when a command or a phase is missing from it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from domain.book import Book
from domain.case import decide, evolve, initial
from domain.commands import Command, Tick
from domain.refusals import Refused
from domain.state import Case
from domain.words import Phase
from tests.domain.story import CLOCK
from tests.domain.town import TOWN
from tests.store.lives import LIVES

PAGE = Path(__file__).parent.parent / "docs" / "states.md"
START = "[*]"
MOMENT = timedelta(seconds=1)
Moves = Mapping[tuple[str, str], frozenset[str]]
"""(phase before, phase after) → the commands that lead there; `tick` is time alone."""

HEAD = """# The states of a case

Every phase, and every command that may be given in it. Written by `python -m tests.diagram`, which
asks the domain itself; do not edit by hand. `tick` is time alone: a clock that ran out.

```mermaid
stateDiagram-v2
    direction TB
"""


def moves() -> Moves:
    """Every move found."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for case in states(TOWN):
        for command in tries(case):
            after = outcome(case, command, TOWN)
            if after is not None:
                found[phase(case), phase(after)].add(command.kind)
    return {edge: frozenset(kinds) for edge, kinds in found.items()}


def states(book: Book) -> Iterator[Case]:
    """Every state the written lives go through."""
    for name, commands in LIVES.items():
        case = initial(name)
        yield case
        for command in commands:
            case = outcome(case, command, book) or case
            yield case


def tries(case: Case) -> Iterator[Command]:
    """Every command of every life, as if given a moment after the case's last event."""
    for commands in LIVES.values():
        for command in commands:
            later = command.at if case.last_at is None else case.last_at + MOMENT
            yield replace(command, at=later)
    last = case.last_at
    if last is not None:
        for days in (1, 4, 8, 40):
            at = last + timedelta(days=days)
            yield Tick(command_id="t", at=at, actor=CLOCK)


def outcome(case: Case, command: Command, book: Book) -> Case | None:
    """The case after the command; None when it is refused."""
    try:
        events = decide(case, command, book)
    except Refused:
        return None
    for event in events:
        case = evolve(case, event)
    return case


def phase(case: Case) -> str:
    """The phase, or the beginning."""
    return case.phase.value if case.opened else START


def page() -> str:
    """The page as it ought to be."""
    found = moves()
    order = [START, *(p.value for p in Phase)]
    edges = sorted(found, key=lambda edge: (order.index(edge[0]), order.index(edge[1])))
    drawn = [
        f"    {before} --> {after}: {'<br/>'.join(sorted(found[before, after]))}"
        for before, after in edges
        if before != after
    ]
    return HEAD + "\n".join(drawn) + "\n```\n\n" + _table(found, order[1:])


def _table(found: Moves, phases: list[str]) -> str:
    rows = ["| in phase | may be given, and the phase stays |", "| --- | --- |"]
    for each in phases:
        stays = ", ".join(f"`{kind}`" for kind in sorted(found.get((each, each), ())))
        rows.append(f"| `{each}` | {stays or '–'} |")
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
