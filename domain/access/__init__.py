"""The access record (R14.5): what was looked at, tried and opened. Nothing is decided here.

A process that shows personal data keeps a stream of its own; such a stream has no state.
"""

from dataclasses import dataclass

from domain.access.events import AccessEvent
from domain.values import By

UNKNOWN = By(person_id="unknown")
"""Somebody who did not show who they are."""
CONSOLE = By(person_id="console")
"""Whoever types commands on the machine itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """One process's part of the record: no more is kept of it than its id."""

    stream: str


def initial(stream: str) -> Access:
    """Before anything was recorded; and after."""
    return Access(stream=stream)


def evolve(access: Access, _event: AccessEvent) -> Access:
    """What was recorded changes nothing."""
    return access
