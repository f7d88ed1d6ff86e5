"""Reports as files: what they say, that they say the same each time, and obey no name."""

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from itertools import chain
from typing import Any, cast, get_args

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from domain.report.contents import Contents
from domain.scores.measures import Measure
from reports import charts, sentences, words
from reports.figures import canonical, digest
from reports.fonts import characters, readable
from reports.pages import clean
from reports.pdf import pdf
from reports.speaker import Speaker
from reports.words import Language
from reports.xlsx import xlsx
from tests.reports.samples import EMPTY, HOSTILE, NASTY, SAMPLE, SECRET, many

pytestmark = pytest.mark.rule("R12.6")
LANGUAGES: tuple[Language, ...] = get_args(Language)


@cache
def made(contents: Contents, language: Language) -> bytes:
    return pdf(contents, language)


def text_of(content: bytes) -> str:
    pages = PdfReader(BytesIO(content)).pages
    return "".join(page.extract_text() for page in pages).replace("\n", "").replace(" ", "")


def cells(content: bytes) -> Iterator[Any]:
    book = load_workbook(BytesIO(content))
    return chain.from_iterable(chain.from_iterable(sheet.iter_rows() for sheet in book))


def test_the_figures_are_canonical_json_without_floats() -> None:
    content = canonical(SAMPLE)
    read = json.loads(content, parse_float=pytest.fail)
    again = json.dumps(read, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert again.encode() == content
    assert read["scopes"][0]["rates"][3]["rate"] == "89.8204"
    assert digest(content) == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pdf_says_whose_report_it_is_and_what_it_rests_on(language: Language) -> None:
    text = text_of(made(SAMPLE, language))
    said = ["柳荫街道", "2026-1", "2026-2", "48213", "report-2026-09-liuyin", "2026-10-09"]
    said += ["04:30:00Asia/Shanghai", digest(canonical(SAMPLE))]
    said += ["第1页，共", "第4页，共"] if language == "zh" else ["Page1of", "Page4of"]
    assert [each for each in said if each not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pdf_shows_every_rate_with_its_counts(language: Language) -> None:
    text = text_of(made(SAMPLE, language))
    assert "150167980" + "89.8284.3093.55" in text
    assert "149/166→150/167" in text
    for name in ("槐树街社区", "水塔巷社区", "北窑社区"):
        assert name in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_withheld_has_empty_cells_and_a_sentence(language: Language) -> None:
    (note,) = [words for code, words in sentences.NOTES.items() if code == "withheld"]
    said = note[language == "en"].format(30).replace(" ", "")
    text = text_of(made(SECRET, language))
    assert said in text
    name = words.MEASURES[Measure.RESPONSE][language == "en"].replace(" ", "")
    assert f"{name}—1212—" in text
    assert any(cell.value == 12 for cell in cells(xlsx(SECRET, language)))


ROOM = (297 - 40 - 25) / (210 - 34)
"""Height to width of a page within its margins, under a heading and three lines."""


@pytest.mark.parametrize(("units", "parts"), [(9, 1), (24, 1), (30, 2), (40, 2), (80, 4)])
def test_the_chart_of_many_villages_stands_on_its_pages_and_leaves_nobody_out(
    units: int, parts: int
) -> None:
    (ranking,) = many(units).rankings
    drawn = charts.ranking(Speaker("zh"), ranking)
    assert len(drawn) == parts
    for each in drawn:
        width, height = (float(n) for n in re.findall(r'(?:width|height)="([0-9.]+)"', each)[:2])
        assert height / width < ROOM
    names = [name for each in drawn for name in re.findall(r">(第\d+村)<", each)]
    assert names == [f"第{n + 1}村" for n in range(units)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chart_in_parts_says_so(language: Language) -> None:
    said = sentences.RANK_PARTS[language == "en"].format(n=2, most=25).replace(" ", "")
    assert said in text_of(made(many(40), language))
    assert said not in text_of(made(SAMPLE, language))
    reader = PdfReader(BytesIO(made(many(40), language)))
    assert len(reader.pages) > len(PdfReader(BytesIO(made(SAMPLE, language))).pages)


def test_two_decimals_are_never_rounded_twice() -> None:
    """97.1250 may be a half, or what rounded to one: it is shown as it is."""
    assert "96.1250" in text_of(made(SAMPLE, "zh"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pdf_brings_its_fonts_and_no_time_of_its_making(language: Language) -> None:
    reader = PdfReader(BytesIO(made(SAMPLE, language)))
    fonts = set[str]()
    for page in reader.pages:
        for font in cast("Any", page["/Resources"])["/Font"].values():
            (inner,) = font["/DescendantFonts"]
            assert "/FontFile3" in inner.get_object()["/FontDescriptor"]
            fonts.add(font["/BaseFont"].partition("+")[2])
    assert {name.removesuffix("-Identity-H") for name in fonts} == {
        "Shouwen-Sans-Regular",
        "Shouwen-Sans-Bold",
    }
    assert reader.metadata is not None
    assert reader.metadata.modification_date == datetime(2026, 10, 8, 20, 30, tzinfo=UTC)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_holds_the_figures_as_numbers(language: Language) -> None:
    book = load_workbook(BytesIO(xlsx(SAMPLE, language)))
    sheet = book[words.SHEETS["area"][language == "en"]]
    found = {row[0]: row[1:] for row in sheet.iter_rows(values_only=True)}
    response = words.MEASURES[Measure.RESPONSE][language == "en"]
    assert found[response] == (150, 167, 98, 0, 89.8204, 84.3002, 93.5454, 100, 14.82, 25, 20)
    assert [len(each._charts) for each in book] == [0, 0, 0, 1, 1, 1, 0, 0, 0, 0]  # type: ignore[attr-defined]
    assert book.properties.created == datetime(2026, 10, 8, 20, 30)  # noqa: DTZ001 - openpyxl's


@pytest.mark.parametrize("contents", [SAMPLE, NASTY], ids=["plain", "hostile"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_report_gives_the_same_bytes(contents: Contents, language: Language) -> None:
    assert pdf(contents, language) == made(contents, language)
    assert xlsx(contents, language) == xlsx(contents, language)


def test_several_at_once_are_made_one_after_another() -> None:
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _: pdf(SAMPLE, "zh"), range(6)))
    assert set(found) == {made(SAMPLE, "zh")}


MADE_ELSEWHERE = """
import hashlib
from reports.pdf import pdf
from reports.speaker import Speaker
from reports.xlsx import xlsx
from tests.reports.samples import SAMPLE
print(hashlib.sha256(pdf(SAMPLE, "zh") + xlsx(SAMPLE, "en")).hexdigest())
"""


def test_another_process_with_another_clock_and_no_fonts_gives_them_too() -> None:
    elsewhere = {"PYTHONHASHSEED": "7", "TZ": "America/New_York", "FONTCONFIG_FILE": "/dev/null"}
    other = subprocess.run(
        [sys.executable, "-c", MADE_ELSEWHERE],
        capture_output=True, text=True, check=True, env=elsewhere,
    )  # fmt: skip
    here = hashlib.sha256(made(SAMPLE, "zh") + xlsx(SAMPLE, "en")).hexdigest()
    assert other.stdout.strip() == here


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_is_never_obeyed(language: Language) -> None:
    """Neither as markup of the typesetter nor as a formula of the spreadsheet."""
    shown = readable(clean(HOSTILE)).replace(" ", "")
    assert '=HYPERLINK("http://x","y")#eval("1")$x$*b*<i>' in shown
    assert shown[:40] in text_of(made(NASTY, language)).replace("“", '"').replace("”", '"')
    found = list(cells(xlsx(NASTY, language)))
    assert {cell.data_type for cell in found} <= {"s", "n"}
    assert not any(cell.hyperlink for cell in found)
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_unit_in_which_nothing_counted_has_its_report_too(language: Language) -> None:
    said = sentences.EMPTY[language == "en"].replace(" ", "")
    assert said in text_of(made(EMPTY, language))
    assert len(load_workbook(BytesIO(xlsx(EMPTY, language))).worksheets) == 4


def test_a_name_stays_on_its_line() -> None:
    assert clean("a\u202eb\nc\x07") == "a□b□c□"


def test_what_the_fonts_lack_is_marked_and_what_reports_say_they_have() -> None:
    assert readable("柳荫 㗎") == "柳荫 〓"
    said = chain(words.COLUMNS.values(), words.SECTIONS.values(), sentences.NOTES.values())
    assert {c for each in said for text in each for c in text} <= characters()
    gb2312 = {bytes((high, low)).decode("gb2312", "ignore")
              for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF)}  # fmt: skip
    assert gb2312 - {""} <= characters()
    assert set("㑇䢺堃喆") <= characters()


def test_every_measure_has_its_words() -> None:
    assert set(words.MEASURES) == set(Measure)
    for said in (*sentences.NOTES.values(), *words.MEASURES.values()):
        assert all(said)
