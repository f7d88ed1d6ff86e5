"""R3.1: which items a resident's words may mean."""

import pytest

from domain.catalogue import Catalogue, Item
from domain.suggesting import suggested
from domain.words import Belonging, DeadlineClass, Stage

pytestmark = pytest.mark.rule("R3.1")


def item(item_id: str, name: str, class_name: str, *, retired: bool = False) -> Item:
    return Item(
        item_id=item_id,
        class_id=item_id[:3],
        class_name=class_name,
        name=name,
        belonging=Belonging.COMMUNITY_OWN,
        owner_level=Stage.GRID,
        department_id="chengguan",
        first_rung=Stage.GRID,
        deadline=DeadlineClass.SIMPLE,
        evidence=False,
        skips_rungs=False,
        retired=retired,
    )


ITEMS = (
    item("c01-01", "路灯与楼道灯不亮", "供电与照明"),
    item("c01-02", "停电与线路故障", "供电与照明"),
    item("c02-01", "楼道堆物清理", "环境卫生"),
    item("c02-02", "楼道灯罩清洗", "环境卫生", retired=True),
    item("c09-01", "其他事项", "综合服务与其他"),
)


def found(text: str, most: int = 5) -> list[str]:
    catalogue = Catalogue(version="1", items={each.item_id: each for each in ITEMS})
    return [each.item_id for each in suggested(text, catalogue, most)]


def test_what_shares_most_and_rarest_words_comes_first() -> None:
    assert found("楼道灯不亮了一周")[:2] == ["c01-01", "c02-01"]


def test_a_word_of_the_class_counts_less_than_one_of_the_item() -> None:
    assert found("供电停电")[0] == "c01-02"


def test_nothing_is_suggested_of_words_that_say_nothing() -> None:
    assert found("hello") == []
    assert found("") == []


def test_a_retired_item_is_never_suggested() -> None:
    assert "c02-02" not in found("楼道灯罩清洗")


def test_no_more_are_suggested_than_were_asked_for() -> None:
    assert len(found("楼道灯不亮停电堆物清理", most=2)) == 2


def test_the_item_for_whoever_does_not_know_is_the_one_called_other() -> None:
    catalogue = Catalogue(version="1", items={each.item_id: each for each in ITEMS})
    assert catalogue.unsure == ITEMS[-1]
    assert Catalogue(version="1", items={"c01-01": ITEMS[0]}).unsure is None
