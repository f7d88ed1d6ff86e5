"""A report as a workbook: a sheet for each section, numbers as numbers, charts of its own.

The same report gives the same bytes. Texts are written as texts, whatever they begin with.
"""

from datetime import datetime
from io import BytesIO
from typing import Any
from unicodedata import east_asian_width

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from domain.report.contents import Contents
from reports import words, writing
from reports.figures import canonical, digest
from reports.pages import Kind, Pages, Section, Table
from reports.words import Language, say

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
NUMBERS: dict[Kind, str] = {
    "count": "#,##0.####",
    "percent": "0.00",
    "points": "0.00",
    "change": "+0.00;-0.00;0.00",
}
WIDTH = 48
HEIGHT, ROW = 360, 18
"""Of a chart at least, and for each of its rows, in pixels."""
GREYS = ("#000000", "#7F7F7F", "#BFBFBF")
MARKERS = ("circle", "square", "triangle", "diamond", "x", "star", "short_dash")


def xlsx(contents: Contents, language: Language) -> bytes:
    """The file in that language."""
    found = writing.pages(contents, digest(canonical(contents)), language)
    content = BytesIO()
    with Workbook(content, OPTIONS) as book:
        _Book(book, found).write(contents)
    return content.getvalue()


class _Book:
    """A workbook while it is written."""

    def __init__(self, book: Workbook, pages: Pages) -> None:
        self._book = book
        self._pages = pages
        self._font: dict[str, Any] = {
            "font_name": "Microsoft YaHei" if pages.language == "zh" else "Arial"
        }
        self._font |= {"font_size": 10, "valign": "vcenter"}
        self._formats: dict[tuple[Any, ...], Format] = {}
        self._keys: list[str] = []

    def write(self, contents: Contents) -> None:
        """Every sheet."""
        pages, head = self._pages, contents.head
        at = datetime.fromisoformat(head.as_of).replace(tzinfo=None)
        # When it was made is not in it: only the moment it is as of.
        self._book.set_properties(
            {"title": f"{pages.title} {pages.subtitle}", "author": "Shouwen", "created": at}
        )
        for number, section in enumerate(pages.sections):
            sheet = self._sheet(section.key)
            row = self._opening(sheet) if number == 0 else 0
            row = self._section(sheet, section, row)
            self._chart(sheet, section, row)

    def _sheet(self, key: str) -> Worksheet:
        self._keys.append(key)
        name, again = say(words.SHEETS[key], self._pages.language), self._keys.count(key)
        name = f"{name} {again}" if again > 1 else name
        sheet: Worksheet = self._book.add_worksheet(name)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(_footer(self._pages))
        return sheet

    def _opening(self, sheet: Worksheet) -> int:
        sheet.write_string(0, 0, self._pages.title, self._format(bold=True, font_size=14))
        sheet.write_string(1, 0, self._pages.subtitle, self._format())
        for row, said in enumerate(self._pages.headline, start=2):
            sheet.write_string(row, 0, said, self._format())
        return len(self._pages.headline) + 3

    def _section(self, sheet: Worksheet, section: Section, row: int) -> int:
        """Write it from that row on; the row of the table's head."""
        for said in (section.title, *section.text):
            title = said is section.title
            sheet.write_string(row, 0, said, self._format(bold=title))
            row += 1
        if section.table is None:
            head = row
        else:
            head, row = row, self._table(sheet, section.table, row)
        for number, said in enumerate(section.after):
            sheet.write_string(row + number, 0, said, self._format(font_color="#404040"))
        return head

    def _table(self, sheet: Worksheet, table: Table, top: int) -> int:
        for x, column in enumerate(table.columns):
            rows = (row[x] for row in table.rows)
            longest = max(map(_width, (column.title, *rows)))
            sheet.set_column(x, x, min(max(longest + 2, 9), WIDTH))
            sheet.write_string(top, x, column.title, self._format(bold=True, bottom=1, top=2))
        for y, row in enumerate(table.rows):
            for x, text in enumerate(row):
                self._cell(
                    sheet, (top + 1 + y, x), text, table.columns[x].kind, bold=y in table.bold
                )
        if top == len(table.columns):
            sheet.freeze_panes(top + 1, 1)
        return top + 1 + len(table.rows)

    def _cell(
        self, sheet: Worksheet, at: tuple[int, int], text: str, kind: Kind, *, bold: bool
    ) -> None:
        if kind == "text" or not text:
            wrap = _width(text) > WIDTH
            sheet.write_string(*at, text, self._format(bold=bold, text_wrap=wrap))
        else:
            form = NUMBERS[kind] if "." in text or kind != "count" else "#,##0"
            sheet.write_number(*at, float(text), self._format(bold=bold, num_format=form))

    def _format(self, **wanted: Any) -> Format:  # noqa: ANN401 - what a format may say
        key = tuple(sorted(wanted.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format({**self._font, **wanted})
        return self._formats[key]

    # -- charts ------------------------------------------------------------------

    def _chart(self, sheet: Worksheet, section: Section, head: int) -> None:
        table = section.table
        if not section.drawn or table is None:
            return
        chart = self._book.add_chart({"type": "line" if section.key == "trend" else "bar"})
        numbers = [x for x, c in enumerate(table.columns) if c.kind == "percent"]
        numbers = numbers[:1] if section.key == "ranking" else numbers
        names = next(
            x for x, c in enumerate(table.columns) if c.kind == "text" and _unlike(c.title)
        )
        last = head + len(table.rows) - len(table.bold)
        for place, x in enumerate(numbers):
            chart.add_series(
                {
                    "name": [sheet.name, head, x],
                    "categories": [sheet.name, head + 1, names, last, names],
                    "values": [sheet.name, head + 1, x, last, x],
                    **_look(section.key, place),
                }
            )
        chart.set_title({"name": section.title, "name_font": {"size": 11}})
        chart.set_legend({"position": "bottom", "none": len(numbers) == 1})
        chart.set_size({"width": 760, "height": max(HEIGHT, ROW * (len(table.rows) + 6))})
        if section.key != "trend":
            chart.set_y_axis({"reverse": True})
        sheet.insert_chart(head, len(table.columns) + 1, chart)


def _unlike(title: str) -> bool:
    return title not in words.COLUMNS["place"]


def _look(key: str, place: int) -> dict[str, Any]:
    """Told apart without colours."""
    grey = GREYS[place % len(GREYS)]
    if key != "trend":
        return {"fill": {"color": grey}, "border": {"color": "#000000"}}
    marker = {"type": MARKERS[place % len(MARKERS)], "size": 6}
    fill = {"fill": {"color": grey}, "border": {"color": "#000000"}}
    return {"line": {"color": grey, "width": 1.25}, "marker": {**marker, **fill}}


def _footer(pages: Pages) -> str:
    foot = pages.foot.replace("&", "&&")
    page = pages.page.replace("{page}", "&P").replace("{pages}", "&N")
    return f"&L&8{foot}&R&8{page}"


def _width(text: str) -> int:
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)
