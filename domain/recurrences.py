"""Chapter R10.4: the same matter reported again soon after it was resolved.

Staff say so on the later case, or the same resident's number does; the earlier one hears of it,
alone knows when it was resolved, and looks itself whether it is its matter.
"""

from dataclasses import replace
from datetime import datetime

from domain import authority, clocks, places
from domain.book import Book, Neighbour
from domain.commands import (
    Command,
    MarkRecurrence,
    NoteRecurrence,
    Register,
    UnmarkRecurrence,
)
from domain.events import Event, Recurred, RecurrenceMarked, RecurrenceUnmarked
from domain.organisation import Post
from domain.refusals import Refused
from domain.state import Case, changed
from domain.values import SYSTEM, By, SameMatter
from domain.words import ActorKind, CaseType, Role

# -- on the later case -------------------------------------------------------


def mark_recurrence(case: Case, command: MarkRecurrence, book: Book) -> tuple[Event, ...]:
    """The officer or who is in charge names the earlier case; where category or place differ, a
    supervisor over both decides, and says why.
    """
    by = _marker(case, command, book)
    if command.earlier == case.case_id:
        raise Refused("recurs_itself", "R10.4")
    if case.redress.recurrence_of:
        raise Refused("already_marked", "R10.4", earlier=case.redress.recurrence_of)
    earlier = book.neighbours.get(command.earlier)
    if earlier is None:
        raise Refused("no_such_earlier", "R10.4", earlier=command.earlier)
    reported_at = case.opened_at or command.at
    if earlier.resolved_at is None or reported_at < earlier.resolved_at:
        raise Refused("not_resolved_before", "R10.4")
    matter = _matter(earlier, _itself(case, book), reported_at)
    differs = _differs(matter, case, book)
    if differs and not _over(by, earlier.unit_id, book):
        raise Refused("not_the_same_matter", "R10.4", differs=differs)
    if differs and not command.text:
        raise Refused("reason_missing", "R10.4", differs=differs)
    return (
        RecurrenceMarked(
            at=command.at,
            by=by,
            text=command.text,
            earlier=command.earlier,
            reported_at=reported_at,
            matter=matter,
            decided=bool(differs),
        ),
    )


def _marker(case: Case, command: MarkRecurrence, book: Book) -> By:
    """Who says so: the officer, who is in charge, or a supervisor over the unit."""
    posts = {case.officer.post_id, case.stint.post_id}
    path = book.organisation.path(case.stint.unit_id)

    def fits(post: Post) -> bool:
        over = post.role is Role.SUPERVISOR and post.unit_id in path
        return over or post.post_id in posts

    need = "the first-contact officer, the post in charge, or a supervisor over it"
    return authority.acting(command, book, fits, need)


def _over(by: By, unit_id: str, book: Book) -> bool:
    """Whether they supervise that unit too: nobody charges those of another branch by a word."""
    post = book.organisation.posts[by.post_id or ""]
    return post.role is Role.SUPERVISOR and post.unit_id in book.organisation.path(unit_id)


def looked_for(command: Command) -> str:
    """Whose earlier cases registering looks at, by the hash of their number; empty for nobody.

    Not a dispute's: a quarrel with somebody else is no matter of before. Not an import's: the other
    system has judged of its own.
    """
    if not isinstance(command, Register) or command.case_type is CaseType.DISPUTE:
        return ""
    return "" if command.actor.kind is ActorKind.IMPORTER else command.reporter_lookup


def again(case: Case, command: Register, book: Book) -> tuple[RecurrenceMarked, ...]:
    """The same resident reports the same category in the same place soon after it was resolved."""
    lookup = looked_for(command)
    if not lookup:
        return ()
    here = replace(_itself(case, book), lookup=lookup, point=command.place.point)
    found = [n for n in book.neighbours.values() if _recurs(n, here, command.at, case, book)]
    if not found:
        return ()
    earlier = max(found, key=lambda n: (n.resolved_at, n.case_id))
    mark = RecurrenceMarked(
        at=command.at,
        by=SYSTEM,
        earlier=earlier.case_id,
        reported_at=command.at,
        matter=_matter(earlier, here, command.at),
        automatic=True,
    )
    return (mark,)


def _recurs(earlier: Neighbour, here: Neighbour, at: datetime, case: Case, book: Book) -> bool:
    """Whether it is that resident's, resolved not long ago, and known to be the same matter."""
    same = (earlier.lookup, earlier.class_id) == (here.lookup, here.class_id)
    if not same or earlier.open or earlier.case_type is CaseType.DISPUTE:
        return False
    resolved, ended, policy = earlier.resolved_at, earlier.ended_at, book.policies[case.policy]
    if resolved is None or ended is None or at < resolved:
        return False
    near = places.together(earlier, here, policy.duplicates.metres, book.organisation)
    return near and at < until(ended, case.officer.unit_id or "", case.policy, book)


