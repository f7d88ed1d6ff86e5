"""Chapter R6.6: when an open case shows a yellow card. The red one is the breach itself."""

from collections.abc import Iterator
from datetime import datetime

from domain.state import Case, Running
from domain.words import WarningLevel


def yellow_at(case: Case) -> datetime | None:
    """When the first card falls, or fell, of the clocks that are owed and not broken; None for
    clocks too short for one.
    """
    return min((at for r in case.clocks for at in _falls(r)), default=None)


def _falls(running: Running) -> Iterator[datetime]:
    if not running.owed or not running.live:
        return
    ahead = [mark.at for mark in running.clock.marks if mark.level is WarningLevel.YELLOW]
    if ahead:
        yield ahead[0]
    elif WarningLevel.YELLOW in running.warned:  # before it was set again: it stays shown
        yield running.clock.running_from
