"""The API's no, at the fields of a form and in plain words: what is wrong, and what to do now. What
cannot be put at a field is said above them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from api.pages.forms.controls import limit
from api.pages.forms.shapes import Shape, shapes
from api.pages.forms.typed import Typed
from api.words.fields import WORDS, options
from api.words.fields.faults import FAULTS, PATTERNS, SAME, SPOKEN
from api.words.refusals import REFUSALS, Told
from api.words.table import Language, say

Refused = Callable[[str, Mapping[str, str], Language], Told]
"""(code, details, language) → what is not possible, why, what to do now."""
AT_FIELD: Mapping[str, tuple[str, ...]] = {
    "unknown_unit": ("unit_id", "units", "parent_id"),
    "unknown_item": ("item_id",),
    "unknown_post": ("post_id", "posts"),
    "unknown_person": ("person_id",),
    "unknown_partner": ("calls",),
    "unknown_party": ("subject",),
    "a_unit_or_a_partner": ("calls",),
    "nobody_summoned": ("calls",),
    "already_summoned": ("calls",),
    "not_a_department": ("unit_id", "calls"),
    "not_a_department_here": ("unit_id",),
    "not_another_department": ("unit_id",),
    "not_a_community_or_grid": ("unit_id",),
    "not_admitted": ("unit_id",),
    "no_such_receiver": ("unit_id",),
    "no_such_post_here": ("post_id",),
    "no_such_summons": ("summons_id",),
    "no_such_objection": ("objection_id",),
    "no_such_duty": ("duty_id",),
    "no_such_lead": ("lead_id",),
    "lead_is_itself": ("lead_id",),
    "no_such_earlier": ("earlier",),
    "no_such_request": ("request",),
    "no_such_planned_change": ("change",),
    "no_such_rung": ("to_stage", "stage"),
    "rung_skipped": ("to_stage",),
    "not_upwards": ("to_stage",),
    "reason_is_automatic": ("reason",),
    "reason_missing": ("text",),
    "evidence_missing": ("evidence",),
    "file_unknown": ("evidence", "documents"),
    "minutes_missing": ("minutes",),
    "counts_do_not_add_up": ("present",),
    "back_dated": ("held_at",),
    "session_in_the_future": ("held_at",),
    "session_before_the_panel": ("held_at",),
    "not_visited_yet": ("visited_at",),
    "recorded_too_late": ("visited_at",),
    "place_unknown": ("place",),
    "parties_missing": ("parties",),
    "parties_of_a_request": ("parties",),
    "extension_too_long": ("extend_by",),
    "wrong_time_unit": ("extend_by",),
    "ground_already_used": ("ground",),
    "how_it_was_given_missing": ("how",),
    "mediator_named_twice": ("posts",),
    "mediator_has_a_stake": ("posts",),
    "mediator_was_rejected": ("posts",),
    "mediators_not_of_the_panel": ("mediators",),
    "joint_panel_incomplete": ("posts",),
    "panel_empty": ("posts",),
    "units_missing": ("units",),
    "targets_missing": ("targets",),
    "no_such_subject": ("targets",),
    "period_empty": ("last_day",),
    "effective_in_the_past": ("effective_from",),
    "unit_exists": ("unit_id",),
    "person_exists": ("person_id",),
    "post_exists": ("post_id",),
    "item_exists": ("item_id",),
    "login_taken": ("login",),
    "policy_unreadable": ("document",),
    "border_unusable": ("border",),
    "border_too_large": ("border",),
    "borders_overlap": ("border",),
    "grade_out_of_range": ("grade",),
}
"""Where a rule's no belongs, in forms that have such a field."""


@dataclass(frozen=True, slots=True)
class Placed:
    """What is said at the fields, by their names, and what is said above them."""

    at: Mapping[str, Sequence[str]]
    above: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class _Spot:
    """A field of a form, and which of its lines."""

    path: str
    shape: Shape
    line: int | None = None


