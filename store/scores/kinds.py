"""The kinds of events that matter to the scores, and whose data is opened. Names only.

Of all other events of a case the time of recording is needed, for `known_at` never goes back.
"""

OPENED = (
    *("adjudication.decided", "adjudication.requested", "appeal.decided", "case.accepted"),
    *("case.appealed", "case.arrived", "case.assigned", "case.closed", "case.declined"),
    *("case.escalated", "case.joined", "case.officer_left", "case.officer_replaced"),
    *("case.parted", "case.rated", "case.reclassified", "case.recurred", "case.registered"),
    *("case.resolved", "clock.broken", "clock.warned", "danger.reported", "decision.passed_up"),
    *("decline.reviewed", "deliberation.objection_raised", "dispute.reopened"),
    *("duty.check_passed_up", "duty.fell_due", "helper.not_reported_in", "helper.released"),
    *("helper.reported_in", "helper.summoned", "merge.undone", "rating.excluded"),
    *("rating.restored", "reconsideration.asked", "rectification.opened", "resident.left"),
    *("review.opened", "shelving.requested", "supervision.ordered", "transfer.offered"),
    *("verification.opened", "withdrawal.recorded"),
)
CLOSED = (
    *("case.delegated", "case.followed_up", "case.handed_over", "case.returned"),
    "transfer.accepted",
)
"""That they happened, when and by whom is all that is asked of these: their data is left out."""
TOLD = tuple(sorted((*OPENED, *CLOSED)))
"""The values of the type `told`, by which the statements know them."""


def quoted(names: tuple[str, ...]) -> str:
    """As a list in SQL."""
    return ", ".join(f"'{name}'" for name in names)


DATA = f"case when kind in ({quoted(OPENED)}) then data::text end as data"
"""An event's data as the statements want it."""
