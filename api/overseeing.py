"""Who oversees a case or a unit: auditors, and supervisors of it and of its superiors."""

from api.auth import Principal, check_case, posts_of
from api.context import Context
from api.errors import Problem, unknown
from domain.book import Book
from domain.words import Role
from store import reading
from store.database import raw


async def need_overseer(here: Context, asking: Principal, case_id: str, told: str) -> None:
    """404 for who may not see the case, 403 for who sees it and does not oversee it."""
    await check_case(here, asking, case_id)
    book = await here.book()
    async with raw(here.engine) as connection:
        standing = await reading.standing(connection, case_id)
    over = book.organisation.path(standing["unit_id"]) if standing else ()
    for post in posts_of(asking, book):
        if post.role is Role.AUDITOR or (post.role is Role.SUPERVISOR and post.unit_id in over):
            return
    raise Problem(403, "not_entitled", told, rule="R14.3")


def need_overseer_of(asking: Principal, unit_id: str, book: Book, told: str) -> None:
    """422 for no unit; 403 for who neither audits nor supervises it or a unit above it."""
    if unit_id not in book.organisation.units:
        raise unknown("query/unit", "unknown_unit")
    over = book.organisation.path(unit_id)
    for post in posts_of(asking, book):
        if post.role is Role.AUDITOR or (post.role is Role.SUPERVISOR and post.unit_id in over):
            return
    raise Problem(403, "not_entitled", told, rule="R12.5")
