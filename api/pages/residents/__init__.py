"""Pages of residents, parties and partners: no account, a number and a code."""

from api.pages.residents import checking, files, helping, keeping, mine, report
from api.pages.residents.doors import HELP, MINE, PARTY, RATE, entrance
from api.pages.residents.follow import following
from api.pages.residents.rating import rating

ROUTERS = (
    report.router,
    mine.router,
    keeping.router,
    checking.router,
    helping.router,
    *(following(MINE, "receipt"), following(PARTY, "party")),
    *(rating(door) for door in (MINE, PARTY, RATE)),
    *(keeping.proof(door) for door in (MINE, PARTY, RATE)),
    *(files.shown(door) for door in (MINE, PARTY)),
    *(entrance(door) for door in (MINE, PARTY, RATE, HELP)),
)
