"""All pages. Each desk adds its routers here."""

from api.pages import residents, signing, start
from api.pages.admin import access, calendar, keeping, office, registers
from api.pages.drawing import routes as drawings
from api.pages.phone import bulk, opening, printing, stepping
from api.pages.staff import case, doing, inbox, keys, worklist
from api.pages.staff import scores as own_scores
from api.pages.watch import audit, beside, board, queues, scores, shades, shelf, sight

ROUTERS = (
    start.router,
    signing.router,
    drawings.router,
    worklist.router,
    opening.router,
    bulk.router,
    printing.router,
    stepping.router,
    case.router,
    doing.router,
    inbox.router,
    keys.router,
    own_scores.router,
    office.router,
    keeping.router,
    registers.router,
    calendar.router,
    access.router,
    audit.router,
    board.router,
    shades.router,
    queues.router,
    scores.router,
    beside.router,
    shelf.router,
    sight.router,
    *residents.ROUTERS,
)
