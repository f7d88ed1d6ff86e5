"""One fault at a time in a copy of the sample town: it is found, placed and explained."""

import json
from pathlib import Path

import pytest

from cli.town import read_town
from tests.cli.conftest import SAMPLE, Copy

# -- files --------------------------------------------------------------------


def test_a_missing_file_is_named(town: Copy) -> None:
    (town.folder / "posts.csv").unlink()
    assert town.only_error().startswith("posts.csv: is missing")
    assert town.read().organisation is None


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    town = read_town([tmp_path / "nowhere"])
    assert [str(each) for each in town.findings] == [
        f"{tmp_path}/nowhere: no such file or folder; check the path"
    ]


def test_a_file_given_twice_is_an_error(town: Copy) -> None:
    findings = read_town([town.folder, SAMPLE / "units.csv"]).findings
    assert any("given twice" in str(each) for each in findings)


def test_every_file_may_be_empty_without_a_crash(town: Copy) -> None:
    for file in sorted(town.folder.iterdir()):
        file.write_bytes(b"")
    errors = town.errors()
    assert "units.csv:1: is empty; its first line must be unit_id,kind" in "\n".join(errors)
    assert {error.split(":")[0] for error in errors} == {
        file.name for file in town.folder.iterdir() if file.name != "requests.csv"
    }


def test_a_missing_column_is_named(town: Copy) -> None:
    town.change("people.csv", "person_id,name,login", "person_id,name,user")
    assert town.errors() == [
        (
            "people.csv:1: column login is missing; "
            "the columns are person_id, name, login, email, phone"
        ),
        (
            'people.csv:1: column "user" is not known; take it out; '
            "the columns are person_id, name, login, email, phone"
        ),
    ]


def test_an_unknown_column_does_not_hide_the_faults_below_it(town: Copy) -> None:
    town.change("partners.csv", "unit_id,contact", "unit_id,contact,fax")
    town.write(
        "partners.csv", town.text("partners.csv").replace("\n", ",\n").replace("fax,", "fax")
    )
    town.change("partners.csv", "owners_committee", "owners")
    first, second = town.errors()
    assert first.startswith('partners.csv:1: column "fax" is not known')
    assert second.startswith('partners.csv:3: kind "owners" is not valid')


def test_columns_may_come_in_any_order_and_give_the_same_version(town: Copy) -> None:
    before = town.read().organisation
    lines = [line.split(",") for line in town.text("people.csv").splitlines()]
    town.write("people.csv", "".join(f"{','.join(reversed(line))}\r\n" for line in lines))
    after = town.read().organisation
    assert before is not None
    assert after == before


def test_another_encoding_is_named_with_the_line_and_utf_8(town: Copy) -> None:
    path = town.folder / "people.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    assert town.only_error() == (
        "people.csv:2: is not UTF-8 (it looks like GBK or GB18030); save the file as UTF-8"
    )
    path.write_bytes(SAMPLE.joinpath("people.csv").read_text(encoding="utf-8").encode("utf-16"))
    assert "UTF-16" in town.only_error()


def test_a_byte_order_mark_is_no_fault(town: Copy) -> None:
    for file in town.folder.iterdir():
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert town.errors() == []


def test_a_line_with_too_many_cells_is_blamed_once(town: Copy) -> None:
    town.change("units.csv", "柳荫街道,urban", "柳荫,街道,urban")
    assert town.only_error() == (
        "units.csv:4: has 8 cells, the header has 7; "
        "a comma inside a text needs quotes around the text"
    )


def test_an_unclosed_quote_is_an_error_where_it_begins(town: Copy) -> None:
    town.change("people.csv", "沈一鸣", '"沈一鸣')
    assert town.only_error().startswith("people.csv:3: is not readable CSV: unexpected end of data")


@pytest.mark.parametrize(
    ("junk", "said"),
    [
        ("x" * 1_000_000, "field larger than field limit"),
        ("x" * 100_000, "has 100000 characters; at most 200 fit"),
        ("a\0b", "control character"),
        ("a\x1b[2Jb", "control character"),
    ],
)
def test_a_cell_nobody_means_is_a_finding_and_not_a_crash(town: Copy, junk: str, said: str) -> None:
    town.change("people.csv", "沈一鸣", junk)
    error = town.only_error()
    assert error.startswith("people.csv:3: ")
    assert said in error
    assert error.isprintable()
    assert len(error) < 200


def test_a_formula_is_text_like_any_other(town: Copy) -> None:
    town.change("partners.csv", "清河金禾物业服务有限公司", "=HYPERLINK(1)")
    assert town.errors() == []


def test_an_id_with_a_space_is_refused(town: Copy) -> None:
    town.change("people.csv", "yu-xiaoman,俞晓曼,yuxiaoman", "yu-xiaoman,俞晓曼,yu xiaoman")
    assert 'login "yu xiaoman" is not an id' in town.only_error()


