"""How often one network may ask within a minute."""

import pytest

from api import turns
from api.turns import Turns, network


def test_one_network_has_its_turns_and_the_others_have_theirs() -> None:
    found = Turns(most=3)
    assert [found.take("a") for _ in range(5)] == [True, True, True, False, False]
    assert found.take("b")


def test_a_minute_later_everybody_may_ask_again(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([1000.0, 1059.0, 1060.0, 1061.0])
    monkeypatch.setattr(turns, "monotonic", lambda: next(clock))
    found = Turns(most=1)
    assert [found.take("a") for _ in range(4)] == [True, False, True, False]


def test_a_household_is_one_network() -> None:
    assert network("2001:db8:1:2:3:4:5:6") == network("2001:db8:1:2::9") == "2001:db8:1:2::/64"
    assert network("192.0.2.7") == "192.0.2.7"
    assert network("somewhere") == "somewhere"
