"""The process that cleans one file: the file on standard input, what came of it on standard output.

It limits itself before it loads anything that reads files, and has no environment and no secrets.
The answer is one line of JSON, then the file and its small copy.
"""

import json
import resource
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from store.files.cleaner.kinds import Cleaned, Limits

MEMORY = 1 << 30
"""Bytes of address space."""
SECONDS = 20
"""Of processor time."""


def limit(kind: int, most: int) -> None:
    """Take no more than this, and never ask for more again."""
    resource.setrlimit(kind, (most, most))


def main() -> None:
    """Clean one file."""
    limit(resource.RLIMIT_AS, MEMORY)
    limit(resource.RLIMIT_CPU, SECONDS)
    limit(resource.RLIMIT_FSIZE, 0)
    limit(resource.RLIMIT_CORE, 0)
    sys.path.insert(0, sys.argv[1])
    said, *parts = _answer(sys.stdin.buffer.read(), json.loads(sys.argv[2]))
    out = sys.stdout.buffer
    out.write(json.dumps(said).encode() + b"\n")
    for part in parts:
        out.write(part)
    out.flush()


def _answer(given: bytes, limits: dict[str, int]) -> tuple[Any, ...]:
    """What is said of the file, and what came of it."""
    from store.files.cleaner.kinds import Limits, NotTaken  # noqa: PLC0415 - within the limits

    try:
        made = _made(given, Limits(**limits))
    except NotTaken as refused:
        return ({"refused": str(refused)},)
    except MemoryError:
        return ({"refused": "file_too_complex"},)
    if len(made.plain) > limits["size"]:
        return ({"refused": "file_too_complex"},)
    told = {name: getattr(made, name) for name in ("media", "width", "height", "pages")}
    return {**told, "plain": len(made.plain), "small": len(made.small)}, made.plain, made.small


def _made(given: bytes, limits: "Limits") -> "Cleaned":
    """By the library for what it is; the other is not loaded."""
    from store.files.cleaner.kinds import PDF, media_of  # noqa: PLC0415 - within the limits

    media = media_of(given[:16])
    if media == PDF:
        from store.files.cleaner import documents  # noqa: PLC0415 - as above

        return documents.clean(given, limits)
    from store.files.cleaner import images  # noqa: PLC0415 - as above

    return images.clean(given, media, limits)


if __name__ == "__main__":
    main()
