"""How the result of `shouwen whatif` is written: a table to read, or bytes for machines."""

import json
from collections.abc import Iterator
from typing import Any
from unicodedata import east_asian_width

from cli.scores.whatif_words import ASSUMPTIONS, FIGURES, HEADS, SAYS, WHY, WHY_NOT

Found = dict[str, Any]


def canonical(found: Found) -> str:
    """One line of JSON with sorted keys: of the same result always the same bytes."""
    return json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def as_text(found: Found, lang: str) -> str:
    """The table, what it rests on, and the cases that change."""
    return "\n".join(_lines(found, lang)) + "\n"


def _lines(found: Found, lang: str) -> Iterator[str]:
    cases, clocks, says = found["cases"], found["clocks"], SAYS[lang]
    asked = found["asked"]
    yield says["head"].format(**asked, **cases)
    yield says["clocks"].format(
        **clocks, others=clocks["replayed"] - clocks["by_policy"], seq=found["known_until"]
    )
    if found["handling"]["kept"]:
        yield says["near"].format(**found["handling"])
    for each in found["staff"]:
        yield says["staff"].format(**each)
    yield ""
    yield from _table(found, lang)
    yield ""
    yield says["changed"].format(**cases)
    for change in found["changes"]:
        yield _change(change, lang)
    yield ""
    yield says["rests"]
    for code in found["assumptions"]:
        yield f"  - {ASSUMPTIONS[lang][code]}"


def _table(found: Found, lang: str) -> Iterator[str]:
    staffed = bool(found["staff"])
    lines = [[*HEADS[lang]] if staffed else [*HEADS[lang][:3], *HEADS[lang][4:]]]
    for figure in found["figures"]:
        name, _, part = figure["name"].partition(".")
        label = FIGURES[lang][name] + (f" · {FIGURES[lang].get(part, part)}" if part else "")
        unseen = [figure["unseen"] or "–"] if staffed else []
        cells = [label, figure["real"] or "–", figure["model"] or "–", *unseen]
        if figure["why_not"]:
            lines.append([*cells, SAYS[lang]["cannot"], WHY_NOT[lang][figure["why_not"]]])
            continue
        ranged = figure["low"] != figure["high"]
        between = f"{figure['low']} – {figure['high']}" if ranged else ""
        lines.append([*cells, figure["other"] or "–", between])
    widest = max(_wide(line[0]) for line in lines)
    yield from (_row(line, widest) for line in lines)


def _row(cells: list[str], widest: int) -> str:
    first, *others = cells
    *numbers, last = others
    padded = "".join(_right(cell, 14) for cell in numbers)
    return f"{first}{' ' * (widest - _wide(first))}{padded}  {last}".rstrip()


def _right(text: str, width: int) -> str:
    return " " * max(1, width - _wide(text)) + text


def _wide(text: str) -> int:
    return sum(2 if east_asian_width(each) in "WF" else 1 for each in text)


def _change(change: Found, lang: str) -> str:
    clock = change["after"] or change["before"]
    broken = change["after"]["broken"] if change["after"] else False
    state = SAYS[lang]["unknown" if broken is None else "late" if broken else "kept"]
    dues = " → ".join(_due(change[side]) for side in ("before", "after"))
    sure = "" if change["sure"] else f" ({SAYS[lang]['drawn']})"
    where = f"{clock['unit']} {clock['clock']}"
    ended = (change["after"] or {}).get("ended") or "–"
    return (
        f"  {change['case_id']} {where}: {state}{sure}, {WHY[lang][change['why']]};"
        f" {SAYS[lang]['due']} {dues}, {SAYS[lang]['ended']} {ended}"
    )


def _due(clock: Found | None) -> str:
    return "–" if clock is None or clock["due"] is None else str(clock["due"])
