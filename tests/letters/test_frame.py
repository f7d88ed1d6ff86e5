"""How a letter is put together: only what is known is said, and to each reader what is theirs."""

from datetime import datetime

import pytest

from domain.words import Phase
from letters.frame import OWED, Facts, letter
from letters.texts import Language

DUE = datetime(2026, 3, 2, 11, 10)  # noqa: DTZ001 - letters hold local times
PROMISED = datetime(2026, 3, 20, 17, 30)  # noqa: DTZ001 - as above
KNOWN = Facts(
    case_id="SW-1",
    title="楼道灯不亮",
    unit="果园一网格",
    phase="in_progress",
    due=DUE,
    promised=PROMISED,
    link="https://town.example/cases/SW-1",
)


@pytest.mark.parametrize("phase", Phase)
def test_every_phase_has_its_words(phase: Phase) -> None:
    assert phase in OWED, f"letters/frame.py: OWED has no words for {phase!r}"


def test_staff_read_what_is_known() -> None:
    assert letter("case.arrived", "staff", KNOWN, "en").text == (
        "A case is now with 果园一网格\n\nNumber: SW-1 楼道灯不亮\nWith: 果园一网格\n"
        "Now: to be settled, due 2026-03-02 11:10\nDetails: https://town.example/cases/SW-1\n"
    )
    bare = Facts(case_id="office", link="https://town.example/office")
    assert letter("an unknown topic", "staff", bare, "zh").text == (
        "案件有新情况\n\n编号：office\n详情：https://town.example/office\n"
    )


TO_RESIDENTS = {
    "zh": (
        "【首问】您反映的事项已结案，感谢您的反映。编号 SW-1。现由果园一网格办理。"
        "承诺 2026-03-20 17:30 前办结。"
    ),
    "en": (
        "[Shouwen] Your request is closed. Thank you. Number SW-1. It is with 果园一网格. "
        "It is promised to be settled by 2026-03-20 17:30."
    ),
}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_resident_reads_where_it_is_and_until_when(language: Language) -> None:
    assert letter("case.closed", "resident", KNOWN, language).text == TO_RESIDENTS[language]


def test_on_a_telephone_staff_read_a_line() -> None:
    brief = letter("case.emergency", "staff", KNOWN, "zh", brief=True)
    assert brief.text == "【首问】紧急情况，请立即响应并到场。编号 SW-1。现由果园一网格办理。"


def test_parties_and_partners_read_no_more_than_that_there_is_something() -> None:
    for audience in ("party", "partner"):
        text = letter("case.invented", audience, KNOWN, "zh").text
        assert KNOWN.title not in text
        assert KNOWN.unit not in text