def placed(
    body: type[BaseModel],
    problem: Mapping[str, Any],
    typed: Typed,
    language: Language,
    refused: Refused,
) -> Placed:
    """The API's problem document at the fields of a form; `refused` words the rules' noes."""
    errors = problem.get("errors") or []
    if not errors:
        return _refused(body, problem, language, refused)
    at: dict[str, list[str]] = {}
    above: list[str] = []
    for error in errors:
        spot = _spot(shapes(body), str(error.get("where", "")).split("/"))
        if spot is None:
            above.append(say(FAULTS, "other", language))
        elif len(at.get(spot.path, ())) < (1 if spot.line is None else 3):
            told = _told(spot.shape, error, typed.text(spot.path) or "", language)
            at.setdefault(spot.path, []).append(_in_line(spot, told, language))
    return Placed(at, tuple(dict.fromkeys(above)))


def _refused(
    body: type[BaseModel], problem: Mapping[str, Any], language: Language, refused: Refused
) -> Placed:
    code, rule = str(problem.get("code", "")), str(problem.get("rule", ""))
    if code in REFUSALS:
        words = refused(code, problem.get("details") or {}, language)
        told = ("" if language == "zh" else " ").join((words.what, words.why, words.now))
    else:
        told = say(WORDS, "by_rule" if rule else "not_now", language).format(rule=rule)
    names = {shape.name for shape in shapes(body)}
    field = next((name for name in AT_FIELD.get(code, ()) if name in names), None)
    return Placed({field: [told]} if field else {}, () if field else (told,))


def _spot(inner: Sequence[Shape], where: list[str], path: str = "") -> _Spot | None:
    """The field of a place such as body/summon/calls/0/unit_id: `body` and the command's kind are
    no fields, and what follows a field that has none inside is the API's own business.
    """
    for depth, part in enumerate(where):
        shape = next((s for s in inner if s.name == part), None)
        if shape is not None and shape.kind not in {"fixed", "version"}:
            return _within(shape, path + part, where[depth + 1 :])
    return None


def _within(shape: Shape, path: str, rest: list[str]) -> _Spot:
    number = int(rest[0]) if rest and rest[0].isascii() and rest[0].isdigit() else None
    if shape.kind == "bodies" and number is not None:
        path, rest = f"{path}.{number}", rest[1:]
    if shape.body and rest:
        return _spot(shape.inner, rest, path + ".") or _Spot(path, shape)
    return _Spot(path, shape.item or shape, number if shape.kind in {"lines", "corners"} else None)


def _told(shape: Shape, error: Mapping[str, Any], typed: str, language: Language) -> str:
    code = str(error.get("code", ""))
    if code == "value_error":
        spoken = str(error.get("message", "")).removeprefix("Value error, ")
        return say(SPOKEN, spoken, language) if spoken in SPOKEN else say(FAULTS, "other", language)
    pattern = str(shape.bounds.get("pattern", ""))
    if code == "string_pattern_mismatch" and pattern in PATTERNS:
        return say(PATTERNS, pattern, language)
    known = _known(shape, SAME.get(code, code))
    return say(FAULTS, known, language).format(
        most=_most(shape), least=_least(shape), length=len(typed.strip())
    )


def _known(shape: Shape, code: str) -> str:
    listed = options(shape.owners, shape.name, shape.enum) is not None
    if code == "missing" and (listed or shape.kind == "yes_no"):
        return "missing_choice"
    if code in {"missing", "too_short"} and shape.kind in {"bodies", "lines", "files"}:
        return "missing_entries"
    if code == "int_type" and shape.kind == "money":
        return "money"
    if shape.kind == "corners" and code not in {"too_long", "missing"}:
        return "corner"
    return code if code in FAULTS else "other"


def _most(shape: Shape) -> Any:  # noqa: ANN401 - a number
    return shape.bounds.get("max_length", limit(shape, shape.most))


def _least(shape: Shape) -> Any:  # noqa: ANN401 - a number
    return shape.bounds.get("min_length", limit(shape, shape.least))


def _in_line(spot: _Spot, told: str, language: Language) -> str:
    if spot.line is None:
        return told
    return say(WORDS, "in_line", language).format(line=spot.line + 1, told=told)
