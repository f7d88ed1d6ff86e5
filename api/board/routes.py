"""The route of the board."""

from fastapi import APIRouter, Response

from api import answers
from api.auth import Staff
from api.board.models import Board
from api.board.views import board
from api.context import Here
from api.once import once
from api.overseeing import need_overseer_of
from api.topics.asking import Word
from api.words import Language
from store import board as counted
from store.still import still

router = APIRouter(prefix="/api/v1/board", tags=["scores"], dependencies=[once()])
ENTITLED = "for auditors, and supervisors of the unit or of one above it"


@router.get("", response_model=Board)
async def show_board(here: Here, person: Staff, unit: Word, lang: Language = "zh") -> Response:
    """Open cases of a unit by stage and by the units right below it, those with the most overdue
    first. For auditors, and supervisors of the unit or of one above it.
    """
    async with still(here.engine) as there:
        book = await here.shelf.book(there.raw, there.books, there.at)
        need_overseer_of(person, unit, book, ENTITLED)
        organisation = book.organisation
        below = {each: organisation.subtree(each) for each in organisation.below(unit)}
        everywhere = organisation.units[unit].parent_id is None
        cells = await counted.cells(
            there.raw, there.at, {**below, unit: (unit,)}, everywhere=everywhere
        )
    return answers.shown_at(board(unit, cells, book, there.at, lang), there.at)
