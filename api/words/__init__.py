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
from api.words.sentences import CLOCKS, EVENTS, sentence
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

STAGES: Table = {
    "first_contact": ("首问", "first contact"),
    "grid": ("网格", "grid"),
    "community": ("社区（村）", "community (village)"),
    "street": ("街道（乡镇）", "street (township)"),
    "department": ("职能部门", "department"),
}

PHASES: Table = {
    "awaiting_acceptance": ("待签收", "awaiting acceptance"),
    "in_progress": ("办理中", "in progress"),
    "suspended": ("已挂起", "on hold"),
    "shelved": ("已挂账", "shelved"),
    "awaiting_rating": ("待评价", "awaiting rating"),
    "under_review": ("复核中", "under review"),
    "closed": ("已结案", "closed"),
}

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