# -- units --------------------------------------------------------------------


def test_an_unknown_superior_is_named_with_file_and_line(town: Copy) -> None:
    town.change("units.csv", "huaishujie,community,liuyin,", "huaishujie,community,nowhere,")
    assert town.errors() == [
        'units.csv:8: unit "huaishujie" names superior "nowhere", which does not exist'
    ]


def test_a_wrong_word_lists_the_allowed_ones(town: Copy) -> None:
    town.change("units.csv", "anlan,district,", "anlan,county,")
    assert town.only_error() == (
        'units.csv:3: kind "county" is not valid; use one of '
        "city, district, street, township, community, village, grid, department"
    )


def test_several_faults_are_all_found_in_one_reading(town: Copy) -> None:
    town.change("units.csv", "liuyin,street,anlan,柳荫街道,urban", "liuyin,street,gone,,town")
    town.change("people.csv", "沈一鸣", "")
    town.change("policy.toml", '"30 minutes"', '"half an hour"')
    assert [error.split(":")[:2] for error in town.errors()] == [
        ["people.csv", "3"],
        ["policy.toml", "30"],
        ["units.csv", "4"],
        ["units.csv", "4"],
        ["units.csv", "4"],
    ]


def test_a_wording_is_for_a_step_there_is_and_has_a_text(town: Copy) -> None:
    town.change("policy.toml", 'step = "suspend"', 'step = "sing"')
    town.change("policy.toml", 'name_en = "Repaired"\n', "")
    told = town.errors()
    assert any('wordings.step = "sing" is not known; use one of' in each for each in told), told
    assert any("wordings lacks name_en; add it" in each for each in told), told


def test_reports_go_down_to_a_rung_there_is(town: Copy) -> None:
    town.change("policy.toml", 'down_to = "community"', 'down_to = "village"')
    assert town.only_error() == (
        'policy.toml:202: reports.down_to = "village" is not known; use one of '
        "city, district, street, community, grid"
    )


def test_a_second_unit_with_the_same_id_names_the_first(town: Copy) -> None:
    town.add("units.csv", "chengguan,department,anlan,城管,urban,,")
    assert town.only_error() == (
        'units.csv:57: unit "chengguan" is already on line 48; ids must differ'
    )


def test_a_unit_without_a_superior_that_is_no_city_is_an_error(town: Copy) -> None:
    town.change("units.csv", "wenchang,street,anlan,", "wenchang,street,,")
    assert town.only_error() == (
        'units.csv:5: unit "wenchang" names no superior; a street belongs to a district'
    )


def test_there_is_one_city(town: Copy) -> None:
    town.add("units.csv", "other,city,,他市,urban,,")
    assert 'units.csv:57: city "other" is a second city beside the one on line 2' in (
        town.only_error()
    )


def test_a_superior_of_a_wrong_kind_is_an_error(town: Copy) -> None:
    town.change("units.csv", "shuyuan,community,wenchang,", "shuyuan,community,anlan,")
    assert town.only_error() == (
        'units.csv:11: community "shuyuan" has superior "anlan", a district; '
        "it must be a street or township"
    )


def test_a_circle_of_superiors_is_an_error_at_its_first_line(town: Copy) -> None:
    town.change("units.csv", "jinxiu-2,grid,jinxiu,", "jinxiu-2,grid,jinxiu-3,")
    town.change("units.csv", "jinxiu-3,grid,jinxiu,", "jinxiu-3,grid,jinxiu-2,")
    circles = [error for error in town.errors() if "circle" in error]
    assert len(circles) == 1
    assert circles[0].startswith('units.csv:38: units "jinxiu-2", "jinxiu-3", "jinxiu-2" are')


def test_a_unit_that_is_its_own_superior_is_a_circle(town: Copy) -> None:
    town.change("units.csv", "jinxiu-2,grid,jinxiu,", "jinxiu-2,grid,jinxiu-2,")
    assert any("circle" in error for error in town.errors())


@pytest.mark.parametrize(("households", "few"), [("199", True), ("200", False), ("801", True)])
def test_households_outside_the_policys_range_are_a_warning(
    town: Copy,
    households: str,
    few: bool,  # noqa: FBT001
) -> None:
    town.change("units.csv", "第一网格,urban,2,412", f"第一网格,urban,2,{households}")
    assert town.errors() == []
    said = (
        f'units.csv:16: warning: grid "liuyinli-1" has {households} households; '
        "the policy's range is 200 to 800"
    )
    assert town.warnings() == ([said] if few else [])


def test_a_unit_where_nobody_can_answer_is_a_warning(town: Copy) -> None:
    town.take("posts.csv", "xinglincun-2-gw-1")
    assert town.errors() == []
    (warning,) = town.warnings()
    assert warning.startswith('units.csv:47: warning: grid "xinglincun-2" has no grid_worker')


