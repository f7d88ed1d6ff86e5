"""CloudEvents 1.0 in structured mode, one a line: for brokers and programs that take events on."""

from collections.abc import AsyncGenerator

import orjson

from api.exports.drawing import About, Line, Source

COMPLETE = "export.complete"
"""The type of the last one: without it the file is not whole."""


async def write(source: Source) -> AsyncGenerator[bytes]:
    """Every event, and one more that says how many there were."""
    name = f"/{source.about.origin or 'shouwen'}"
    async for page in source.lines():
        yield b"".join(_line(line, name) for line in page)
    yield _end(source.about, name)


def _line(line: Line, source: str) -> bytes:
    view = line.view
    body = view.model_dump(mode="json")
    return _one(
        {
            "specversion": "1.0",
            "id": f"{line.stream}/{view.version}",
            "source": source,
            "type": view.kind,
            "time": body["at"],
            "subject": line.stream,
            "datacontenttype": "application/json",
            "sequence": _ordered(line.seq),
            "data": body,
        }
    )


def _end(about: About, source: str) -> bytes:
    return _one(
        {
            "specversion": "1.0",
            "id": f"{COMPLETE}/{about.until_seq}/{about.at.isoformat()}",
            "source": source,
            "type": COMPLETE,
            "time": about.at,
            "datacontenttype": "application/json",
            "sequence": _ordered(about.until_seq),
            "data": {"events": about.events, "until_seq": about.until_seq},
        }
    )


def _ordered(seq: int) -> str:
    """The number as a text that sorts as the number does."""
    return f"{seq:020}"


def _one(value: dict[str, object]) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE | orjson.OPT_UTC_Z)
