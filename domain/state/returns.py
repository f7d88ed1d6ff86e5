"""State of chapters R4.2 and R4.5: how often a case was sent back, and whose it is said to be."""

from dataclasses import dataclass

from domain.values import Seat


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A department that was asked to take the case over; open while its clock runs."""

    unit_id: str
    post_id: str
    person_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Returns:
    """`other` is the unit that the one in charge says it is (open while the question is);
    `bound` are those an adjudication named: they return it no more.
    """

    count: int = 0
    other: Seat | None = None
    bound: tuple[Seat, ...] = ()
    offer: Offer | None = None


NEVER = Returns()
