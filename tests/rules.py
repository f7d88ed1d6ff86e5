"""Which tests show which rule: read from the marks of the tests, written into docs/rules.md.

``python -m tests.rules`` writes the page again; a test says when it is out of date, and when a rule
that is built has no test.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "rules.md"

RULES: Mapping[str, str] = {
    "§2": "nobody acts without a post valid at that moment; a stand-in acts for who is away",
    "§3": "exactly one unit and one named person answer for a case until it closes",
    "R1.1": "whoever receives the resident registers the case and stays its first-contact officer",
    "R1.2": "a case from an unattended channel lands with the duty clerk, with an acceptance clock",
    "R1.3": "settle it, hand it on, or decline on a listed ground, which a supervisor reviews",
    "R1.4": "the officer is told of every move, and owes the resident a call after resolution",
    "R2.1": "place → grid → community → street; matter → item, first rung, department, deadline",
    "R2.2": "inside a unit the least loaded valid post, stand-ins included; or a person by hand",
    "R2.3": "duplicates are suggested, merged by staff; five residents make a mass case",
    "R3.1": "every item says whose it is, who is responsible, where it starts, what it needs",
    "R3.2": "work goes downwards only where it belongs there or under an admission in force",
    "R4.1": "every arrival starts an acceptance clock; the resident's own never stops for it",
    "R4.2": "returns have a window, a reason and a limit; the third is an adjudication that binds",
    "R4.3": "one rung up with a reason and a progress record; a rung is skipped only by exception",
    "R4.4": "a broken clock sends the case up by itself; at the department it becomes an order",
    "R4.5": "a transfer between departments needs the receiver; refused, it is adjudicated",
    "R4.6": "a supervisor may order at any time, and is answered; the resident may remind",
    "R4.7": "a shelved case is approved, explained to the resident, reviewed, and never solved",
    "R5": "summoned units report in within their clock and are released; the owner stays",
    "R6.1": "working time with breaks, holidays, make-up days; an unpublished year is said aloud",
    "R6.2": "a deadline is a function of events, calendar and policy, and can be explained",
    "R6.3": "the stint's clock and the resident's run side by side; words reset neither",
    "R6.4": "only a listed ground stops the handling clock, and it starts again by itself",
    "R6.5": "more time is asked for before the due time, once a stint, at most half",
    "R6.6": "warnings at half and four fifths, a yellow card a day before, a red one at the breach",
    "R6.7": "emergencies run day and night; grid, community and street are told at once",
    "R7.1": "each party consents or not; what is said stays with handlers, mediators and parties",
    "R7.2": "a panel without anybody who has a stake; each party may reject a mediator once",
    "R7.3": "sessions are recorded; the limit is moved only with the parties' consent",
    "R7.4": "agreement with duties that are checked, or failure that climbs and at last refers",
    "R7.5": "signs of violence or self-harm are an emergency at once",
    "R7.6": "each party rates for itself",
    "R8": "deliberation in its order, with quorum, majority, publication and objections",
    "R9": "a closed case is closed, and each way to close it has its reason",
    "R9.1": "a resolution says what was done, with the evidence the catalogue asks for",
    "R9.2": "the resident, and nobody else, rates; spoken answers are a follow-up, never a rating",
    "R9.3": "a rating is never changed; after rectification there is another, and both stay",
    "R9.4": "asked again, then closed as unrated, never counted as satisfied",
    "R10.1": "a bad rating opens a review one level up, within one working day",
    "R10.2": "justified: a new round, then the resident is asked again",
    "R10.3": "mistaken or malicious: visible, excluded with its reason; reconsidered once if asked",
    "R10.4": "the same matter again within the window is a recurrence",
    "R11": "staff appeal once; somebody outside the case's chain decides; exclusions say why",
    "R12.1": "rates with numerator, denominator and the unanswered, from events only",
    "R12.2": "points from rates by the policy's formula",
    "R12.3": "ranking by the lower bound of a Wilson interval, with a minimum number and ties",
    "R12.4": "clocks belong to the stint that ran them, the grade to the resolving unit",
    "R12.5": "every figure opens into its events and can be computed again as of any date",
    "R12.6": "reports write themselves",
    "R13": "patrols, informants and visits open cases too, counted apart; agents act as authorised",
    "R14.1": "every step is an event: what, who, when, by which command, why; nothing is changed",
    "R14.2": "tamper-evident: hash chain, Merkle tree, signed checkpoints, receipts, a verifier",
    "R14.3": "the state of a case, and what a person could see of it, at any past instant",
    "R14.4": "erasing a person destroys a key, leaves the chain valid and is itself an event",
    "R14.5": "each look at personal data is recorded with its reason",
    "R14.6": "views and running workflows can be rebuilt from the journal alone",
}

HEAD = """# The rules by their numbers

Refusals, tests and comments name a rule by its number. What each asks for in short, and the tests
that show it. Written by `python -m tests.rules` from the marks of the tests; do not edit by hand.

| rule | what it asks | tests |
| --- | --- | --- |
"""


@dataclass(frozen=True, slots=True, order=True)
class Shown:
    """A test that shows a rule."""

    file: str
    name: str

    @property
    def sentence(self) -> str:
        """The test's name as it reads."""
        return self.name.removeprefix("test_").replace("_", " ")


def shown() -> dict[str, list[Shown]]:
    """Rule → the tests marked with it, or that see a refusal by it, in the order of their files."""
    found: dict[str, dict[Shown, None]] = {rule: {} for rule in RULES}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for rule, test in _of(path):
            found.setdefault(rule, {})[test] = None
    return {rule: list(tests) for rule, tests in found.items()}


def _of(path: Path) -> Iterator[tuple[str, Shown]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    file = path.relative_to(ROOT).as_posix()
    everywhere = [rule for node in tree.body if _is_pytestmark(node) for rule in _marked(node)]
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name[:5] == "test_":
            own = [rule for mark in node.decorator_list for rule in _marked(mark)]
            for rule in (*everywhere, *own, *_refused(node)):
                yield rule, Shown(file, node.name)


def _is_pytestmark(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark"


def _marked(node: ast.AST) -> Iterator[str]:
    for call in _calls(node, "pytest.mark.rule"):
        yield from (str(a.value) for a in call.args if isinstance(a, ast.Constant))


def _refused(test: ast.AST) -> Iterator[str]:
    for name in ("then_refused", "then_forbidden"):
        for call in _calls(test, name):
            if isinstance(call.args[1], ast.Constant):
                yield str(call.args[1].value)


def _calls(node: ast.AST, name: str) -> Iterator[ast.Call]:
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and ast.unparse(call.func).endswith(name):
            yield call


def page() -> str:
    """The page as it ought to be."""
    tests = shown()
    rows = [f"| {rule} | {asks} | {_count(rule, tests[rule])} |" for rule, asks in RULES.items()]
    parts = [_listed(rule, tests[rule]) for rule in RULES if tests[rule]]
    return HEAD + "\n".join(rows) + "\n\n" + "\n\n".join(parts) + "\n"


def _count(rule: str, tests: list[Shown]) -> str:
    return f"[{len(tests)}](#{rule})" if tests else "not built yet"


def _listed(rule: str, tests: list[Shown]) -> str:
    lines = [f'## <a id="{rule}"></a>{rule}']
    for file in dict.fromkeys(test.file for test in tests):
        lines.append(f"\n`{file}`\n")
        lines += [f"- {test.sentence}" for test in tests if test.file == file]
    return "\n".join(lines)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
