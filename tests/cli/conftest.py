"""A copy of the sample town that a test may spoil."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cli.town import Town, read_town

SAMPLE = Path(__file__).parents[2] / "sample"
AT = datetime(2026, 1, 15, tzinfo=UTC)


class Copy:
    """A copy of the sample that can be spoilt."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self) -> Town:
        return read_town([self.folder], AT)

    def found(self, level: str) -> list[str]:
        return [str(each) for each in self.read().findings if each.level == level]

    def errors(self) -> list[str]:
        return self.found("error")

    def warnings(self) -> list[str]:
        return self.found("warning")

    def only_error(self) -> str:
        errors = self.errors()
        assert len(errors) == 1, errors
        return errors[0]

    def text(self, file: str) -> str:
        return (self.folder / file).read_text(encoding="utf-8")

    def write(self, file: str, text: str) -> None:
        (self.folder / file).write_text(text, encoding="utf-8")

    def change(self, file: str, old: str, new: str) -> None:
        text = self.text(file)
        assert old in text
        self.write(file, text.replace(old, new, 1))

    def add(self, file: str, line: str) -> None:
        self.write(file, self.text(file) + line + "\n")

    def take(self, file: str, start: str) -> None:
        lines = self.text(file).splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith(start)]
        assert len(kept) < len(lines)
        self.write(file, "".join(kept))

    def line(self, file: str, part: str) -> int:
        return 1 + next(i for i, line in enumerate(self.text(file).splitlines()) if part in line)

    def draw(self, unit_id: str, ring: list[list[float]], kind: str = "Polygon") -> None:
        """Give a grid another border."""
        lines = self.text("grids.geojson").splitlines()
        at = next(i for i, line in enumerate(lines) if f'"unit_id":"{unit_id}"' in line)
        feature = json.loads(lines[at].rstrip(","))
        feature["geometry"] = {"type": kind, "coordinates": [ring]}
        lines[at] = json.dumps(feature) + ("," if lines[at].endswith(",") else "")
        self.write("grids.geojson", "\n".join(lines) + "\n")


@pytest.fixture
def town(tmp_path: Path) -> Copy:
    folder = tmp_path / "town"
    shutil.copytree(SAMPLE, folder)
    return Copy(folder)
