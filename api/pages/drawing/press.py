"""The press: a process that draws charts, one line of JSON in, one line out. vl-convert holds the
interpreter while it draws, a second for the first chart: in the server's own process all who visit
would wait for it, also with threads.

`python -m api.pages.drawing.press` is the process; `Press` is how the server speaks to it. It ends
by itself when the server is gone, for then nothing more comes in.
"""

import asyncio
import json
import os
import sys
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, field

from api.pages.drawing.figure import Figure, Row, Size

PATIENCE = 20.0
"""Seconds that a drawing may take; then the press is stopped and another one started."""
LONGEST = 4 * 1024 * 1024
"""Bytes of a line."""
KEPT = 4 * 1024 * 1024
"""Bytes of drawings kept at hand, the latest asked for."""
FIRST = Figure(kind="bars", title="-", first="-", unit="-", series=("-",), rows=(Row("-", ("1",)),))


class NotDrawn(Exception):
    """The press could not draw it, or took too long."""


@dataclass(slots=True)
class Press:
    """One press of a server's process, started when it is first needed."""

    _running: asyncio.subprocess.Process | None = None
    _kept: OrderedDict[str, str] = field(default_factory=OrderedDict)
    _bytes: int = 0
    _one: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def warm(self) -> None:
        """Draw something, so that the first who wants a chart does not wait for the library."""
        with suppress(NotDrawn):
            await self.drawn(FIRST, "wide")

    async def drawn(self, figure: Figure, size: Size) -> str:
        """The chart as SVG; `NotDrawn` where that does not work."""
        name = figure.digest(size)
        found = self._kept.get(name)
        if found is None:
            async with self._one:
                found = self._kept.get(name) or await self._made(figure, size)
            self._keep(name, found)
        self._kept.move_to_end(name)
        return found

    def _keep(self, name: str, drawing: str) -> None:
        self._bytes += len(drawing) - len(self._kept.get(name, ""))
        self._kept[name] = drawing
        while self._bytes > KEPT and len(self._kept) > 1:
            _, gone = self._kept.popitem(last=False)
            self._bytes -= len(gone)

    async def _made(self, figure: Figure, size: Size) -> str:
        asked = json.dumps({"size": size, "figure": figure.text()}).encode() + b"\n"
        try:
            answer = await asyncio.wait_for(self._asked(asked), PATIENCE)
            told = json.loads(answer)
        except (OSError, ValueError, TimeoutError, asyncio.CancelledError) as error:
            await self.stop()  # what it says later would be the answer to another question
            if isinstance(error, asyncio.CancelledError):
                raise
            raise NotDrawn(type(error).__name__) from error
        if "svg" not in told:
            raise NotDrawn(told["error"])
        return str(told["svg"])

    async def _asked(self, line: bytes) -> bytes:
        running = self._running
        if running is None or running.returncode is not None:
            running = self._running = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", __name__),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                limit=LONGEST,
                start_new_session=True,  # a Ctrl-C is for the server, which then ends it
            )
        if running.stdin is None or running.stdout is None:
            raise OSError("no pipes")
        running.stdin.write(line)
        await running.stdin.drain()
        return await running.stdout.readline()

    async def stop(self) -> None:
        """End the process."""
        running, self._running = self._running, None
        if running is not None and running.returncode is None:
            with suppress(ProcessLookupError):
                running.kill()
            await running.wait()


def main() -> None:
    """Draw what comes in, line by line, until nothing comes any more."""
    os.nice(5)  # whoever waits for a page comes first
    from api.pages.drawing import charts  # noqa: PLC0415 - loads altair, which no server needs

    for line in sys.stdin:
        asked = json.loads(line)
        try:
            told = {"svg": charts.drawn(Figure.read(asked["figure"]), asked["size"])}
        except Exception as error:  # noqa: BLE001 - the next chart is another one
            told = {"error": type(error).__name__}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
