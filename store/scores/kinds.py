"""The kinds of events that matter to the scores, and what of their data is opened: names and types.

Of all other events of a case the time of recording is needed, for `known_at` never goes back.
"""

import re
from collections.abc import Iterator
from dataclasses import fields

import orjson

from store import codec
from store.scores.columns import EVENT

OFTEN = (
    *("case.arrived", "case.accepted", "case.registered", "case.resolved", "clock.warned"),
    *("case.closed", "case.rated", "case.escalated", "clock.broken", "review.opened"),
)
"""Asked for first, for a choice is made from the top: most events are of these."""
SELDOM = (
    *("adjudication.decided", "adjudication.requested", "appeal.decided", "case.appealed"),
    *("case.assigned", "case.declined", "case.joined", "case.officer_left"),
    *("case.officer_replaced", "case.parted", "case.reclassified", "case.recurred"),
    *("danger.reported", "decision.passed_up", "decline.reviewed"),
    *("deliberation.objection_raised", "dispute.reopened", "duty.check_passed_up"),
    *("duty.fell_due", "helper.not_reported_in", "helper.released", "helper.reported_in"),
    *("helper.summoned", "merge.undone", "rating.excluded", "rating.restored"),
    *("reconsideration.asked", "rectification.opened", "resident.left", "shelving.requested"),
    *("supervision.ordered", "transfer.offered", "verification.opened", "withdrawal.recorded"),
)
OPENED = (*OFTEN, *SELDOM)
CLOSED = (
    *("case.delegated", "case.followed_up", "case.handed_over", "case.returned"),
    "transfer.accepted",
)
"""That they happened, when and by whom is all that is asked of these: their data is left out."""
TOLD = tuple(sorted((*OPENED, *CLOSED)))
"""The values of the type `told`, by which the statements know them."""

Form = str | dict[str, object] | list[object]
"""The type of a value in DuckDB; of a document, its form as `from_json` is told."""
_SEAT: Form = dict.fromkeys(("unit_id", "post_id", "person_id"), "VARCHAR")
SAID: dict[str, Form] = {
    **dict.fromkeys(("stage", "unit_id", "person_id", "post_id", "subject", "reason"), "VARCHAR"),
    **dict.fromkeys(("clock_id", "level", "why", "later", "against", "about"), "VARCHAR"),
    **dict.fromkeys(("case_id", "item_id", "class_id"), "VARCHAR"),
    **dict.fromkeys(("automatic", "contacted", "solved", "upheld", "on_time"), "BOOLEAN"),
    **dict.fromkeys(("reported_in", "useful", "rates", "proactive"), "BOOLEAN"),
    **dict.fromkeys(("round", "grade"), "SMALLINT"),
    **dict.fromkeys(("helped", "residents"), "INTEGER"),
    "due_at": "TIMESTAMPTZ",
    "external": "VARCHAR",
    "matter": {"item_id": "VARCHAR", "class_id": "VARCHAR"},
    "officer": _SEAT,
    "was": {"post_id": "VARCHAR"},
    "question": {
        **dict.fromkeys(("kind", "unit_id", "post_id", "person_id", "clock_id"), "VARCHAR"),
        "barred": ["VARCHAR"],
    },
    "helper": dict.fromkeys(("summons_id", "unit_id", "partner_id"), "VARCHAR"),
}
"""What is read out of events that have it, by its name there."""
EACH = ("clocks.clock_id", "clocks.unit_id", "clocks.continues", "parties.subject")
"""What is read of each of several, as a list: the clocks an event sets, the parties it names."""

OUTSIDE = ("no", "version", "kind", "happened", "recorded_at", "actor", "post")
"""What is known of an event beside what it says: columns of the table `noted`."""
_FACTS = re.compile(r"\b(from|join) facts\b(?: ([a-z])\b)?")


def quoted(names: tuple[str, ...]) -> str:
    """As a list in SQL."""
    return ", ".join(f"'{name}'" for name in names)


def taken(kind: str) -> list[str]:
    """The names of what is read of an event of that kind, in the order in which it is handed on."""
    names = {field.name for field in fields(codec.class_of(kind))} if kind in OPENED else set()
    of_each = [name for name in EACH if name.split(".")[0] in names]
    return of_each + [name for name in SAID if name in names]


def events(where: str) -> str:
    """The query of PostgreSQL for those events, in no order. `said` are the texts of `taken`."""
    choices = " ".join(
        f"when {_one_of(kinds)} then array_to_json(array[{', '.join(map(_read, names))}])::text"
        for names, kinds in _alike()
    )
    columns = ", ".join(f"case {choices} end as said" if name == "said" else name for name in EVENT)
    bare = ", ".join(name for name in EVENT if name != "said")
    # Documents are unpacked once, which adding nothing does, and not for each text taken out of it;
    # without `offset` the two queries would be made one.
    unpacked = f"case when kind in ({quoted(OPENED)}) then data || '{{}}' end as data"
    return f"select {columns} from (select {bare}, {unpacked} from events where {where} offset 0) e"  # noqa: S608 - constants


def opened(text: str) -> str:
    """A statement of DuckDB that may read from `facts`, which is no table: in its place the events
    with those columns of `said` that are named around there, for each costs time to plan.
    """

    def instead(found: re.Match[str]) -> str:
        return f"{found[1]} {_facts(_around(text, found.start()))} {found[2] or 'facts'}"

    return _FACTS.sub(instead, text)


def _facts(text: str) -> str:
    forms = SAID | {name.replace(".", "_"): ["VARCHAR"] for name in EACH}
    named = [name for name in forms if re.search(rf"\b{name}\b", text)]
    columns = [f"{_shaped(_place(name), forms[name])} as {name}" for name in named]
    return f"(select {', '.join((*OUTSIDE, *columns))} from noted)"  # noqa: S608 - constants


def _around(text: str, place: int) -> str:
    """What stands in the same parentheses as that place, or all of it."""
    begun: list[int] = []
    for at, char in enumerate(text):
        if char == "(":
            begun.append(at)
        elif char == ")" and (begin := begun.pop()) < place < at:
            return text[begin:at]
    return text


def places() -> dict[str, list[int | None]]:
    """Variables of DuckDB's: where in `said` that is, of each kind, in the order of TOLD."""
    read = [taken(kind) for kind in TOLD]
    return {
        _variable(name.replace(".", "_")): [
            names.index(name) + 1 if name in names else None for names in read
        ]
        for name in (*SAID, *EACH)
    }


def _variable(name: str) -> str:
    return f"place_of_{name}"


def _place(name: str) -> str:
    """That text among those of `said`; to choose by `case` costs more to plan than to do."""
    return f"said[getvariable('{_variable(name)}')[code]]"


def _alike() -> Iterator[tuple[list[str], tuple[str, ...]]]:
    """Kinds of which the same is read, the frequent ones first; none of which nothing is."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for kind in OPENED:
        names = tuple(taken(kind))
        found[names] = (*found.get(names, ()), kind)
    yield from ((list(names), kinds) for names, kinds in found.items() if names)


def _read(name: str) -> str:
    if name in EACH:
        return f"jsonb_path_query_array(data, '$.{name.replace('.', '[*].')}')::text"
    return f"data ->> '{name}'"


def _one_of(kinds: tuple[str, ...]) -> str:
    return f"kind = '{kinds[0]}'" if len(kinds) == 1 else f"kind in ({quoted(kinds)})"


def _shaped(place: str, form: Form) -> str:
    if isinstance(form, str):
        return place if form == "VARCHAR" else f"{place}::{form}"
    return f"from_json({place}, '{orjson.dumps(form).decode()}')"
