"""What a fault of the journal means, in one sentence: what, where, why, and what to do now.

Nothing is decided here.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict

from store.verifying.faults import Fault, Reason
from store.verifying.whole import Report

SHOWN = 4
"""Faults beside the first that are shown to a person."""

WHAT: dict[Reason, str] = {
    Reason.HASH: "its content was changed after it was written: its hash does not follow from it",
    Reason.PREVIOUS: "it does not follow on the event before it in its stream: one of the two was"
    " rewritten",
    Reason.VERSION: "its stream goes on here after version {detail}: what lay between is gone",
    Reason.UNREADABLE: "it cannot be read ({detail})",
    Reason.MISSING: "nothing stands under this number any more",
    Reason.GONE: "the number is still there and its event is gone",
    Reason.ORDER: "it stands before events that were committed earlier (number {detail} is the"
    " first): the order was changed",
    Reason.CUT: "these numbers had been given and are gone: the end of the journal was cut off",
    Reason.ADDED: "the sequencer never gave this number: it was added by somebody else",
    Reason.UNNUMBERED: "it has no number and would never get one: it was put in behind the order",
    Reason.LEAF: "this is not the event that was written: the tree of all events, kept apart, has"
    " another one at this number",
    Reason.TILE: "the stored tree of all events lacks these, or was changed there",
    Reason.BACK_DATED: "it bears the time {detail}: it was dated back",
    Reason.COMMAND: "a command is recorded that made it, up to version {detail}, and it is gone",
    Reason.COMMAND_GONE: "no command is recorded that made it: who asks for the same again is not"
    " answered as before, but heard a second time",
    Reason.BOOK: "it notes the {detail} that was published, and the books now hold another one"
    " under that number: it was changed after it was in force",
    Reason.BOOK_GONE: "it notes the {detail} that was published, and it is gone from the books",
    Reason.KEY_GONE: "what it holds of {detail} opens no more: the key is gone or damaged, and no"
    " erasure says so",
    Reason.KEY_BACK: "it says that the key of {detail} was destroyed, and the key is there: an"
    " older copy brought it back, or it never went",
    Reason.FILE_GONE: "it names the file {detail} of a report, and the file is gone",
    Reason.FILE_CHANGED: "it names the file {detail} of a report, and another one is kept under"
    " that hash: it was changed after it was handed out",
}
NOW = (
    "What now: stop writing, keep this database as it is, and compare this place with the newest"
    " backup or evidence file that verifies."
)


def sentence(fault: Fault) -> str:
    """What is false, where and why."""
    what = WHAT.get(fault.reason, "{detail}")
    if fault.reason is Reason.CUT and fault.detail:
        what = "{detail}"
    return f"{where(fault)}: {what.format(detail=fault.detail)}."


FILES = (
    "photos and documents lie beside the journal and were not read; `shouwen files check` holds"
    " each against the hash that the journal has of it"
)


def where(fault: Fault) -> str:
    """The place: numbers where there are any, and the event's own name."""
    name = f"{fault.stream} version {fault.version}" if fault.stream else ""
    if fault.seq is None:
        return name
    if fault.until is None or fault.until == fault.seq:
        return f"event {fault.seq} ({name})" if name else f"event {fault.seq}"
    return f"events {fault.seq} to {fault.until}" + (f" ({name})" if name else "")


def lines(report: Report) -> Iterator[str]:
    """What a person reads: what was checked, what could not be, and what is false."""
    yield (
        f"Checked {report.events:,} events in {report.streams:,} streams, {report.numbered:,}"
        f" numbers, {report.commands:,} accepted commands, {report.tiles:,} tiles,"
        f" {report.books:,} entries of the books,"
        f" {report.checkpoints:,} signed checkpoints, {report.witnessed:,} of them countersigned."
    )
    if report.signed_at is not None:
        yield f"Note: the newest checkpoint was signed at {report.signed_at.isoformat()}."
    yield from map("Note: {}.".format, (*report.remarks, FILES))
    yield from map("NOT CHECKED: {}.".format, unchecked(report))
    if not report.tally.count:
        yield "No false event was found in what was checked."
        return
    first, *others = report.tally.first
    yield f"FALSE: {sentence(first)}"
    yield from map("Also: {}".format, map(sentence, others[:SHOWN]))
    if report.tally.count > SHOWN + 1:
        yield f"{report.tally.count:,} faults in all; the first ones are shown."
    yield NOW


def unchecked(report: Report) -> Iterator[str]:
    """What no check of this run says anything about."""
    yield from report.doubts
    if report.waiting:
        yield (
            f"the place in the order of {report.waiting:,} newest events, which have no number yet"
            " (their chains were checked)"
        )
    if report.not_noted:
        yield f"{report.not_noted:,} entries of the books, which the log has not noted yet"


def machine(report: Report) -> str:
    """The same as one JSON object."""
    found = {
        "events": report.events,
        "streams": report.streams,
        "numbered": report.numbered,
        "waiting": report.waiting,
        "commands": report.commands,
        "books": report.books,
        "tiles": report.tiles,
        "checkpoints": report.checkpoints,
        "countersigned": report.witnessed,
        "signed_at": report.signed_at and report.signed_at.isoformat(),
        "notes": [*report.remarks, FILES],
        "faults": report.tally.count,
        "first": [
            {**asdict(fault), "reason": fault.reason.value, "sentence": sentence(fault)}
            for fault in report.tally.first
        ],
        "unchecked": [*unchecked(report)],
    }
    return json.dumps(found, ensure_ascii=False)
