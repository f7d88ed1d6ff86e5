"""XES (IEEE 1849-2016) for process mining: a trace for each case, its events in their order.

Written case by case; the closing tag of the log says that it is whole.
"""

from collections.abc import AsyncGenerator, Iterable

from api.exports.drawing import About, Line, Source
from api.exports.flat import Attribute, attributes, members

NAMESPACE = "http://www.xes-standard.org/"
EXTENSIONS = (
    ("Concept", "concept"),
    ("Time", "time"),
    ("Lifecycle", "lifecycle"),
    ("Organizational", "org"),
)
ELEMENTS = {"string": "string", "time": "date", "integer": "int", "boolean": "boolean"}
OF_CASE = frozenset(
    {"case_type", "channel", "item_id", "class_id", "department_id", "urgency", "proactive"}
)
"""Members of a case's opening that its trace has as attributes."""
FORBIDDEN = (*range(0x20), 0x7F, *range(0xD800, 0xE000), 0xFFFE, 0xFFFF)
ESCAPES: dict[int, str | None] = dict.fromkeys(FORBIDDEN) | {
    ord("&"): "&amp;",
    ord("<"): "&lt;",
    ord(">"): "&gt;",
    ord('"'): "&quot;",
    ord("\t"): "&#9;",
    ord("\n"): "&#10;",
    ord("\r"): "&#13;",
}
"""How a text stands in an attribute of XML; what XML cannot hold is left out."""


async def write(source: Source) -> AsyncGenerator[bytes]:
    """The log's own elements, a trace for each case, the end."""
    yield _head(source.about).encode()
    async for page in source.cases():
        yield "".join(_trace(opening, lines) for opening, lines in page).encode()
    yield b"</log>\n"


def _head(about: About) -> str:
    extensions = (
        f'<extension name="{name}" prefix="{prefix}" uri="{NAMESPACE}{prefix}.xesext"/>\n'
        for name, prefix in EXTENSIONS
    )
    facts: list[Attribute] = [
        ("concept:name", "string", "Shouwen"),
        ("lifecycle:model", "string", "standard"),
        ("until_seq", "integer", str(about.until_seq)),
        ("events", "integer", str(about.events)),
        ("exported_at", "time", about.at.isoformat()),
    ]
    return "".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>\n',
            f'<log xes.version="1849.2016" xes.features="" xmlns="{NAMESPACE}">\n',
            *extensions,
            '<global scope="trace">\n<string key="concept:name" value=""/>\n</global>\n',
            '<global scope="event">\n<string key="concept:name" value=""/>\n',
            '<date key="time:timestamp" value="1970-01-01T00:00:00.000+00:00"/>\n',
            '<string key="lifecycle:transition" value="complete"/>\n',
            '<string key="org:resource" value=""/>\n</global>\n',
            '<classifier name="Activity" scope="event" keys="concept:name"/>\n',
            '<classifier name="Resource" scope="event" keys="org:resource"/>\n',
            _elements(facts),
        )
    )


def _trace(opening: Line, lines: Iterable[Line]) -> str:
    told = {name: value for name, value in opening.view.data.items() if name in OF_CASE}
    facts: list[Attribute] = [("concept:name", "string", opening.stream)]
    facts += members(told, "")
    events = "".join(f"<event>\n{_elements(_event(line))}</event>\n" for line in lines)
    return f"<trace>\n{_elements(facts)}{events}</trace>\n"


def _event(line: Line) -> list[Attribute]:
    view = line.view
    found: list[Attribute] = [
        ("concept:name", "string", view.kind),
        ("time:timestamp", "time", view.at.isoformat()),
        ("lifecycle:transition", "string", "complete"),
        ("org:resource", "string", view.by.id),
    ]
    if view.post_id:
        found.append(("org:role", "string", view.post_id))
    if view.unit:
        found.append(("org:group", "string", view.unit.id))
    return found + attributes(line)


def _elements(found: Iterable[Attribute]) -> str:
    return "".join(
        f'<{ELEMENTS[kind]} key="{name}" value="{value.translate(ESCAPES)}"/>\n'
        for name, kind, value in found
    )
