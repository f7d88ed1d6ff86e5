"""The case as an aggregate of pyeventsourcing, as its documentation writes them.

It keeps what the fold keeps (stints, clocks, phase); clocks stay dictionaries, which spares it work.
"""

import importlib
from datetime import datetime
from typing import Any

from domain.events import Event
from store.codec import adapter

_domain: Any = importlib.import_module("eventsourcing.domain")
_application: Any = importlib.import_module("eventsourcing.application")


class CaseAggregate(_domain.Aggregate):  # type: ignore[misc]
    """A case; every event applies itself."""

    def __init__(self, opening: dict[str, Any]) -> None:
        self.opening = opening
        self.stints: list[dict[str, Any]] = []
        self.clocks: dict[str, dict[str, Any]] = {c["clock_id"]: c for c in opening["clocks"]}
        self.phase = "awaiting_acceptance"
        self.last_at = opening["at"]

    class Happened(_domain.Aggregate.Event):  # type: ignore[misc]
        """What every event carries; each kind adds its own fields."""

        at: datetime
        by: dict[str, Any]

        def apply(self, aggregate: Any) -> None:  # noqa: ANN401 - not typed where not installed
            """What all events change, then what this kind changes."""
            aggregate.last_at = self.at
            for clock in getattr(self, "clocks", ()):
                aggregate.clocks[clock["clock_id"]] = clock
            self.change(aggregate)

        def change(self, aggregate: Any) -> None:  # noqa: ANN401 - as above
            """Nothing more, unless the kind says so."""

    class Arrived(Happened):
        """A unit's turn began."""

        clocks: list[dict[str, Any]]
        stage: str
        unit_id: str
        person_id: str
        post_id: str
        accepted: bool
        passed: list[str]
        organisation: str

        def change(self, aggregate: Any) -> None:  # noqa: ANN401 - as above
            """End the stint before, begin the next."""
            if aggregate.stints:
                aggregate.stints[-1]["left_at"] = self.at
            stint = {"stage": self.stage, "unit_id": self.unit_id, "person_id": self.person_id}
            aggregate.stints.append({**stint, "entered_at": self.at, "progress": 0})
            aggregate.phase = "in_progress" if self.accepted else "awaiting_acceptance"

    class Accepted(Happened):
        """Somebody took it on."""

        clocks: list[dict[str, Any]]
        person_id: str
        post_id: str

        def change(self, aggregate: Any) -> None:  # noqa: ANN401 - as above
            """The stint is accepted."""
            aggregate.stints[-1]["accepted_at"] = self.at
            aggregate.phase = "in_progress"

    class ProgressRecorded(Happened):
        """Work was written down."""

        text: str

        def change(self, aggregate: Any) -> None:  # noqa: ANN401 - as above
            """Count it."""
            aggregate.stints[-1]["progress"] += 1

    class Suspended(Happened):
        """The handling clock stopped."""

        clocks: list[dict[str, Any]]
        ground: str
        text: str

        def change(self, aggregate: Any) -> None:  # noqa: ANN401 - as above
            """Note the ground."""
            aggregate.stints[-1].setdefault("grounds", []).append(self.ground)
            aggregate.phase = "suspended"

    class Resumed(Happened):
        """It runs again."""

        clocks: list[dict[str, Any]]
        automatic: bool
        text: str

        def change(self, aggregate: Any) -> None:  # noqa: ANN401 - as above
            """Back to work."""
            aggregate.phase = "in_progress"

    class Told(Happened):
        """Something was said; nothing else changes."""

        text: str

    class Escalated(Happened):
        """It left for a higher rung."""

        reason: str
        automatic: bool
        clock_id: str | None
        text: str


KINDS = {
    "case.arrived": CaseAggregate.Arrived,
    "case.accepted": CaseAggregate.Accepted,
    "case.progress_recorded": CaseAggregate.ProgressRecorded,
    "case.suspended": CaseAggregate.Suspended,
    "case.resumed": CaseAggregate.Resumed,
    "case.handed_over": CaseAggregate.Told,
    "case.information_added": CaseAggregate.Told,
    "case.escalated": CaseAggregate.Escalated,
}


class Rebuilder:
    """An application with its default store (plain objects in memory, JSON transcoder)."""

    def __init__(self, events: list[Event]) -> None:
        self._application = _application.Application()
        opening, *others = events
        aggregate = CaseAggregate(opening=_fields(opening))
        for event in others:
            aggregate.trigger_event(KINDS[event.kind], **_fields(event))
        self._application.save(aggregate)
        self._id = aggregate.id

    def rebuild(self) -> int:
        """Rebuild the aggregate from its stored events; its version."""
        return int(self._application.repository.get(self._id).version)


def _fields(event: Event) -> dict[str, Any]:
    cls: type = type(event)
    found: dict[str, Any] = _plain(adapter(cls).dump_python(event))
    del found["kind"]
    return found


def _plain(value: Any) -> Any:  # noqa: ANN401 - JSON with datetimes
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return str(value) if isinstance(value, str) else value
