"""What is counted (R12.1). Words only."""

from enum import StrEnum


class Measure(StrEnum):
    """A rate: how many of those that counted were so. Each posting belongs to one."""

    ACCEPTANCE = "acceptance"
    HANDLING = "handling"
    PROMISE = "promise"
    RESPONSE = "response"
    RESOLUTION = "resolution"
    SATISFACTION = "satisfaction"
    FOLLOW_UP = "follow_up"
    RETURNS = "returns"
    REOPENINGS = "reopenings"
    RECURRENCES = "recurrences"
    YELLOW_CARDS = "yellow_cards"
    RED_CARDS = "red_cards"
    REPORT_IN = "report_in"
    HELP = "help"


ADVERSE = frozenset(
    {
        Measure.RETURNS,
        Measure.REOPENINGS,
        Measure.RECURRENCES,
        Measure.YELLOW_CARDS,
        Measure.RED_CARDS,
    }
)
"""Rates that are better when lower: points are given for what is missing to a hundred percent."""
