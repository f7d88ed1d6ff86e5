"""Who may change what in the office: administrators of the unit or of a superior."""

from domain import authority
from domain.authority import Asks
from domain.office.records import Records
from domain.organisation import Post
from domain.refusals import Refused
from domain.values import By
from domain.words import ActorKind, Role


def over(command: Asks, records: Records, *units: str) -> By:
    """An administrator of each of the units or of superiors of them; units nobody knows of are
    for the one who asks next to refuse.
    """
    paths = [path for unit in units if (path := _path(unit, records))]

    def fits(post: Post) -> bool:
        return post.role is Role.ADMINISTRATOR and all(post.unit_id in path for path in paths)

    return authority.acting(command, records.book, fits, f"an administrator of {', '.join(units)}")


def _path(unit: str, records: Records) -> tuple[str, ...]:
    """The unit and its superiors, also of one that is only planned."""
    now = records.book.organisation
    organisation = now if unit in now.units else records.organisation_at(records.far)
    return organisation.path(unit) if unit in organisation.units else ()


def over_any(command: Asks, records: Records) -> By:
    """An administrator, whatever the unit."""
    return authority.acting(
        command, records.book, lambda post: post.role is Role.ADMINISTRATOR, "an administrator"
    )


def anybody(command: Asks, records: Records) -> By:
    """Whoever has a post: to take back what one did oneself."""
    return authority.acting(command, records.book, lambda _: True, "a valid post")


def over_all(command: Asks, records: Records) -> By:
    """An administrator of the top of the tree."""
    units = records.book.organisation.units

    def fits(post: Post) -> bool:
        unit = units.get(post.unit_id)
        return post.role is Role.ADMINISTRATOR and unit is not None and unit.parent_id is None

    return authority.acting(command, records.book, fits, "an administrator of the city")


def system(command: Asks) -> None:
    """The office's own workflow."""
    if command.actor.kind is not ActorKind.SYSTEM:
        raise Refused("system_only", "R4.4", forbidden=True)
