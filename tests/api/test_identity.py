"""Ids made at the edge are the same for the same request, and nobody reaches another's."""

import re

import pytest

from api import identity
from api.auth import Principal
from store.keys import KeyRing

RING = KeyRing(b"k" * 32)
NOBODY = Principal(kind="nobody")
WANG = Principal(kind="staff", person_id="wang")
LI = Principal(kind="staff", person_id="li")
KEY = "key-00001"


def test_the_same_key_of_the_same_person_is_the_same_command() -> None:
    assert identity.command_id(WANG, "SW-1", KEY) == identity.command_id(WANG, "SW-1", KEY)


@pytest.mark.parametrize(
    "other",
    [
        identity.command_id(LI, "SW-1", KEY),
        identity.command_id(NOBODY, "SW-1", KEY),
        identity.command_id(WANG, "SW-2", KEY),
        identity.command_id(WANG, "SW-1", "key-00002"),
    ],
)
def test_another_person_case_or_key_is_another_command(other: str) -> None:
    assert other != identity.command_id(WANG, "SW-1", KEY)


def test_a_case_number_reads_well_on_the_phone() -> None:
    number = identity.case_number(WANG, KEY, b"{}", RING)
    assert re.fullmatch(identity.CASE_NUMBER, number)


def test_two_residents_with_the_same_key_get_two_cases_but_staff_repeat_theirs() -> None:
    ours, theirs = (identity.case_number(NOBODY, KEY, b, RING) for b in (b"{1}", b"{2}"))
    assert ours != theirs
    again, changed = (identity.case_number(WANG, KEY, b, RING) for b in (b"{1}", b"{2}"))
    assert again == changed


def test_a_case_number_cannot_be_computed_without_the_master_key() -> None:
    other = KeyRing(b"j" * 32)
    assert identity.case_number(NOBODY, KEY, b"{}", RING) != identity.case_number(
        NOBODY, KEY, b"{}", other
    )


@pytest.mark.parametrize(
    "written", ["19912345678", "+86 199 1234 5678", "8619912345678", "199-1234-5678"]
)
def test_a_phone_number_is_found_again_however_it_is_written(written: str) -> None:
    assert identity.phone_lookup(written, RING) == identity.phone_lookup("19912345678", RING)


def test_no_phone_number_is_found_by_nothing() -> None:
    assert identity.phone_lookup("", RING) == ""
