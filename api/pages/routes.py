"""All pages. Each desk adds its routers here."""

from api.pages import signing, start
from api.pages.staff import case, worklist

ROUTERS = (
    start.router,
    signing.router,
    worklist.router,
    case.router,
)
