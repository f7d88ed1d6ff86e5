"""The drawn states are the domain's own, and none is missing."""

from typing import get_args

import pytest

from domain.commands import Command
from domain.words import Phase
from tests import diagram

KINDS = sorted(str(c.__dataclass_fields__["kind"].default) for c in get_args(Command))
MOVES = diagram.moves()


@pytest.mark.parametrize("kind", KINDS)
def test_every_command_is_drawn(kind: str) -> None:
    assert any(kind in kinds for kinds in MOVES.values()), (
        f"no life in tests/store/lives has {kind}"
    )


@pytest.mark.parametrize("phase", [phase.value for phase in Phase])
def test_every_phase_is_drawn_with_a_way_in_and_a_way_out(phase: str) -> None:
    assert any(after == phase != before for before, after in MOVES)
    assert any(before == phase for before, after in MOVES)


def test_the_page_of_the_states_is_up_to_date() -> None:
    assert diagram.PAGE.read_text(encoding="utf-8") == diagram.page(), "run python -m tests.diagram"
