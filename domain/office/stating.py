"""How a command's values become those of the change it asks for. No rules here."""

from dataclasses import fields
from datetime import datetime
from typing import Any, TypeVar

from domain.office.commands import OfficeAsked
from domain.office.events import ChangeRoot
from domain.values import By

C = TypeVar("C", bound=ChangeRoot)
OWN = frozenset(field.name for field in fields(ChangeRoot)) | {"kind"}


def change(cls: type[C], command: OfficeAsked, by: By, at: datetime, **said: Any) -> C:  # noqa: ANN401 - values of a change
    """The change, in force from `at`; `said` is what the command says in other words, or not."""
    names = {field.name for field in fields(cls)} - OWN
    same = {name: getattr(command, name) for name in names if hasattr(command, name)}
    return cls(at=command.at, by=by, text=command.text, effective_from=at, **{**same, **said})
