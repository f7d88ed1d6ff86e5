"""The case as an aggregate of pyeventsourcing, as its documentation writes them.

It keeps what the fold keeps: stints, clocks, phase, who acted last. Value objects go through custom
transcodings; enumerations outside of them stay text, which spares it work.
"""

import importlib
from datetime import datetime
from typing import Any

from domain.events import Event
from domain.values import By, Clock, Mark
from domain.words import Basis, ClockKind, WarningLevel
from store.codec import adapter

_domain: Any = importlib.import_module("eventsourcing.domain")
_application: Any = importlib.import_module("eventsourcing.application")
_persistence: Any = importlib.import_module("eventsourcing.persistence")


class ByAsDict(_persistence.Transcoding):  # type: ignore[misc]
    """Who acted, as JSON."""

    type = By
    name = "by"

    def encode(self, obj: By) -> dict[str, Any]:
        """To JSON."""
        return {"person_id": obj.person_id, "post_id": obj.post_id, "unit_id": obj.unit_id}

    def decode(self, data: dict[str, Any]) -> By:
        """From JSON."""
        return By(**data)


class MarkAsDict(_persistence.Transcoding):  # type: ignore[misc]
    """A clock's warning, as JSON."""

    type = Mark
    name = "mark"

    def encode(self, obj: Mark) -> dict[str, Any]:
        """To JSON."""
        return {"level": obj.level.value, "at": obj.at.isoformat()}

    def decode(self, data: dict[str, Any]) -> Mark:
        """From JSON."""
        return Mark(level=WarningLevel(data["level"]), at=datetime.fromisoformat(data["at"]))


TIMES = ("started_at", "running_from", "due_at")


class ClockAsDict(_persistence.Transcoding):  # type: ignore[misc]
    """A clock, as JSON."""

    type = Clock
    name = "clock"

    def encode(self, obj: Clock) -> dict[str, Any]:
        """To JSON; its marks by their own transcoding."""
        found = {name: getattr(obj, name) for name in Clock.__dataclass_fields__}
        found |= {name: found[name].isoformat() for name in TIMES}
        return found | {"marks": list(obj.marks), "kind": str(obj.kind), "basis": str(obj.basis)}

    def decode(self, data: dict[str, Any]) -> Clock:
        """From JSON."""
        data |= {name: datetime.fromisoformat(data[name]) for name in TIMES}
        data |= {"kind": ClockKind(data["kind"]), "basis": Basis(data["basis"])}
        return Clock(**data | {"marks": tuple(data["marks"])})


class CaseAggregate(_domain.Aggregate):  # type: ignore[misc]
    """A case; every event applies itself."""

    def __init__(self, opening: dict[str, Any]) -> None:
        self.opening = opening
        self.stints: list[dict[str, Any]] = []
        self.clocks: dict[str, Clock] = {c.clock_id: c for c in opening["clocks"]}
        self.phase = "awaiting_acceptance"
        self.last_at = opening["at"]
        self.last_by = opening["by"]

    class Happened(_domain.Aggregate.Event):  # type: ignore[misc]
        """What every event carries; each kind adds its own fields."""

        at: datetime
        by: By

        def apply(self, aggregate: Any) -> None:  # noqa: ANN401 - not typed where not installed
            """What all events change, then what this kind changes."""
            aggregate.last_at = self.at
            aggregate.last_by = self.by
            for clock in getattr(self, "clocks", ()):
                aggregate.clocks[clock.clock_id] = clock
            self.change(aggregate)

        def change(self, aggregate: Any) -> None:  # noqa: ANN401 - as above
            """Nothing more, unless the kind says so."""

    class Arrived(Happened):
        """A unit's turn began."""

        clocks: list[Clock]
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

        clocks: list[Clock]
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

        clocks: list[Clock]
        ground: str
        text: str

        def change(self, aggregate: Any) -> None:  # noqa: ANN401 - as above
            """Note the ground."""
            aggregate.stints[-1].setdefault("grounds", []).append(self.ground)
            aggregate.phase = "suspended"

    class Resumed(Happened):
        """It runs again."""

        clocks: list[Clock]
        automatic: bool
        text: str

        def change(self, aggregate: Any) -> None:  # noqa: ANN401 - as above
            """Back to work."""
            aggregate.phase = "in_progress"

    class Told(Happened):
        """Something was said; nothing else changes."""

        text: str

    class Added(Happened):
        """A resident said more; nothing else changes."""

        text: str
        subject: str

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
    "case.information_added": CaseAggregate.Added,
    "case.escalated": CaseAggregate.Escalated,
}


class Rebuilder:
    """An application with its default store (plain objects in memory, JSON transcoder)."""

    def __init__(self, events: list[Event]) -> None:
        self._application = _application.Application()
        for transcoding in (ByAsDict, MarkAsDict, ClockAsDict):
            self._application.mapper.transcoder.register(transcoding())
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
    found: dict[str, Any] = adapter(cls).dump_python(event, mode="json")
    del found["kind"]
    typed: dict[str, Any] = {"at": event.at, "by": event.by}
    if hasattr(event, "clocks"):
        typed["clocks"] = list(event.clocks)
    return found | typed
