"""Every command, event and refusal of the domain has its sentence in these tests."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

import domain
from domain import commands, events
from domain.admission.commands import AdmissionCommand
from domain.admission.events import AdmissionEvent
from domain.erasure.commands import ErasureCommand
from domain.erasure.events import ErasureEvent
from domain.office.commands import OfficeCommand
from domain.office.events import OfficeEvent
from domain.report.commands import ReportCommand
from domain.report.events import ReportEvent
from domain.visit.commands import VisitCommand
from domain.visit.events import VisitEvent
from tests.domain.promises import CODE, RULE

HERE = Path(__file__).parent
SOURCES = sorted(Path(domain.__path__[0]).rglob("*.py"))
ALL_COMMANDS = (
    *(*get_args(commands.Command), *get_args(AdmissionCommand)),
    *(*get_args(OfficeCommand), *get_args(VisitCommand)),
    *(*get_args(ErasureCommand), *get_args(ReportCommand)),
)
ALL_EVENTS = (
    *(*get_args(events.Event), *get_args(AdmissionEvent)),
    *(*get_args(OfficeEvent), *get_args(VisitEvent)),
    *(*get_args(ErasureEvent), ReportEvent),
)
COMMANDS = {c.__name__: c.__dataclass_fields__["kind"].default for c in ALL_COMMANDS}
EVENTS = {e.__name__ for e in ALL_EVENTS}
Site = tuple[str, str, str]
"""A refusal as raised: the function it is raised in, its code and its rule."""


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def name_of(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


# -- what the domain can say -------------------------------------------------


def refusals(source: Path) -> Iterator[Site]:
    for function in ast.parse(source.read_text()).body:
        if not isinstance(function, ast.FunctionDef):
            continue
        for call in calls(function):
            if name_of(call.func) == "Refused" and text(call.args[0]) and text(call.args[1]):
                yield function.name, text(call.args[0]), text(call.args[1])
            if name_of(call.func) == "need_phase":
                yield function.name, f"not_{name_of(call.args[2]).lower()}", text(call.args[1])
            if name_of(call.func) in {"need_open", "need_unresolved"}:
                yield function.name, "not_open", text(call.args[1])


RAISED = sorted({site for source in SOURCES for site in refusals(source)})


# -- what the tests say ------------------------------------------------------


def asserted(call: ast.Call) -> tuple[str, ast.Call] | None:
    """``story.when(command).then…(…)``: how it ends, and the call of `when`."""
    func = call.func
    if not isinstance(func, ast.Attribute) or not func.attr.startswith("then"):
        return None
    when = func.value
    if isinstance(when, ast.Call) and name_of(when.func) == "when":
        return func.attr, when
    return None


def kind_of(given: ast.expr) -> str:
    """The kind of the command in ``by(who, when, Kind, …)``."""
    if isinstance(given, ast.Call) and name_of(given.func) == "by":
        return str(COMMANDS.get(name_of(given.args[2]), ""))
    return ""


def command_in(when: ast.Call, named: list[tuple[int, str, str]]) -> str:
    """The command's kind where it is written out, or given a name on a line before."""
    given = when.args[0]
    if isinstance(given, ast.Name):
        before = [kind for line, name, kind in named if name == given.id and line < given.lineno]
        return before[-1] if before else ""
    return kind_of(given)


def names_given(tree: ast.AST) -> list[tuple[int, str, str]]:
    """Commands that got a name: the line, the name, the command's kind."""
    found = (n for n in ast.walk(tree) if isinstance(n, ast.Assign))
    named = ((n.lineno, name_of(n.targets[0]), kind_of(n.value)) for n in found)
    return sorted(each for each in named if each[2])


def sentences() -> Iterator[tuple[str, str, ast.Call]]:
    for path in sorted(HERE.glob("test_*.py")):
        tree = ast.parse(path.read_text())
        named = names_given(tree)
        for call in calls(tree):
            if found := asserted(call):
                ending, when = found
                yield ending, command_in(when, named), call


SENTENCES = list(sentences())
HAPPY = {command for ending, command, _ in SENTENCES if ending == "then"}
REFUSED = {
    (command, text(call.args[0]), text(call.args[1]))
    for ending, command, call in SENTENCES
    if ending in {"then_refused", "then_forbidden"}
}
SEEN = {
    name_of(argument.args[0]) if isinstance(argument, ast.Call) else name_of(argument)
    for ending, _, call in SENTENCES
    if ending == "then"
    for argument in call.args
}


def test_the_sources_were_read() -> None:
    assert len(RAISED) > len(COMMANDS)
    assert len(SENTENCES) > len(RAISED)


@pytest.mark.parametrize("command", sorted(COMMANDS.values()))
def test_every_command_has_a_happy_path(command: str) -> None:
    assert command in HAPPY


@pytest.mark.parametrize("event", sorted(EVENTS))
def test_every_event_is_seen_to_happen(event: str) -> None:
    assert event in SEEN


@pytest.mark.parametrize(("function", "code", "rule"), RAISED)
def test_every_refusal_is_seen_to_happen(function: str, code: str, rule: str) -> None:
    """A refusal raised in a command's own function must be seen with that very command."""
    by_command = function in COMMANDS.values()
    assert any(
        (code, rule) == (c, r) and (command == function or not by_command)
        for command, c, r in REFUSED
    )


@pytest.mark.parametrize(("function", "code", "rule"), RAISED)
def test_codes_are_for_machines_and_rules_are_the_rulebooks(
    function: str, code: str, rule: str
) -> None:
    assert CODE.fullmatch(code)
    assert RULE.fullmatch(rule)


def test_no_sentence_expects_a_refusal_that_does_not_exist() -> None:
    raised = {(code, rule) for _, code, rule in RAISED}
    assert {(code, rule) for _, code, rule in REFUSED} <= raised


def test_kinds_are_unique_and_stored_names_are_dotted() -> None:
    kinds = [e.__dataclass_fields__["kind"].default for e in ALL_EVENTS]
    assert len(set(kinds)) == len(kinds)
    assert all("." in str(kind) for kind in kinds)
    assert len(set(COMMANDS.values())) == len(COMMANDS)
