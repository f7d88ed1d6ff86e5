"""Contract files: the request, the shape of the answer, and one refusal, of every command."""

import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.e2e.office import Office
from tests.e2e.scenes.base import Ask, Scene
from tests.e2e.shapes import shape_of

CONTRACTS = Path(__file__).with_name("contracts")
STEADY = (
    (r"SW(-[0-9A-Z]{4}){3}", "SW-0000-0000-0000"),
    (r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "00000000-0000-0000-0000-000000000000"),
    (r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00", "2026-03-02T07:00:00+00:00"),
    (r'"change": \d+', '"change": 1'),
    (r'"document": "(\\.|[^"\\])*"', '"document": "version = …"'),
)
"""What is another in every run, or long, and what a contract shows for it."""


async def send(office: Office, ask: Ask) -> httpx.Response:
    return await office.post(ask.url, ask.body, ask.headers)


async def keep_contract(
    office: Office, name: str, made: Scene, told: Any, request: pytest.FixtureRequest
) -> None:
    """Compare request, answer and refusal with the file, or write the file again."""
    refused = await send(office, made.refused)
    problem = refused.json()
    assert refused.headers["content-type"] == "application/problem+json"
    assert problem["code"] == made.code, problem
    found = {
        "request": _steady(made.done.body),
        "answer": shape_of(told),
        "refusal": {
            "request": _steady(made.refused.body),
            "status": refused.status_code,
            "code": problem["code"],
            "rule": problem["rule"],
            "answer": shape_of(problem),
        },
    }
    path = CONTRACTS / f"{name}.json"
    if request.config.getoption("--rewrite-contracts", default=False):
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    assert json.loads(path.read_text(encoding="utf-8")) == found


def _steady(body: dict[str, Any]) -> dict[str, Any]:
    """The body with what is another in every run made the same."""
    text = json.dumps(body, ensure_ascii=False)
    for pattern, steady in STEADY:
        text = re.sub(pattern, steady, text)
    found: dict[str, Any] = json.loads(text)
    return found
