"""Plain words for what happened, Chinese first, by chapter; a resident's version names units,
never staff.
"""

from api.words import (
    admission,
    deliberation,
    disputes,
    first_contact,
    ladder,
    merging,
    pauses,
    proactive,
    ratings,
    redress,
    returns,
    shelving,
    time,
    whistle,
)
from api.words.names import actor_name, item_name, person_name, unit_name
from api.words.refusals import refusal
from api.words.sentences import CLOCKS, EVENTS, sentence
from api.words.stages import PHASES, STAGES
from api.words.table import Language, Table, say

__all__ = [
    "CLOCKS",
    "EVENTS",
    "HIDDEN_FROM_RESIDENTS",
    "PHASES",
    "REASONS",
    "STAGES",
    "Language",
    "Table",
    "actor_name",
    "item_name",
    "person_name",
    "refusal",
    "say",
    "sentence",
    "unit_name",
]

REASONS: Table = {
    **disputes.REASONS,
    **first_contact.REASONS,
    **ladder.REASONS,
    **returns.REASONS,
    **shelving.REASONS,
    **pauses.REASONS,
    **whistle.REASONS,
    **deliberation.REASONS,
    **proactive.REASONS,
    **ratings.REASONS,
    **redress.REASONS,
}
"""Every chapter's; where two share a code, ask the chapter."""

HIDDEN_FROM_RESIDENTS = (
    ladder.HIDDEN_FROM_RESIDENTS
    | time.HIDDEN_FROM_RESIDENTS
    | returns.HIDDEN_FROM_RESIDENTS
    | shelving.HIDDEN_FROM_RESIDENTS
    | pauses.HIDDEN_FROM_RESIDENTS
    | whistle.HIDDEN_FROM_RESIDENTS
    | merging.HIDDEN_FROM_RESIDENTS
    | disputes.HIDDEN_FROM_RESIDENTS
    | redress.HIDDEN_FROM_RESIDENTS
    | admission.HIDDEN_FROM_RESIDENTS
)
"""Inner workings: they say nothing to the resident that its effects do not."""
