"""Has a file cleaned by a process of its own: what a hostile file breaks or takes hold of there is
that process alone, which knows no secret, ends with the file, and is ended if it takes too long.
"""

import asyncio
import json
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO

from store.files.cleaner.kinds import Cleaned, Limits, NotTaken

ROOT = Path(__file__).parents[2]
PROGRAM = Path(__file__).parent / "cleaner" / "__main__.py"
SECONDS = 30.0
"""From start to end, on a machine that has other things to do."""
HEAD = 1000
PIECE = 1 << 16


class Cleaner:
    """Cleans some files at a time; the others wait."""

    def __init__(self, limits: Limits, together: int = 2) -> None:
        self.limits = limits
        self._turn = asyncio.Semaphore(together)

    async def clean(self, file: IO[bytes]) -> Cleaned:
        """What the file shows; `NotTaken` with the reason. `file` is one of the system's."""
        async with self._turn:
            return await self._clean(file)

    async def _clean(self, file: IO[bytes]) -> Cleaned:
        file.seek(0)
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-B", str(PROGRAM)),
            *(str(ROOT), json.dumps(asdict(self.limits))),
            stdin=file.fileno(),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={},
            cwd="/",
        )
        try:
            async with asyncio.timeout(SECONDS):
                said = await _read(process, self.limits.size * 2 + HEAD)
                await process.wait()
        except TimeoutError:
            raise NotTaken("file_too_complex") from None
        finally:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
        return _heard(said)


async def _read(process: asyncio.subprocess.Process, most: int) -> bytes:
    """What it says, and no more than it may."""
    said = bytearray()
    if process.stdout is not None:
        while len(said) <= most and (piece := await process.stdout.read(PIECE)):
            said += piece
    return bytes(said)


def _heard(said: bytes) -> Cleaned:
    """The answer; a process that ended without a whole one was stopped by its limits."""
    line, _, rest = said.partition(b"\n")
    try:
        head = json.loads(line)
        refused, sizes = head.pop("refused", ""), (head.pop("plain", 0), head.pop("small", 0))
    except (ValueError, AttributeError):
        raise NotTaken("file_too_complex") from None
    if refused:
        raise NotTaken(refused)
    if len(rest) != sum(sizes):
        raise NotTaken("file_too_complex")
    return Cleaned(**head, plain=rest[: sizes[0]], small=rest[sizes[0] :])
