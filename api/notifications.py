"""Routes of deliveries: what waits, what was given up and why, and sending it again by hand."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import AfterValidator

from api import identity, words
from api.auth import Principal, Staff
from api.context import Here, now
from api.errors import Problem
from api.identity import Key
from api.models_named import Named
from api.models_notifications import Deliveries, DeliveryView
from api.schemas.base import clean
from api.words import Language, say, unit_name
from domain.book import Book
from domain.organisation import Organisation
from domain.words import Role
from letters import texts
from store import dead_letters
from store.database import raw
from store.dead_letters import Wanted

router = APIRouter(prefix="/api/v1/notifications", tags=["notifications"])
Word = Annotated[str, Query(max_length=100), AfterValidator(clean)]
State = Literal["pending", "sent", "dead"]
ACTING = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})
"""Posts that look after deliveries; an auditor looks on."""
RECEIVERS: Mapping[str, tuple[str, str]] = {
    "resident": ("居民", "resident"),
    "party": ("当事人", "party"),
    "partner": ("协助单位", "partner"),
}


@router.get("")
async def list_deliveries(  # noqa: PLR0913, PLR0917 - each filter is a parameter
    here: Here,
    person: Staff,
    state: State = "dead",
    receiver: Word | None = None,
    topic: Word | None = None,
    channel: Word | None = None,
    error: Word | None = None,
    case_id: Word | None = None,
    cursor: Annotated[int, Query(ge=1, le=2**63 - 1)] | None = None,
    size: Annotated[int, Query(ge=1, le=200)] = 50,
    lang: Language = "zh",
) -> Deliveries:
    """Deliveries of cases in sight, newest first: by default those that were given up."""
    book = await here.book()
    wanted = Wanted(
        units=_sight(person, book, {*ACTING, Role.AUDITOR}),
        state=state,
        before=cursor,
        receiver=receiver,
        topic=topic,
        channel=channel,
        error=error,
        case_id=case_id,
        size=size + 1,
    )
    async with raw(here.engine) as connection:
        rows = await dead_letters.page(connection, wanted)
    shown = [_view(row, book.organisation, lang) for row in rows[:size]]
    more = rows[size - 1]["delivery_id"] if len(rows) > size else None
    return Deliveries(deliveries=shown, next_cursor=more)


@router.post("/{message_id}/resend")
async def send_again(
    message_id: UUID, key: Key, here: Here, person: Staff, lang: Language = "zh"
) -> DeliveryView:
    """Send a dead letter again under the same message id; the same key has one effect."""
    book = await here.book()
    units = _sight(person, book, ACTING)
    command_id = UUID(identity.command_id(person, str(message_id), key))
    async with raw(here.engine) as connection:
        found = await dead_letters.one(connection, message_id, units)
        if found is None:
            raise Problem(404, "delivery_not_found", "no such delivery, or not yours to see")
        asked = (connection, message_id, command_id, person.person_id)
        if not await dead_letters.send_again(*asked):
            raise Problem(409, "not_dead", "only what was given up is sent again", rule="R14.1")
        found = await dead_letters.one(connection, message_id, units)
    return _view(found or {}, book.organisation, lang)


def _sight(person: Principal, book: Book, roles: frozenset[Role] | set[Role]) -> list[str] | None:
    """The units whose deliveries a person looks after; None for the head of the tree."""
    posts = book.organisation.posts_of(person.person_id, now())
    posts = tuple(
        post for post in posts if post.role in roles and person.post_id in {None, post.post_id}
    )
    if not posts:
        raise Problem(
            403, "not_entitled", "needs a supervisor's or administrator's post", rule="§2"
        )
    units = sorted({post.unit_id for post in posts})
    tree = book.organisation.units
    whole = any(post.role is Role.AUDITOR for post in posts)
    # What belongs to no unit, such as a matter without a place, is the head's to look after.
    whole = whole or any(unit in tree and tree[unit].parent_id is None for unit in units)
    return None if whole else units


def _view(row: Mapping[str, Any], organisation: Organisation, lang: Language) -> DeliveryView:
    audience = texts.audience_of(row["receiver_kind"])
    unit = unit_name(row["unit_id"], organisation)
    return DeliveryView(
        id=row["message_id"],
        topic=row["topic"],
        words=texts.words(row["topic"], audience, lang).format(unit=unit),
        case_id=row["case_id"],
        receiver_kind=row["receiver_kind"],
        receiver=Named(id=row["receiver"], name=_name(row, organisation, lang)),
        channel=row["channel"],
        state=row["status"],
        error=row["error"],
        attempts=row["attempts"],
        created_at=row["created_at"],
        settled_at=row["settled_at"],
        next_attempt_at=row["next_attempt_at"],
    )


def _name(row: Mapping[str, Any], organisation: Organisation, lang: Language) -> str:
    """Who should have got it: staff and units by name, everybody else by what they are."""
    match row["receiver_kind"]:
        case "person":
            return words.person_name(row["receiver"], organisation)
        case "unit":
            return unit_name(row["receiver"], organisation)
        case kind:
            return say(RECEIVERS, kind, lang)
