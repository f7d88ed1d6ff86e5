"""R2.1: names of units in an address, and honest silence about everything else."""

import pytest

from api.maps.addresses import Names
from domain.organisation import Organisation, Unit
from domain.words import UnitKind
from tests.domain.town import organisation

pytestmark = pytest.mark.rule("R2.1")


def named(unit_id: str, kind: UnitKind, above: str | None, name: str) -> Unit:
    return Unit(unit_id=unit_id, kind=kind, parent_id=above, name=name, setting="urban")


def tree(*more: Unit, version: str = "1") -> Organisation:
    units = (
        named("city", UnitKind.CITY, None, "清河市"),
        named("east", UnitKind.DISTRICT, "city", "安澜区"),
        named("west", UnitKind.DISTRICT, "city", "长宁区"),
        named("liuyin", UnitKind.STREET, "east", "柳荫街道"),
        named("liuyinli", UnitKind.COMMUNITY, "liuyin", "柳荫里社区"),
        named("liuyinli-1", UnitKind.GRID, "liuyinli", "柳荫里社区第一网格"),
        named("huaishu", UnitKind.COMMUNITY, "liuyin", "槐树街社区"),
        named("park-east", UnitKind.COMMUNITY, "liuyin", "公园社区"),
        named("park-west", UnitKind.COMMUNITY, "west", "公园社区"),
        named("police", UnitKind.DEPARTMENT, "east", "公安局"),
        named("mill", UnitKind.COMMUNITY, "west", "Mill Lane"),
        *more,
    )
    return organisation(version, units=units, borders={})


TREE = tree()


def hits(address: str, of: Organisation = TREE, most: int = 10) -> list[str]:
    return [found.unit_id for found in Names().hits(address, of, most)]


def test_a_community_is_found_by_its_name_with_and_without_its_kind() -> None:
    assert hits("柳荫里社区 3 号楼 2 单元") == ["liuyinli"]
    assert hits("柳荫里3号楼") == ["liuyinli"]


def test_the_narrowest_unit_named_stands_for_those_above_it() -> None:
    assert hits("清河市安澜区柳荫街道柳荫里社区第一网格") == ["liuyinli-1"]
    assert hits("安澜区柳荫街道") == ["liuyin"]


def test_two_of_one_name_are_both_told_the_likelier_first() -> None:
    assert sorted(hits("公园社区")) == ["park-east", "park-west"]
    assert hits("柳荫街道公园社区")[0] == "park-east"
    assert hits("长宁区公园社区")[0] == "park-west"


def test_blanks_width_and_case_of_letters_make_no_difference() -> None:
    assert hits("柳 荫 里 社 区") == ["liuyinli"]
    assert hits("12 ＭＩＬＬ lane") == ["mill"]


def test_a_name_in_letters_is_not_the_middle_of_a_word() -> None:
    assert hits("Windmill Lane 4") == []


def test_roads_estates_departments_and_the_city_are_not_known() -> None:
    for address in ("人民路 12 号", "幸福小区", "公安局对面", "清河市", "", "。，", "3"):
        assert hits(address) == []


def test_a_closed_unit_is_no_place_any_more() -> None:
    gone = Unit(
        unit_id="gone",
        kind=UnitKind.COMMUNITY,
        parent_id="huaishu",
        name="老街社区",
        setting="urban",
        closed=True,
        stood_under="liuyin",
    )
    assert hits("老街社区", tree(gone)) == []


def test_a_new_version_is_looked_up_by_its_own_names() -> None:
    names = Names()
    assert names.hits("新村", TREE, 10) == []
    later = tree(named("new", UnitKind.VILLAGE, "west", "新村"), version="2")
    assert [found.unit_id for found in names.hits("新村", later, 10)] == ["new"]


def test_no_more_are_told_than_asked_for() -> None:
    many = tree(*(named(f"m{n}", UnitKind.COMMUNITY, "liuyin", "同名社区") for n in range(30)))
    assert len(hits("同名社区", many, 10)) == 10


STRANGE = ("\u0000", "柳" * 200, "<script>", "%_\\", "\U0010ffff", "里社区", " ", "3 a b")


@pytest.mark.parametrize("address", STRANGE)
def test_no_text_is_too_strange(address: str) -> None:
    assert hits(address) == []
