"""The probes of every command, by chapter. A new command has its line in its chapter's file."""

from collections.abc import Mapping

from domain.commands import Command
from domain.possible.probes import (
    deliberation,
    disputes,
    first_contact,
    helping,
    ladder,
    moving,
    pausing,
    ratings,
    redress,
    together,
)
from domain.possible.scene import Maker

PROBES: Mapping[type[Command], Maker] = {
    **first_contact.PROBES,
    **ladder.PROBES,
    **moving.PROBES,
    **pausing.PROBES,
    **helping.PROBES,
    **together.PROBES,
    **ratings.PROBES,
    **redress.PROBES,
    **deliberation.PROBES,
    **disputes.PROBES,
}
