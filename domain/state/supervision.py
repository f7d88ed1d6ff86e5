"""What a case remembers of a supervision order that waits. Values only; see `supervision`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An order that waits for its answer, on the clock `clock_id`.

    `told` (person ids) hear the answer: who was asked to see to it, also before it went higher;
    `given_by` are those of them who gave it themselves, none where a rule did.
    """

    clock_id: str
    told: tuple[str, ...] = ()
    given_by: tuple[str, ...] = ()