def until(ended: datetime, unit_id: str, policy: str, book: Book) -> datetime:
    """Until when reporting a matter again counts against a case that ended then."""
    return clocks.end_of(book.policies[policy].redress.recurrence, ended, unit_id, book)


# -- on the earlier case -----------------------------------------------------


def note_recurrence(case: Case, command: NoteRecurrence, book: Book) -> tuple[Event, ...]:
    """The case was resolved, the later one came within the policy's time, and it is its matter."""
    _need_system(command)
    if command.later in case.redress.recurred:
        raise Refused("already_noted", "R10.4", later=command.later)
    if case.resolved_at is None or command.reported_at < case.resolved_at:
        raise Refused("not_resolved_before", "R10.4")
    over = until(case.closed_at or case.resolved_at, case.stint.unit_id, case.policy, book)
    if command.reported_at >= over:
        raise Refused("recurrence_too_late", "R10.4", until=over.isoformat())
    later = book.neighbours.get(command.later)
    if later is None:
        raise Refused("no_such_later", "R10.4", later=command.later)
    if command.matter is not None:
        told = command.matter
        later = replace(later, item_id=told.item_id, class_id=told.class_id)
    matter = _matter(_itself(case, book), later, command.reported_at)
    differs = _differs(matter, case, book)
    if differs and not command.decided:
        raise Refused("not_the_same_matter", "R10.4", differs=differs)
    return (
        Recurred(
            at=command.at,
            by=SYSTEM,
            later=command.later,
            round=case.round,
            reported_at=command.reported_at,
            matter=matter,
        ),
    )


def unmark_recurrence(case: Case, command: UnmarkRecurrence, _book: Book) -> tuple[Event, ...]:
    """The mark goes with the reason; the earlier case said no."""
    _need_system(command)
    if not case.redress.recurrence_of:
        raise Refused("not_marked", "R10.4")
    return (
        RecurrenceUnmarked(
            at=command.at,
            by=SYSTEM,
            earlier=case.redress.recurrence_of,
            refusal=command.refusal,
        ),
    )


def _need_system(command: NoteRecurrence | UnmarkRecurrence) -> None:
    if command.actor.kind is not ActorKind.SYSTEM:
        raise Refused("cases_only", "R10.4", forbidden=True)


# -- what makes it the same --------------------------------------------------


def _itself(case: Case, book: Book) -> Neighbour:
    """The case by its own journal; only its point, which is sealed there, comes from the view."""
    seen, place = book.neighbours.get(case.case_id), case.location
    return Neighbour(
        case_id=case.case_id,
        case_type=case.case_type,
        urgency=case.urgency,
        open=case.phase in authority.OPEN,
        resolved=case.resolved_at is not None,
        lookup="",
        unit_id=case.stint.unit_id if case.stints else "",
        item_id=case.item_id,
        class_id=case.class_id,
        area=place.grid_id or place.community_id or place.street_id or "",
        point=seen.point if seen else None,
        resolved_at=case.resolved_at,
        ended_at=case.closed_at or case.resolved_at,
    )


def _matter(earlier: Neighbour, later: Neighbour, reported_at: datetime) -> SameMatter:
    ended = earlier.ended_at or reported_at
    return SameMatter(
        item_id=later.item_id,
        class_id=later.class_id,
        earlier_item=earlier.item_id,
        earlier_class=earlier.class_id,
        metres=places.metres(earlier.point, later.point),
        days=max(0, (reported_at - ended).days),
    )


def _differs(matter: SameMatter, case: Case, book: Book) -> str:
    """What is not the same: category, place (only where both have a point); empty for nothing."""
    most = book.policies[case.policy].duplicates.metres
    category = matter.class_id != matter.earlier_class
    place = matter.metres is not None and matter.metres > most
    return " ".join([*(["category"] if category else []), *(["place"] if place else [])])


# -- evolving ----------------------------------------------------------------


def marked(case: Case, event: RecurrenceMarked) -> Case:
    """The case knows the earlier one."""
    return changed(case, redress=replace(case.redress, recurrence_of=event.earlier))


def unmarked(case: Case, _event: RecurrenceUnmarked) -> Case:
    """It is a matter of its own; staff may name another case."""
    return changed(case, redress=replace(case.redress, recurrence_of=""))


def recurred(case: Case, event: Recurred) -> Case:
    """Noted once for each later case."""
    later = (*case.redress.recurred, event.later)
    return changed(case, redress=replace(case.redress, recurred=later))
