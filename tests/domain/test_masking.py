"""What stays covered until somebody asks with a reason."""

import pytest

from domain import masking
from domain.sealing import ERASED

PHONES = [
    "19912345678",
    "+8619912345678",
    "8619912345678",
    "0086 199 1234 5678",
    "199 1234 5678",
    "199-1234-5678",
    "１９９１２３４５６７８",
    "电话19912345678。",
    "微信19912345678abc",
    "199.1234.5678",
]
IDENTITIES = [
    "37010219800101123X",
    "370102198001011234",
    "370102 19800101 1234",
    "370102800101123",
    "３７０１０２１９８００１０１１２３４",
]
LANDLINES = ["0531-88881234", "(0531)88881234", "0531 8888 1234", "021-5888 1234"]


def digits(text: str) -> str:
    return "".join(str(int(c)) if c.isdecimal() else "" for c in text)


@pytest.mark.parametrize("phone", PHONES)
def test_free_text_hides_the_middle_of_a_mobile_number_however_it_is_written(phone: str) -> None:
    shown = masking.text(f"请打{phone}联系我")
    assert "1234" not in digits(shown)
    assert "*" in shown


@pytest.mark.parametrize("identity", IDENTITIES)
def test_free_text_hides_the_birthday_in_an_identity_number(identity: str) -> None:
    shown = digits(masking.text(f"身份证{identity}。"))
    assert "800101" not in shown


@pytest.mark.parametrize("landline", LANDLINES)
def test_free_text_hides_most_of_a_landline(landline: str) -> None:
    assert "8888" not in digits(masking.text(f"家里电话{landline}"))


@pytest.mark.parametrize(
    "harmless",
    [
        "2026年11月21日8时30分",
        "编号c01-01，第12345号文",
        "SW-77NK-VVMG-EGHE",
        "欠款260000元，共20人",
        "12345热线转来",
    ],
)
def test_free_text_without_personal_numbers_stays_as_it_is(harmless: str) -> None:
    assert masking.text(harmless) == harmless


@pytest.mark.parametrize(
    ("full", "shown"),
    [("王小明", "王**"), ("王明", "王*"), ("欧阳修文", "欧**"), ("王", "王*"), ("", "")],
)
def test_a_name_shows_its_first_letter_only(full: str, shown: str) -> None:
    assert masking.name(full) == shown


@pytest.mark.parametrize(
    ("full", "shown"),
    [
        ("19900001234", "199****1234"),
        ("+86 199 0000 1234", "199****1234"),
        ("88881234", "****34"),
        ("0531-88881234", "****34"),
        ("12345", "****"),
        ("", ""),
    ],
)
def test_a_phone_number_shows_enough_to_recognise_it(full: str, shown: str) -> None:
    assert masking.phone(full) == shown


@pytest.mark.parametrize(
    "full",
    [
        "金丝雀路77号6单元502室",
        "金丝雀路77号6单元502",
        "金丝雀小区77-6-502",
        "金丝雀小区A座1502",
        "金丝雀路７７号",
        "金丝雀路七十七号六单元五〇二室",
    ],
)
def test_an_address_keeps_the_street_and_loses_the_door(full: str) -> None:
    shown = masking.address(full)
    assert shown.startswith("金丝雀")
    assert not set("75２７七五") & set(shown)


def test_a_street_named_with_a_number_keeps_its_name() -> None:
    assert masking.address("三里河二道街") == "三里河二道街"


def test_what_was_erased_is_said_to_be_erased() -> None:
    for cover in (masking.name, masking.phone, masking.address):
        assert cover(ERASED) == ERASED
