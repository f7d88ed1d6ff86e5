"""The window of a map: degrees to pixels and back. No shapes.

Within a town the earth is flat: longitude and latitude are stretched evenly, a degree of longitude
by the cosine of the middle latitude, so that a metre is as long to the east as to the north.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

METRES = 111_195
"""Of a degree of latitude."""
CLOSEST = 0.05
"""Metres to a pixel at least: nearer, one would see what no border says."""
WIDEST = 20_000
_NUMBER = r"-?\d{1,3}(?:\.\d{1,7})?"
_SIZE = r"\d{2,4}"
_WRITTEN = re.compile(
    rf"({_NUMBER}),({_NUMBER}),(\d{{1,5}}(?:\.\d{{1,4}})?),({_SIZE}),({_SIZE})", re.ASCII
)
Point = tuple[float, float]
"""Longitude and latitude, in degrees."""
Bounds = tuple[float, float, float, float]
"""West, south, east and north."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a picture of so many pixels shows: its middle, and how many metres a pixel is."""

    longitude: float
    latitude: float
    metres: float
    width: int
    height: int

    @classmethod
    def around(cls, bounds: Bounds, width: int, height: int, margin: int = 8) -> Self:
        """All of the bounds, with a margin of pixels."""
        west, south, east, north = bounds
        narrow = math.cos(math.radians((south + north) / 2))
        across = (east - west) * METRES * narrow / max(width - 2 * margin, 1)
        upwards = (north - south) * METRES / max(height - 2 * margin, 1)
        metres = min(max(across, upwards, CLOSEST), WIDEST)
        return cls.made((west + east) / 2, (south + north) / 2, metres, (width, height))

    @classmethod
    def made(cls, longitude: float, latitude: float, metres: float, size: tuple[int, int]) -> Self:
        """As its text says it: two of one text are one frame."""
        scale = math.ceil(metres * 10_000) / 10_000
        return cls(round(longitude, 7), round(latitude, 7), scale, *size)

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The frame of that text; None for what is none."""
        found = _WRITTEN.fullmatch(text)
        if found is None:
            return None
        longitude, latitude, metres = map(float, found.groups()[:3])
        width, height = map(int, found.groups()[3:])
        sound = abs(longitude) <= 180 and abs(latitude) < 89 and CLOSEST <= metres <= WIDEST  # noqa: PLR2004 - degrees
        return cls(longitude, latitude, metres, width, height) if sound else None

    def __str__(self) -> str:
        """As it is put into an address or a form."""
        metres = f"{self.metres:.4f}".rstrip("0").rstrip(".")
        return f"{self.longitude:.7f},{self.latitude:.7f},{metres},{self.width},{self.height}"

    @property
    def _scale(self) -> tuple[float, float]:
        """Pixels of a degree to the east and to the north."""
        narrow = math.cos(math.radians(self.latitude))
        return METRES * narrow / self.metres, METRES / self.metres

    def pixel(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a point is drawn, from the upper left corner."""
        east, north = self._scale
        x = self.width / 2 + (longitude - self.longitude) * east
        y = self.height / 2 - (latitude - self.latitude) * north
        return x, y

    def point(self, x: float, y: float) -> Point:
        """The point that is drawn there."""
        east, north = self._scale
        longitude = self.longitude + (x - self.width / 2) / east
        latitude = self.latitude - (y - self.height / 2) / north
        return longitude, latitude

    def clicked(self, x: int, y: int) -> Point:
        """The point somebody clicked on: in the middle of the pixel."""
        return self.point(x + 0.5, y + 0.5)

    def closer(self, longitude: float, latitude: float, times: float = 4) -> Self:
        """Around a point, so many times nearer."""
        metres = min(max(self.metres / times, CLOSEST), WIDEST)
        return self.made(longitude, latitude, metres, (self.width, self.height))


def bounds(points: Iterable[Point]) -> Bounds | None:
    """What holds all the points; None for none."""
    found = [*points]
    if not found:
        return None
    longitudes, latitudes = [x for x, _ in found], [y for _, y in found]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)
