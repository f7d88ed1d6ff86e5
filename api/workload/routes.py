"""The route of workload."""

import asyncio

from fastapi import APIRouter, Response

from api import answers
from api.auth import Staff
from api.context import Here
from api.past import AsOf
from api.topics.asking import Word
from api.words import Language
from api.workload import views
from api.workload.asking import asked, read
from api.workload.models import Workload

router = APIRouter(prefix="/api/v1/workload", tags=["scores"])


@router.get("", response_model=Workload)
async def show_workload(
    here: Here, person: Staff, unit: Word, lang: Language = "zh", as_of: AsOf = None
) -> Response:
    """Open cases of a unit and of those right below it against staff and households, and where
    people are missing. For auditors, and supervisors of the unit or of one above it.
    """
    async with asked(here, person, unit, as_of) as found:
        known = await read(found)
        # Of a city that is some thousand units: nobody else is to wait for it.
        told = await asyncio.to_thread(views.workload, found, known, lang)
        return answers.shown_at(told, found.at)
