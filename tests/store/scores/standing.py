"""What stands in the ledger of one case while the oracle reads it, and how that is posted."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from domain.events import Rated, Registered
from domain.state import Case

Key = tuple[Any, ...]
Said = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Carrier:
    unit_id: str
    person_id: str = ""
    stage: str | None = None
    carrier: str = "unit"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How one thing counts now: the four numbers and all that its posting says."""

    who: Carrier
    counted_at: datetime
    numbers: tuple[int, int, int, int]
    about: str = ""
    charge: str = ""
    round: int = 1
    subject: str = ""
    item_id: str = ""
    class_id: str = ""
    role: str = "owner"
    helpers: int = 0
    side: int = 0
    """The event that decides whether it counts apart (R13); of 0 the one that posts it."""


ASKED, HIT, MISS, OUT = (0, 0, 1, 0), (1, 1, 0, 0), (0, 1, 0, 0), (0, 0, 0, 1)
OF, AMONG = (1, 0, 0, 0), (0, 1, 0, 0)


@dataclass
class Asked:
    """One resident asked in one round, and what became of it."""

    at: datetime
    rated: Rated | None = None
    excluded: bool = False
    gone: bool = False


@dataclass
class Ledger:
    """The case so far, and what stands in the ledger of it."""

    case: Case
    version: int = 0
    known_at: datetime | None = None
    registered: Registered | None = None
    posted: list[Said] = field(default_factory=list)
    standing: dict[Key, tuple[int, Standing]] = field(default_factory=dict)
    asked_for: int | None = None
    """Since which event a resident asks for what staff had brought up."""

    def stand(self, key: Key, now: Standing | None, because: str = "", why: str = "") -> None:
        """From here on the thing counts like that; what stood there is taken back."""
        was = self.standing.pop(key, None)
        if was is not None:
            a, b, c, d = was[1].numbers
            back = replace(was[1], numbers=(-a, -b, -c, -d), charge="", side=was[1].side or was[0])
            self._post(key[0], back, was[0], because)
        if now is not None:
            self.standing[key] = (self.version, now)
            self._post(key[0], now, None, why)

    def add(self, measure: str, now: Standing) -> None:
        """Counts once and for all."""
        self._post(measure, now, None, "")

    def _post(self, measure: str, what: Standing, corrects: int | None, because: str) -> None:
        assert self.registered is not None
        numbers = ("numerator", "denominator", "unanswered", "excluded")
        said = {
            **{name: getattr(what, name) for name in what.__dataclass_fields__},
            **vars(what.who),
            **dict(zip(numbers, what.numbers, strict=True)),
            "case_id": self.case.case_id,
            "version": self.version,
            "measure": measure,
            "known_at": self.known_at,
            "corrects": corrects,
            "because": because,
            "proactive": self.registered.proactive and not self._asked(what.side or self.version),
            "imported": self.registered.external is not None,
        }
        del said["who"], said["numbers"], said["side"]
        self.posted.append(said)

    def _asked(self, side: int) -> bool:
        return self.asked_for is not None and side >= self.asked_for

    def of(
        self, who: Carrier, at: datetime, numbers: tuple[int, int, int, int], **more: Any
    ) -> Standing:
        fields: Said = {"round": self.case.round, "item_id": self.case.item_id}
        fields |= {"class_id": self.case.class_id}
        return Standing(who=who, counted_at=at, numbers=numbers, **(fields | more))
