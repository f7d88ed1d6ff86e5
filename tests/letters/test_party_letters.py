"""R7.1, R7.6: a party's letter brings its own link, or the one that rates, and no word of it."""

import pytest

from letters.frame import Facts, letter

pytestmark = pytest.mark.rule("R7.1", "R7.6")

LINK = "https://example.org/party/SW-0000-0000-0001#secret"
RATE = "https://example.org/rate/SW-0000-0000-0001#secret"
FACTS = Facts(case_id="SW-0000-0000-0001", title="李家堆物", unit="柳荫里", party_link=LINK)


def test_a_party_is_asked_by_its_own_link() -> None:
    written = letter("mediation.opened", "party", FACTS, "zh")
    assert LINK in written.text
    assert "李家堆物" not in written.text + written.subject
    assert LINK in letter("agreement.drafted", "party", FACTS, "en").text


def test_when_it_is_to_be_rated_the_link_that_rates_comes_first() -> None:
    facts = Facts(case_id="SW-0000-0000-0001", party_link=LINK, rating_link=RATE)
    written = letter("case.resolved", "party", facts, "zh")
    assert RATE in written.text
    assert LINK not in written.text
