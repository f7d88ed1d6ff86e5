"""What every table of the schema is: the truth, a view of it, or a record of work in hand.

A view is a function of the journal: `shouwen rebuild views` makes it anew. The rest is backed up.
"""

from collections.abc import Mapping
from enum import StrEnum


class Kept(StrEnum):
    """What becomes of a table that is lost."""

    TRUTH = "truth"
    VIEW = "view"
    WORK = "work"


TABLES: Mapping[str, tuple[Kept, str]] = {
    "events": (Kept.TRUTH, "every step"),
    "commands": (Kept.TRUTH, "what became of each command: a repeat gets the first answer"),
    "subject_keys": (Kept.TRUTH, "the keys of what is sealed; destroyed ones stay destroyed"),
    "books": (Kept.TRUTH, "organisation, catalogue, calendar and policy, by version"),
    "event_sequence": (Kept.TRUTH, "the number of each event, which is given once"),
    "outbox": (Kept.TRUTH, "who was to be told of what, as decided with each step"),
    "checkpoints": (Kept.TRUTH, "what was signed of the journal"),
    "cosignatures": (Kept.TRUTH, "what others signed of it"),
    "tiles": (Kept.TRUTH, "the Merkle tree: follows from the events, and is held against them"),
    "report_files": (Kept.TRUTH, "the files of reports as they were handed out"),
    "accounts": (Kept.TRUTH, "logins and passwords"),
    "cases": (Kept.VIEW, "lists and search"),
    "case_units": (Kept.VIEW, "which units see which case"),
    "open_questions": (Kept.VIEW, "what waits for a decision"),
    "admissions": (Kept.VIEW, "the register of admissions"),
    "admission_expenses": (Kept.VIEW, "what cases spent of admissions, one by one"),
    "admission_money": (Kept.VIEW, "the same, added up"),
    "visits": (Kept.VIEW, "the list of visits"),
    "erasures": (Kept.VIEW, "the register of erasures"),
    "reports": (Kept.VIEW, "the register of reports"),
    "access_record": (Kept.VIEW, "the list of the access record"),
    "case_spans": (Kept.VIEW, "where every case was when"),
    "case_sights": (Kept.VIEW, "since when which unit sees which case"),
    "score_postings": (Kept.VIEW, "what every event adds to which figure of the scores"),
    "score_days": (Kept.VIEW, "the same, added up by unit and day"),
    "span_keeper": (Kept.WORK, "how far the spans and sights follow the events"),
    "score_keeper": (Kept.WORK, "how far the scores follow the events"),
    "sequencer": (Kept.WORK, "how far events are numbered"),
    "dispatcher": (Kept.WORK, "how far the outbox is read"),
    "deliveries": (Kept.WORK, "which message went where: receivers are those of that moment"),
    "resends": (Kept.WORK, "which messages somebody sent again"),
    "gone_endpoints": (Kept.WORK, "addresses that take no messages any more"),
    "inbox": (Kept.WORK, "what people were told, and what of it they have read"),
    "hand_over_cases": (Kept.WORK, "how far a hand-over got"),
    "sessions": (Kept.WORK, "who is signed in; lost, everybody signs in again"),
    "sign_in_failures": (Kept.WORK, "wrong passwords of the last minutes"),
    "uploads": (Kept.WORK, "files that were brought and wait to be named in a case, for a day"),
    "attached_uploads": (Kept.WORK, "which of them a case has named"),
    "upload_attempts": (Kept.WORK, "how often somebody brought a file within the hour"),
    "doomed_files": (Kept.WORK, "files that nothing needs any more and that still lie there"),
    "alembic_version": (Kept.WORK, "how far the schema is migrated"),
}


def page() -> str:
    """The table of docs/evidence.md, ending in a newline."""
    rows = ["| table | | holds |", "| --- | --- | --- |"]
    rows += [f"| `{table}` | {kept} | {holds} |" for table, (kept, holds) in TABLES.items()]
    return "\n".join(rows) + "\n"
