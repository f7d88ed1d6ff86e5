"""Who may see which scores (R12): figures of units, and those of people, which are recorded.

Auditors see all; supervisors the units at and below their own and the people in them; everybody
their own figures and what their own units carried themselves.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from api.auth import Principal, posts_of
from api.errors import Problem, unknown
from domain.book import Book
from domain.confidentiality import mediating
from domain.organisation import Organisation, Post
from domain.scores.figures import Scope
from domain.sight import units_in_sight
from domain.values import By
from domain.words import Role
from store.scores import explained
from store.still import Still

ENTITLED = "for auditors and supervisors over it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody of staff, with the posts they act at and the book in force; `over` are the units
    they supervise, None for an auditor, who sees all.
    """

    person_id: str
    book: Book
    posts: tuple[Post, ...]
    over: frozenset[str] | None

    @property
    def by(self) -> By:
        """Who looks, at the post that lets them."""
        watching = (post for post in self.posts if post.role in {Role.AUDITOR, Role.SUPERVISOR})
        post = next(watching, self.posts[0])
        return By(person_id=self.person_id, post_id=post.post_id, unit_id=post.unit_id)

    def oversees(self, unit_id: str) -> bool:
        """Whether it is their work to look at the unit, and at who works there."""
        return self.over is None or unit_id in self.over

    def serves(self, unit_id: str) -> bool:
        """Whether they work there, or where what it left was taken over."""
        standing = self.book.organisation.standing(unit_id)
        return standing in {post.unit_id for post in self.posts}


def reader(asking: Principal, book: Book) -> Reader:
    """Who asks, or 403 without a post that is valid now."""
    posts = posts_of(asking, book)
    if not posts:
        raise Problem(403, "no_valid_post", "you have no post that is valid now", rule="§2")
    if any(post.role is Role.AUDITOR for post in posts):
        return Reader(person_id=asking.person_id, book=book, posts=posts, over=None)
    watched = (post.unit_id for post in posts if post.role is Role.SUPERVISOR)
    over = frozenset(each for unit in watched for each in _watched(unit, book.organisation))
    return Reader(person_id=asking.person_id, book=book, posts=posts, over=over)


def _watched(unit_id: str, organisation: Organisation) -> set[str]:
    """What lies in its area, and what it took over."""
    return {*organisation.area(unit_id), *organisation.subtree(unit_id)}


def need_unit(reader: Reader, unit_id: str, scope: Scope) -> None:
    """404 where there is no such unit, 403 where its figures are not for the reader.

    What is below a unit is for who oversees it; what it carried itself also for its own staff.
    """
    if unit_id not in reader.book.organisation.units:
        raise Problem(404, "unit_not_found", "no such unit")
    own = scope == "own" and reader.serves(unit_id)
    if not own and not reader.oversees(unit_id):
        raise Problem(403, "not_entitled", ENTITLED, rule="R12")


def need_partner(reader: Reader, partner_id: str) -> None:
    """404 where there is no such partner, 403 for who does not see the figures of its unit."""
    partner = reader.book.organisation.partner(partner_id)
    if partner is None:
        raise Problem(404, "partner_not_found", "no such partner")
    need_unit(reader, partner.unit_id, "own")


def need_person(reader: Reader, person_id: str, since: datetime, until: datetime) -> None:
    """Let pass oneself, and who oversees a unit in which the person served in that time.

    Whoever oversees nobody is told nothing, whether there is such a person or not.
    """
    if person_id == reader.person_id:
        return
    if reader.over is not None and not reader.over:
        raise Problem(403, "not_entitled", "for auditors, supervisors and oneself", rule="R12")
    organisation = reader.book.organisation
    served = (
        post.unit_id
        for post in organisation.all_posts_of(person_id)
        if post.valid_from < until and (post.valid_until is None or post.valid_until > since)
    )
    known = person_id in organisation.people
    if not known or not (reader.over is None or any(map(reader.oversees, served))):
        raise Problem(404, "person_not_found", "nobody of that id, or not yours to see")


async def in_sight(there: Still, reader: Reader, case_ids: Collection[str]) -> frozenset[str]:
    """Which of those cases the reader may see."""
    if not case_ids:
        return frozenset()
    sight = units_in_sight(reader.posts), mediating(reader.posts)
    return await explained.in_sight(there.raw, case_ids, *sight)


def area(reader: Reader, within: str | None) -> tuple[list[str], frozenset[str]]:
    """The units asked about, or the widest the reader oversees; and all that lie in them.

    403 for who oversees nothing, or not what is asked about; 422 where there is no such unit.
    """
    organisation = reader.book.organisation
    if within is not None and within not in organisation.units:
        raise unknown("query/within", "unknown_unit")
    if reader.over is not None and not reader.over:
        raise Problem(403, "not_entitled", ENTITLED, rule="R12")
    if within is not None and not reader.oversees(within):
        raise Problem(403, "not_entitled", ENTITLED, rule="R12")
    tops = [within] if within is not None else _widest(reader)
    return tops, frozenset(each for top in tops for each in organisation.area(top))


def _widest(reader: Reader) -> list[str]:
    """Of the units they oversee those that lie in no other of them."""
    units = reader.book.organisation.units
    over = units.keys() if reader.over is None else reader.over
    return sorted(each for each in over if units[each].counted_under not in over)
