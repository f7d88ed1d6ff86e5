"""What may be done now with an admission or an erasure, and why the rest may not: what `decide`
itself answers to a command that nobody sends. No rule.
"""

from collections.abc import Callable, Mapping

from pydantic import BaseModel

from api import words
from api.words import Language
from domain.organisation import Organisation
from domain.refusals import Refused

TEXT = "-"
"""Stands for a text that is still to be written."""


class Step(BaseModel):
    """One command. Where it is not possible, `code`, `rule`, `why` and `advice` say so;
    `forbidden`: it is about who asks.
    """

    kind: str
    possible: bool
    forbidden: bool = False
    code: str | None = None
    rule: str | None = None
    what: str | None = None
    why: str | None = None
    advice: str | None = None


class Steps(BaseModel):
    """What the one who asks may do with it at that version."""

    version: int
    actions: list[Step]


def tried(
    kinds: Mapping[str, Callable[[], object]], organisation: Organisation, language: Language
) -> list[Step]:
    """Each kind of command with the answer that it would get; a call decides it."""
    return [_tried(kind, decide, organisation, language) for kind, decide in kinds.items()]


def _tried(
    kind: str, decide: Callable[[], object], organisation: Organisation, language: Language
) -> Step:
    try:
        decide()
    except Refused as no:
        told = words.refusal(no.code, no.details, language, organisation)
        return Step(
            kind=kind,
            possible=False,
            forbidden=no.forbidden,
            code=no.code,
            rule=no.rule,
            what=told.what,
            why=told.why,
            advice=told.now,
        )
    return Step(kind=kind, possible=True)
