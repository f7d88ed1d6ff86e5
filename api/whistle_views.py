"""What is shown of helpers: to staff all of them, to a partner the little its help needs."""

from datetime import datetime

from pydantic import BaseModel

from api import words
from api.models_named import Named
from domain import clocks, masking
from domain.book import Book
from domain.events import HelpRecorded, Summoned
from domain.organisation import Organisation
from domain.state import Case
from domain.state.whistle import Summons
from domain.values import Helper
from domain.words import Urgency
from store.events_of import place_of
from store.reading import History


class HelperView(BaseModel):
    """A department or partner called to help, and what has become of it."""

    summons_id: str
    unit: Named | None
    partner: Named | None
    asked: str
    address_shared: bool
    summoned_by: Named | None
    summoned_at: datetime
    due_at: datetime
    late: bool
    reported_in_at: datetime | None
    helped: int
    released_at: datetime | None


class HelpView(BaseModel):
    """One record of what a helper did."""

    at: datetime
    text: str


class PartnerView(BaseModel):
    """What a partner sees of the matter it was called to, and nothing else of it."""

    case_id: str
    partner: str
    summoned_by: str
    matter: str
    urgent: bool
    place: str
    text: str
    asked: str
    summoned_at: datetime
    due_at: datetime
    late: bool
    reported_in_at: datetime | None
    help: list[HelpView]


def helper_views(history: History, organisation: Organisation) -> list[HelperView] | None:
    """Every summons of the case, in order; None where nobody was ever called."""
    asked = {call.helper: call.asked for call in _calls(history)}
    found = [
        _helper(summons, asked[summons.helper], history.case, organisation)
        for summons in history.case.summons
    ]
    return found or None


def _helper(summons: Summons, asked: str, case: Case, organisation: Organisation) -> HelperView:
    helper, running = summons.helper, clocks.named(case, summons.clock_id)
    return HelperView(
        summons_id=helper.summons_id,
        unit=_named(helper.unit_id, organisation),
        partner=_named(helper.partner_id, organisation),
        asked=masking.text(asked),
        address_shared=summons.address_shared,
        summoned_by=_named(summons.by.unit_id, organisation),
        summoned_at=summons.summoned_at,
        due_at=running.clock.due_at,
        late=running.broken_at is not None,
        reported_in_at=summons.reported_at,
        helped=summons.helped,
        released_at=summons.released_at,
    )


def _named(found: str | None, organisation: Organisation) -> Named | None:
    return Named(id=found, name=words.unit_name(found, organisation)) if found else None


def partner_view(history: History, summons: Summons, book: Book) -> PartnerView:
    """The matter as the partner of that summons may see it; what it is asked is told in full."""
    case, helper, organisation = history.case, summons.helper, book.organisation
    call = next(c for c in _calls(history) if c.helper == helper)
    running = clocks.named(case, summons.clock_id)
    return PartnerView(
        case_id=case.case_id,
        partner=words.unit_name(helper.partner_id, organisation),
        summoned_by=words.unit_name(summons.by.unit_id, organisation),
        matter=words.item_name(case.item_id, book.catalogue),
        urgent=case.urgency is Urgency.EMERGENCY,
        place=_place(history, summons, organisation),
        text=call.text,
        asked=call.asked,
        summoned_at=summons.summoned_at,
        due_at=running.clock.due_at,
        late=running.broken_at is not None,
        reported_in_at=summons.reported_at,
        help=_help(history, helper),
    )


def _place(history: History, summons: Summons, organisation: Organisation) -> str:
    """The community, and the address as far as the summoner shares it."""
    place = place_of(line.event for line in history.lines)
    units = history.case.location
    community = words.unit_name(units.community_id or units.street_id, organisation)
    address = place.address if summons.address_shared else masking.address(place.address)
    return f"{community} {address}".strip()


def _help(history: History, helper: Helper) -> list[HelpView]:
    events = (line.event for line in history.lines)
    mine = (e for e in events if isinstance(e, HelpRecorded) and e.helper == helper)
    return [HelpView(at=event.at, text=event.text) for event in mine]


def _calls(history: History) -> list[Summoned]:
    return [line.event for line in history.lines if isinstance(line.event, Summoned)]
