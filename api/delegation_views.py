"""What staff see of a case that was handed down: by whom, under which admission, at what cost."""

from datetime import datetime

from pydantic import BaseModel

from api import words
from api.models_named import Named
from domain.events import Delegated, ExpenseRecorded
from domain.organisation import Organisation
from store.reading import History


class DelegationView(BaseModel):
    """One way down; `admission_id` is None for the community's own work."""

    at: datetime
    from_unit: Named
    to_unit: Named
    belonging: str
    admission_id: str | None


class ExpenseView(BaseModel):
    """Money of an admission that the case used, in whole fen."""

    at: datetime
    admission_id: str
    year: int
    fen: int


class DelegationsView(BaseModel):
    """All ways down, all expenses, and their sum."""

    delegations: list[DelegationView]
    expenses: list[ExpenseView]
    used_fen: int


def delegations_view(history: History, organisation: Organisation) -> DelegationsView | None:
    """None for a case that was never handed down."""
    events = [line.event for line in history.lines]
    made = [_delegation(e, organisation) for e in events if isinstance(e, Delegated)]
    spent = [_expense(e) for e in events if isinstance(e, ExpenseRecorded)]
    if not made:
        return None
    used = sum(each.fen for each in spent)
    return DelegationsView(delegations=made, expenses=spent, used_fen=used)


def _delegation(event: Delegated, organisation: Organisation) -> DelegationView:
    return DelegationView(
        at=event.at,
        from_unit=_unit(event.by.unit_id or "", organisation),
        to_unit=_unit(event.unit_id, organisation),
        belonging=event.belonging,
        admission_id=event.admission_id,
    )


def _expense(event: ExpenseRecorded) -> ExpenseView:
    return ExpenseView(at=event.at, admission_id=event.admission_id, year=event.year, fen=event.fen)


def _unit(unit_id: str, organisation: Organisation) -> Named:
    return Named(id=unit_id, name=words.unit_name(unit_id, organisation))
