"""Small decisions of the answering side that need no server."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

import pytest

from api.answers import REVEALED_FOR, _just_now
from api.context import now
from api.errors import Problem, answer, refused
from store.reading import Line
from workflows.messages import Refusal


@dataclass
class Recorded:
    recorded_at: Any


@pytest.mark.parametrize(
    ("ago", "shown"),
    [(timedelta(), True), (REVEALED_FOR / 2, True), (REVEALED_FOR, False), (timedelta(1), False)],
)
def test_a_repeated_reveal_shows_personal_data_for_a_moment_only(
    ago: timedelta, shown: object
) -> None:
    line = cast("Line", Recorded(now() - ago))
    assert _just_now([line]) is shown


@pytest.mark.parametrize(
    ("code", "forbidden", "status"),
    [
        ("case_closed", False, 409),
        ("not_entitled", True, 403),
        ("no_such_case", False, 404),
        ("idempotency_key_reused", False, 422),
        ("clock_ahead", False, 503),
    ],
)
def test_a_refusal_becomes_one_status_and_keeps_its_code_and_rule(
    code: str, forbidden: object, status: int
) -> None:
    problem = refused(Refusal(code=code, rule="R1", forbidden=bool(forbidden)))
    assert (problem.status, problem.code) == (status, code)
    assert problem.body()["rule"] == "R1"


def test_a_problem_leaves_as_a_problem_document() -> None:
    response = answer(Problem(503, "temporal_unavailable", headers={"Retry-After": "5"}))
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["retry-after"] == "5"
