"""The one place where an export is written down before it leaves (R14.5)."""

import logging

from api.auth import Principal
from api.context import Context
from api.exports.drawing import About

log = logging.getLogger(__name__)


async def record(here: Context, asking: Principal, about: About) -> None:
    """Write down who takes what, by which filters, how many lines."""
    del here
    log.info("export: %s, %s, %s events", asking.person_id, about.format, about.events)
