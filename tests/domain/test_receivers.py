"""R4.4, R6.7: who is told when a unit is told."""

import pytest

from domain.book import Book
from domain.receivers import Receiver, receivers
from domain.words import Role
from tests.domain.town import TOWN, local, post, town, without


def told(unit_id: str, book: Book = TOWN, at: str = "03-02 12:00") -> set[str]:
    found = receivers("unit", unit_id, book.organisation, local(at))
    assert {receiver.kind for receiver in found} <= {"person"}
    return {receiver.name for receiver in found}


@pytest.mark.parametrize("kind", ["person", "resident", "party", "partner", "anything"])
def test_whoever_is_no_unit_is_told_as_such(kind: str) -> None:
    found = receivers(kind, "gao", TOWN.organisation, local("03-02 12:00"))
    assert found == (Receiver(kind, "gao"),)


def test_of_a_unit_those_who_handle_and_those_who_supervise_are_told_and_nobody_else() -> None:
    assert told("orchard-1") == {"gao", "guo"}
    assert told("bridge") == {"su", "xu"}
    assert told("east") == {"xie"}


def test_a_stand_in_is_told_in_the_place_of_the_absent() -> None:
    assert told("orchard-1", at="03-09 12:00") == {"gan", "guo"}


def test_where_nobody_is_on_duty_the_next_superior_is_told() -> None:
    assert told("orchard-2") == {"cao"}


def test_a_unit_with_clerks_alone_tells_its_clerks() -> None:
    clerks = post("clerk-orchard", "mei", Role.FIRST_CONTACT_CLERK, "orchard-1")
    assert told("orchard-1", town(posts=(*without("grid-1", "grid-1b"), clerks))) == {"mei"}


def test_nobody_is_told_where_nobody_is() -> None:
    assert told("orchard-1", town(posts=())) == set()
    assert told("torn down") == set()
