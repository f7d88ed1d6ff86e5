"""What is written down of an export before it leaves (R14.5): who, what, how much, what filters."""

from collections.abc import Mapping
from datetime import datetime

from api import recording
from api.auth import Principal
from api.context import Context, now
from api.exports.drawing import About
from domain.access.events import Exported
from domain.organisation import Post
from domain.values import RESIDENT, By
from domain.words import Role

ENTITLED = frozenset({Role.SUPERVISOR, Role.AUDITOR})
"""Posts at which somebody may take more than one case along."""


def event(about: About, by: By, at: datetime) -> Exported:
    """The entry of the access record."""
    alone = set(about.filters) == {"case"}
    return Exported(
        at=at,
        by=by,
        what="timeline" if alone else "journal",
        form=about.format,
        about=str(about.filters.get("case", "")),
        filters=(
            *_filters(about.filters),
            f"events={about.events}",
            f"until_seq={about.until_seq}",
        ),
        masked=True,
    )


def _filters(filters: Mapping[str, object]) -> list[str]:
    found = []
    for name, value in filters.items():
        values = value if isinstance(value, list) else [value]
        found += [f"{name}={v.isoformat() if isinstance(v, datetime) else v}" for v in values]
    return found


async def record(here: Context, asking: Principal, posts: tuple[Post, ...], about: About) -> None:
    """Write down that a member of staff takes it along."""
    await here.access.record(event(about, _by(asking, posts), now()))


async def record_own(here: Context, case_id: str, form: str, events: int) -> None:
    """Write down that a resident or a party takes their own timeline along."""
    counted = (f"events={events}",)
    await recording.exported(
        here, RESIDENT, what="timeline", form=form, about=case_id, filters=counted
    )


def _by(asking: Principal, posts: tuple[Post, ...]) -> By:
    """The person, at the post that lets them see most."""
    post = next((p for p in posts if p.role in ENTITLED), posts[0])
    return By(person_id=asking.person_id, post_id=post.post_id, unit_id=post.unit_id)
