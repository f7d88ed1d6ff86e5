"""The pictures of the README are there, small, and those that the command draws."""

import re
from pathlib import Path

import pytest

from tests.pages.manners import EVERYWHERE
from tests.screenshots import FOLDER, MOST, SHOTS

README = Path(__file__).parents[2] / "README.md"
DRAWN = {f"{shot.name}-{manner}.png" for shot in SHOTS for manner in EVERYWHERE}


def test_every_page_is_drawn_on_both_screens_in_both_languages() -> None:
    assert {path.name for path in FOLDER.iterdir()} == DRAWN


@pytest.mark.parametrize("path", sorted(FOLDER.iterdir()), ids=lambda path: path.name)
def test_a_picture_is_small(path: Path) -> None:
    assert path.stat().st_size <= MOST


def test_the_readme_shows_pictures_that_are_there() -> None:
    shown = re.findall(r"\]\(docs/pages/([^)]+)\)", README.read_text("utf-8"))
    assert len(shown) >= 5
    assert set(shown) <= DRAWN
