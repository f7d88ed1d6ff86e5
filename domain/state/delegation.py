"""State of chapter R3.2: how often the case was handed down, by whom, under what, at what cost."""

from dataclasses import dataclass

from domain.values import By


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    """One way down: `stint` is the turn it began."""

    stint: int
    by: By
    admission_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expense:
    """Money of an admission that the case used, in whole fen."""

    stint: int
    admission_id: str
    year: int
    fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegations:
    """All of it, in order."""

    made: tuple[Delegation, ...] = ()
    expenses: tuple[Expense, ...] = ()

    def of(self, stint: int) -> Delegation | None:
        """The delegation a turn began with."""
        return next((each for each in self.made if each.stint == stint), None)