# -- borders ------------------------------------------------------------------

BOX = [[116.5, 36.0], [116.51, 36.0], [116.51, 36.01], [116.5, 36.01], [116.5, 36.0]]


def test_a_grid_without_a_border_is_an_error_at_the_unit(town: Copy) -> None:
    town.take("grids.geojson", '{"type":"Feature","properties":{"unit_id":"liuyinli-1"}')
    assert town.only_error() == (
        'units.csv:16: grid "liuyinli-1" has no border; add a feature for it to grids.geojson'
    )


def test_a_border_without_a_grid_is_an_error(town: Copy) -> None:
    town.change("grids.geojson", '"unit_id":"liuyinli-2"', '"unit_id":"liuyinli-9"')
    border, unit = town.errors()
    assert border == 'grids.geojson:3: border of grid "liuyinli-9", which is not in units.csv'
    assert unit.startswith('units.csv:17: grid "liuyinli-2" has no border')


def test_a_border_of_something_else_than_a_grid_is_an_error(town: Copy) -> None:
    town.change("grids.geojson", '"unit_id":"liuyinli-2"', '"unit_id":"liuyinli"')
    assert 'border of "liuyinli", a community; only grids have borders' in town.errors()[0]


def test_a_second_border_of_a_grid_is_an_error(town: Copy) -> None:
    town.change("grids.geojson", '"unit_id":"liuyinli-2"', '"unit_id":"liuyinli-1"')
    assert 'grids.geojson:3: grid "liuyinli-1" already has a border on line 2' in town.errors()[0]


def test_a_border_that_crosses_itself_is_an_error_with_the_place(town: Copy) -> None:
    town.draw("liuyinli-1", [BOX[0], BOX[2], BOX[1], BOX[3], BOX[0]])
    assert town.only_error() == (
        'grids.geojson:2: border of grid "liuyinli-1" is not a valid polygon: '
        "self-intersection at 116.505000,36.005000; draw it again"
    )


@pytest.mark.parametrize(
    ("ring", "said"),
    [
        (BOX[:-1], "is not closed"),
        ([BOX[0], BOX[1], BOX[0]], "is not closed; its last point must repeat the first"),
        ([BOX[0], BOX[0], BOX[0], BOX[0]], "it encloses nothing"),
        ([[36.0, 116.5], *BOX], "longitude comes first"),
        ([["a", 1], *BOX], "write points as [longitude,latitude]"),
        ([[float("nan"), 1], *BOX], "not on earth"),
        ([[10**400, 1], *BOX], "not on earth"),
        ([[1], *BOX], "write points as"),
    ],
)
def test_a_border_that_is_no_closed_line_is_an_error(
    town: Copy, ring: list[list[float]], said: str
) -> None:
    town.draw("liuyinli-1", ring)
    assert said in town.only_error()


def test_a_border_of_another_shape_is_an_error(town: Copy) -> None:
    town.draw("liuyinli-1", BOX, kind="LineString")
    assert 'is "LineString"; it must be a Polygon' in town.only_error()


def test_overlapping_grids_of_one_level_are_named_with_lines_and_area(town: Copy) -> None:
    town.draw("liuyinli-1", BOX)
    half = [[x + 0.005, y] for x, y in BOX]
    town.draw("huaishujie-2", half)
    assert town.only_error() == (
        'grids.geojson:8: grid "huaishujie-2" overlaps grid "liuyinli-1" (line 2) '
        "by 500,116 m²; redraw one: grids of one level must not overlap"
    )


def test_grids_of_different_levels_may_lie_over_each_other(town: Copy) -> None:
    town.draw("liuyinli-1", BOX)  # level 2
    town.draw("huaishujie-1", BOX)  # level 1
    assert town.errors() == []


def test_a_sliver_from_rounding_is_no_overlap(town: Copy) -> None:
    town.draw("liuyinli-1", BOX)
    beside = [[116.509999, 36.0], *([x + 0.01, y] for x, y in BOX[1:3]), [116.51, 36.01]]
    town.draw("huaishujie-2", [*beside, beside[0]])
    assert town.errors() == []


@pytest.mark.parametrize("text", ["{", "[]", "nonsense", "[" * 100_000, '{"features": 1}'])
def test_a_file_that_is_no_feature_collection_is_an_error(town: Copy, text: str) -> None:
    town.write("grids.geojson", text)
    assert town.only_error().startswith("grids.geojson")


def test_features_may_be_spread_over_lines(town: Copy) -> None:
    spread = json.dumps(json.loads(town.text("grids.geojson")), indent=1)
    town.write("grids.geojson", spread.replace('"liuyinli-2"', '"gone"'))
    line = spread[: spread.index('"liuyinli-2"')].count("\n") + 1
    assert town.errors()[0].startswith(f"grids.geojson:{line - 3}: ")
