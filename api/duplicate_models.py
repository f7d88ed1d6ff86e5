"""What is shown of suggested duplicates."""

from datetime import datetime

from pydantic import BaseModel

from api.models_named import Named


class DuplicateView(BaseModel):
    """A case that may be about the same matter; never personal data.

    `metres` is missing where one of the two has no point, `same_reporter` where no number is known.
    `recurrence` is for one resolved so recently that reporting it again counts against it (R10.4).
    """

    case_id: str
    title: str
    item: Named
    stage: str
    phase: str
    unit: Named
    opened_at: datetime
    open: bool
    recurrence: bool
    metres: int | None
    likeness_percent: int
    same_reporter: bool | None


class Duplicates(BaseModel):
    """Suggestions, likeliest first."""

    duplicates: list[DuplicateView]
