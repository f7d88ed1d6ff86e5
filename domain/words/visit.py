"""Words of visits (五访, R13)."""

from enum import StrEnum

VISITS = "visit-"
"""What the ids of visits begin with."""


class Occasion(StrEnum):
    """Why a visit was made, one of five."""

    IN_NEED = "in_need"
    LIVING_ALONE = "living_alone"
    IN_CONFLICT = "in_conflict"
    NEWCOMERS = "newcomers"
    TRADERS = "traders"
