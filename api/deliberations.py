"""Routes for everybody, without signing in: what was decided and done, as it was published (R8)."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from api import answers
from api.context import Here
from api.deliberation_views import PublicDeliberation, PublicDeliberations, public_deliberation
from api.errors import Problem
from store import published, reading
from store.database import raw

router = APIRouter(prefix="/api/v1/deliberations", tags=["deliberations"])
Number = Annotated[str, Path(pattern=r"^[0-9A-Za-z_-]{1,60}\.[1-9][0-9]{0,3}$")]


@router.get("", response_model=PublicDeliberations)
async def list_deliberations(
    here: Here,
    cursor: Annotated[int | None, Query(ge=0, le=2**62)] = None,
    size: Annotated[int, Query(ge=1, le=20)] = 10,
) -> Response:
    """What was published, the latest first."""
    organisation = (await here.book()).organisation
    shown: list[PublicDeliberation] = []
    async with raw(here.engine) as connection:
        rows = await published.latest(connection, before=cursor, most=size + 1)
        for row in rows[:size]:
            found = await reading.history(connection, row.case_id, here.ring)
            view = found and public_deliberation(found, row.number, organisation)
            shown += [view] if view else []
    more = str(rows[size - 1].position) if len(rows) > size else None
    return answers.shown(PublicDeliberations(deliberations=shown, next_cursor=more))


@router.get("/{deliberation_id}", response_model=PublicDeliberation)
async def show_deliberation(deliberation_id: Number, here: Here) -> Response:
    """One of them."""
    case_id, _, number = deliberation_id.rpartition(".")
    organisation = (await here.book()).organisation
    async with raw(here.engine) as connection:
        found = await reading.history(connection, case_id, here.ring)
    view = public_deliberation(found, int(number), organisation) if found else None
    if view is None:
        raise Problem(404, "deliberation_not_found", "nothing was published under this number")
    return answers.shown(view)
