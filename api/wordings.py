"""The route of wordings: texts that staff may begin with at a step, of the policy in force."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from api import answers
from api.auth import Staff
from api.context import Here
from api.words import Language

router = APIRouter(prefix="/api/v1/wordings", tags=["cases"])


class WordingView(BaseModel):
    """One text and what it is called."""

    step: str
    name: str
    text: str


class Wordings(BaseModel):
    """Those in force, and the policy's version that has them."""

    policy: str
    wordings: list[WordingView]


@router.get("", response_model=Wordings)
async def list_wordings(
    here: Here,
    person: Staff,  # noqa: ARG001 - for staff alone
    step: Annotated[str | None, Query(max_length=50)] = None,
    lang: Language = "zh",
) -> Response:
    """All of them, or those for one step. Administrators change them with the policy."""
    book = await here.book()
    told = [
        WordingView(step=w.step, name=w.name_en if lang == "en" else w.name, text=w.text)
        for w in book.policies[book.policy].wordings
        if step in {None, w.step}
    ]
    return answers.shown(Wordings(policy=book.policy, wordings=told))
