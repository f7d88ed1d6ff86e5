"""Probes of chapters R2.3 and R10.4: several reports of one matter."""

from collections.abc import Mapping

from domain.commands import Command, MarkRecurrence, Merge, Split
from domain.possible.scene import SAID, Maker, just

PROBES: Mapping[type[Command], Maker] = {
    Merge: just(Merge, lead_id=""),
    Split: just(Split, text=SAID),
    MarkRecurrence: just(MarkRecurrence, earlier=""),
}
