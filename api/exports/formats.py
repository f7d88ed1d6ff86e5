"""The forms an export comes in, by name. Each begins with what it is and ends by saying that it is
complete: what breaks off in the middle never looks whole.
"""

from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from api.exports import lines, tables
from api.exports.drawing import Source

FormatName = Literal["jsonl", "csv"]
Write = Callable[[Source], AsyncGenerator[bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A form: what it is called in HTTP, how its files end, and what writes it, piece by piece."""

    media: str
    suffix: str
    write: Write


FORMATS: Mapping[FormatName, Format] = {
    "jsonl": Format(media="application/jsonl", suffix="jsonl", write=lines.write),
    "csv": Format(media="text/csv; charset=utf-8", suffix="csv", write=tables.write),
}
NAMES: tuple[FormatName, ...] = get_args(FormatName)
