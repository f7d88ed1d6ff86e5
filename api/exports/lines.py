"""JSON Lines: one object a line, the first says what the file is, the last that it is whole."""

from collections.abc import AsyncGenerator, Sequence

import orjson

from api.exports.drawing import About, Line, Source
from api.models import ResidentEvent

FORM = 1


async def write(source: Source) -> AsyncGenerator[bytes]:
    """A header, every event as the API's timeline shows it, and the end."""
    yield head(source.about, source.about.format)
    async for page in source.lines():
        yield b"".join(line(each) for each in page)
    yield end(source.about)


def head(about: About, form: str) -> bytes:
    """The first line: form, filters, how many events will follow, up to which number."""
    return _line(
        {
            "type": "shouwen.export",
            "form": FORM,
            "format": form,
            "origin": about.origin,
            "at": about.at,
            "filters": about.filters,
            "events": about.events,
            "until_seq": about.until_seq,
        }
    )


def line(each: Line) -> bytes:
    """One event; after number and stream it is letter for letter what the timeline answers."""
    place = _line({"type": "event", "seq": each.seq, "case_id": each.stream})
    return place[:-2] + b"," + each.view.model_dump_json().encode()[1:] + b"\n"


def end(about: About) -> bytes:
    """The last line. Without it the file is not whole."""
    return _line(
        {"type": "end", "complete": True, "events": about.events, "until_seq": about.until_seq}
    )


def own_timeline(events: Sequence[ResidentEvent]) -> bytes:
    """A resident's own timeline, with the same last line."""
    found = [each.model_dump_json().encode() + b"\n" for each in events]
    end_ = _line({"type": "end", "complete": True, "events": len(events)})
    return b"".join((*found, end_))


def _line(value: dict[str, object]) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE | orjson.OPT_UTC_Z)
