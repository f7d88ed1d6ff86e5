"""What the chapters add to the view of a case: one member each, None where it does not apply."""

from typing import TypedDict

from api.delegation_views import DelegationsView, delegations_view
from api.deliberation_views import DeliberationView, deliberation_views
from api.disputes_views import dispute_view
from api.file_views import FileView, file_views
from api.merging_views import MergingView, merging_view
from api.models_disputes import DisputeView
from api.proactive_views import AgencyView, OriginView, agency_view, origin_view
from api.redress_views import RedressView, redress_view
from api.returns_views import ReturnsView, returns_view
from api.shelf_views import ShelfView, shelf_view
from api.whistle_views import HelperView, helper_views
from domain.book import Book
from store.reading import History


class Chapters(TypedDict):
    """Members of `CaseView`, by the names they have there."""

    returns: ReturnsView | None
    delegation: DelegationsView | None
    shelf: ShelfView | None
    redress: RedressView | None
    dispute: DisputeView | None
    helpers: list[HelperView] | None
    merging: MergingView | None
    proactive: OriginView | None
    agency: AgencyView | None
    deliberations: list[DeliberationView] | None
    files: list[FileView] | None


def chapters(history: History, book: Book) -> Chapters:
    """What staff see of each chapter."""
    return Chapters(
        returns=returns_view(history.case, book),
        delegation=delegations_view(history, book.organisation),
        shelf=shelf_view(history),
        redress=redress_view(history, book),
        dispute=dispute_view(history, book.organisation),
        helpers=helper_views(history, book.organisation),
        merging=merging_view(history.case),
        proactive=origin_view(history.case),
        agency=agency_view(history.case, book.organisation),
        deliberations=deliberation_views(history),
        files=file_views(history),
    )
