"""The route of the access record (R14.5): all of it for auditors, their own sign-ins for all."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal, get_args

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from api import views, words
from api.auth import Principal, Staff, posts_of
from api.cases import Word
from api.context import Here
from api.errors import Problem
from api.exports.filters import STREAM
from api.models_named import Named
from api.moments import Instant
from api.words import Language
from domain import masking
from domain.access.events import AccessEvent
from domain.book import Book
from domain.organisation import Post
from domain.words import Role
from store import access_pages
from store.access_pages import Recorded, Wanted
from store.codec import adapter
from store.database import raw

router = APIRouter(prefix="/api/v1/access-record", tags=["record"])
KINDS = tuple(str(cls.__dataclass_fields__["kind"].default) for cls in get_args(AccessEvent))
Kind = Literal[
    "access.signed_in",
    "access.sign_in_refused",
    "access.signed_out",
    "access.session_ended",
    "access.token_made",
    "access.token_revoked",
    "access.refused",
    "access.refusals_counted",
    "access.shown",
    "access.exported",
    "access.scores_shown",
    "access.file_shown",
]
_OWN = (".sign", ".session", ".token", ".scores")
OWN = tuple(kind for kind in KINDS if any(part in kind for part in _OWN))
"""What everybody may read of what was recorded about themselves."""
ELSEWHERE = frozenset({"kind", "at", "by", "about", "person_id"})


class AccessLine(BaseModel):
    """One entry: what, when it happened and was recorded, who at which post, about which case.

    `person` is whose token it is; `reason` why personal data was shown; `data` the rest.
    """

    kind: str
    words: str
    at: datetime
    recorded_at: datetime
    by: Named
    post_id: str | None
    unit: Named | None
    person: Named | None
    about: str
    reason: str
    data: dict[str, Any]
    stream: str
    version: int
    hash: str


class AccessRecord(BaseModel):
    """A page of the record, newest first; `next_cursor` asks for what is older."""

    entries: list[AccessLine]
    next_cursor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody asks for, and the filters but the person, in the words they used."""

    wanted: Wanted
    said: tuple[str, ...]

    def recorded(self, book: Book) -> tuple[str, ...]:
        """The filters as they are written down: of a person who is none only that one was named."""
        person = self.wanted.person_id
        if person is None:
            return self.said
        known = person if person in book.organisation.people else "?"
        return (f"person={known}", *self.said)


def asked(
    person: Word | None = None,
    case: Annotated[str | None, Query(pattern=STREAM)] = None,
    kind: Annotated[list[Kind] | None, Query(max_length=len(KINDS))] = None,
    since: Annotated[Instant, Query(alias="from")] = None,
    until: Instant = None,
) -> Asked:
    """The filters of the record."""
    kinds = tuple(kind or ())
    given = {
        "case": case,
        "kind": ",".join(kinds),
        "from": since and since.isoformat(),
        "until": until and until.isoformat(),
    }
    return Asked(
        wanted=Wanted(person_id=person, about=case, kinds=kinds, since=since, until=until),
        said=tuple(f"{name}={value}" for name, value in given.items() if value),
    )


@router.get("")
async def show_record(
    here: Here,
    asking: Staff,
    wanted: Annotated[Asked, Depends(asked)],
    cursor: Annotated[str | None, Query(max_length=300)] = None,
    size: Annotated[int, Query(ge=1, le=200)] = 50,
    lang: Language = "zh",
) -> AccessRecord:
    """Who looked at what, was refused, came and went; `person` by oneself asks for one's own."""
    book = await here.book()
    allowed = permitted(asking, wanted.wanted, book)
    async with raw(here.engine) as connection:
        found, after = await access_pages.page(
            connection, allowed, here.ring, cursor=cursor, size=size
        )
    return AccessRecord(entries=[line(each, book, lang) for each in found], next_cursor=after)


def need_auditor(asking: Principal, book: Book) -> Post:
    """The post they audit at, or 403."""
    for post in posts_of(asking, book):
        if post.role is Role.AUDITOR:
            return post
    told = "needs an auditor's post; ask with your own id for your own sign-ins"
    raise Problem(403, "not_entitled", told, rule="R14.5")


def permitted(asking: Principal, wanted: Wanted, book: Book) -> Wanted:
    """What of it may be read: by an auditor all, by others their own comings and goings; or 403."""
    kinds = tuple(kind for kind in OWN if kind in (wanted.kinds or OWN))
    if wanted.person_id != asking.person_id or wanted.about is not None or not kinds:
        need_auditor(asking, book)
        return wanted
    if any(post.role is Role.AUDITOR for post in posts_of(asking, book)):
        return wanted
    return Wanted(person_id=asking.person_id, kinds=kinds, since=wanted.since, until=wanted.until)


def line(found: Recorded, book: Book, lang: Language) -> AccessLine:
    """One entry in plain words, free text masked."""
    event, organisation = found.event, book.organisation
    whose = getattr(event, "person_id", "")
    cls: type = type(event)
    data = adapter(cls).dump_python(event, mode="json", exclude=set(ELSEWHERE))
    if "label" in data:
        data["label"] = masking.text(data["label"])
    return AccessLine(
        kind=event.kind,
        words=words.sentence(event, organisation, lang),
        at=event.at,
        recorded_at=found.recorded_at,
        by=Named(
            id=event.by.person_id, name=words.actor_name(event.by.person_id, organisation, lang)
        ),
        post_id=event.by.post_id,
        unit=views.unit(event.by.unit_id, organisation),
        person=Named(id=whose, name=words.person_name(whose, organisation)) if whose else None,
        about=getattr(event, "about", ""),
        reason=masking.text(found.reason),
        data=data,
        stream=found.stream,
        version=found.version,
        hash=found.hash.hex(),
    )
