"""How long each kind of data is kept (R14.4), by the policy in force."""

from fastapi import APIRouter
from pydantic import BaseModel

from api.auth import Staff
from api.context import Here
from api.words import Language, say
from api.words.keeping import KINDS as WORDS
from api.words.keeping import SINCE, UNTIL
from store.keeping import KINDS, days_of

router = APIRouter(prefix="/api/v1/keeping", tags=["erasures"])


class KeptView(BaseModel):
    """A kind of data. `days` is None where no number of the policy says it; `until` then does."""

    kind: str
    words: str
    until: str
    days: int | None
    since: str | None


class KeptViews(BaseModel):
    """Every kind, under one policy."""

    policy: str
    kinds: list[KeptView]


@router.get("")
async def kept(here: Here, _person: Staff, lang: Language = "zh") -> KeptViews:
    """What is kept, and until when; a turn a day deletes what was kept long enough."""
    book = await here.book()
    keeping = book.policies[book.policy].keeping
    found = [
        KeptView(
            kind=name,
            words=say(WORDS, name, lang),
            until=say(UNTIL, kind.until, lang),
            days=days_of(kind, keeping),
            since=say(SINCE, name, lang) if name in SINCE else None,
        )
        for name, kind in KINDS.items()
    ]
    return KeptViews(policy=book.policy, kinds=found)
