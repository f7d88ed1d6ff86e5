"""The forms an export comes in, by name. Each begins with what it is and ends by saying that it is
complete: what breaks off in the middle never looks whole.
"""

from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from api.exports import cloudevents, lines, ocel, tables, xes
from api.exports.drawing import Source

FormatName = Literal["jsonl", "csv", "xes", "ocel", "cloudevents"]
Write = Callable[[Source], AsyncGenerator[bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A form: what it is called in HTTP, how its files end, what writes it, piece by piece.

    `cases_only`: it knows nothing but cases; events of other streams are not in it.
    """

    media: str
    suffix: str
    write: Write
    cases_only: bool = False


FORMATS: Mapping[FormatName, Format] = {
    "jsonl": Format(media="application/jsonl", suffix="jsonl", write=lines.write),
    "csv": Format(media="text/csv; charset=utf-8", suffix="csv", write=tables.write),
    "xes": Format(media="application/xml", suffix="xes", write=xes.write, cases_only=True),
    "ocel": Format(media="application/json", suffix="jsonocel", write=ocel.write),
    "cloudevents": Format(
        media="application/cloudevents+jsonl", suffix="jsonl", write=cloudevents.write
    ),
}
NAMES: tuple[FormatName, ...] = get_args(FormatName)
