"""Which units' cases a member of staff sees: those of the posts they act at. Rules only."""

from collections.abc import Iterable

from domain.organisation import Post
from domain.words import Role

BLIND = frozenset({Role.ADMINISTRATOR, Role.MEDIATOR})
"""Posts that by themselves open no case to view."""


def units_in_sight(posts: Iterable[Post]) -> list[str] | None:
    """The units that open cases at those posts, none where none does; None for every unit."""
    held = [*posts]
    if any(post.role is Role.AUDITOR for post in held):
        return None
    return sorted({post.unit_id for post in held if post.role not in BLIND})
