"""Figures in a terminal, from what is written for machines. Nothing is computed here."""

from collections.abc import Iterator
from typing import Literal

from rich.console import Console
from rich.table import Column, Table

from api import words
from api.words.scores import APART, CHANGED, MARKS, MEASURES, TRENDS
from cli.scores.page_words import SAYS
from domain.scores.written import Written

Lang = Literal["zh", "en"]
WIDE = 150
"""Columns where the output is no terminal."""
SHOWN = 50
"""Cases that are listed; all of them are in the JSON."""


def show(found: Written, lang: Lang) -> None:
    """Write the page to standard output."""
    _Page(found, lang).show()


class _Page:
    """One answer in one language."""

    def __init__(self, found: Written, lang: Lang) -> None:
        self._found = found
        self._lang: Lang = lang
        console = Console(markup=False, highlight=False)
        self._console = (
            console if console.is_terminal else Console(markup=False, highlight=False, width=WIDE)
        )

    def show(self) -> None:
        self._line(self._head())
        for ranking in self._found.get("rankings", ()):
            self._ranking(ranking)
        cards = self._found.get("cards", ())
        if len(cards) == 1:
            self._card(cards[0])
        elif cards:
            self._overview(cards)
        if not cards and "rankings" not in self._found:
            self._line(self._say("nothing"))
        if "compared" in self._found:
            self._compared(self._found["compared"])

    def _line(self, text: str) -> None:
        self._console.print(text, soft_wrap=True)

    def _say(self, word: str, **values: object) -> str:
        return words.say(SAYS, word, self._lang).format(**values)

    def _measure(self, measure: str) -> str:
        return words.say(MEASURES, measure, self._lang)

    def _head(self) -> str:
        found, period = self._found, self._found["period"]
        parts = [
            f"{period['name']} ({period['first']} – {period['last']})",
            self._say("policy", version=found["policy"]),
            self._say(found["scope"]),
        ]
        if found["as_of"] is not None:
            parts.append(self._say("as_of", at=found["as_of"]))
        if not period["over"]:
            parts.append(self._say("not_over"))
        if found["proactive"]:
            parts.append(self._say("proactive"))
        return " · ".join(parts)

    # -- cards ------------------------------------------------------------------

    def _card(self, card: Written) -> None:
        self._line(self._named(card))
        if card["empty"]:
            self._line(self._say("nothing"))
        if card["measures"]:
            self._console.print(self._measures(card))
        composite = card["composite"]
        if composite["points"] is not None:
            self._line(self._say("composite", points=composite["points"]))
            if composite["left_out"]:
                names = ", ".join(map(self._measure, composite["left_out"]))
                self._line(self._say("left_out", measures=names))
        self._fairness(card["fairness"])

    def _measures(self, card: Written) -> Table:
        table = Table(
            *map(
                self._column,
                ("", "rate", "of", "unanswered", "excluded", "interval", "points", "mark"),
            )
        )
        for measure, figure in card["measures"].items():
            table.add_row(self._measure(measure), *self._figure(figure))
        return table

    def _column(self, word: str) -> Column:
        if not word:
            return Column("")
        return Column(self._say(f"column_{word}"), justify="right", no_wrap=True)

    def _figure(self, figure: Written) -> Iterator[str]:
        yield _dash(figure["rate"])
        yield f"{figure['numerator']}/{figure['denominator']}"
        yield figure["unanswered"]
        yield figure["excluded"]
        yield "–" if figure["interval"] is None else " – ".join(figure["interval"])
        yield _dash(figure["points"])
        yield self._say("few") if figure["few"] else ""

    def _named(self, card: Written) -> str:
        name = card.get("name") or card["id"]
        shown = f"{name} ({card['id']})" if name != card["id"] else name
        if card.get("taken_over_by"):
            return f"{shown} – {self._say('taken_over', unit=card['taken_over_by'])}"
        if card.get("closed"):
            return f"{shown} – {self._say('closed')}"
        return shown if card.get("founded", True) else f"{shown} – {self._say('founded_later')}"

    def _overview(self, cards: list[Written]) -> None:
        """A row for each; the rates that are in the composite of any."""
        weighed = dict.fromkeys(m for card in cards for m in card["composite"]["weights"])
        shown = [m for m in MEASURES if m in weighed] or [
            m for m in MEASURES if any(m in card["measures"] for card in cards)
        ]
        table = Table(
            "",
            self._column("composite"),
            *(Column(self._measure(m), justify="right") for m in shown),
        )
        for card in cards:
            rates = (_dash(card["measures"].get(m, {}).get("rate")) for m in shown)
            table.add_row(self._named(card), _dash(card["composite"]["points"]), *rates)
        self._console.print(table)
        for card in cards:
            self._fairness(card["fairness"])

    def _fairness(self, found: Written) -> None:
        for each in found["left_out"]:
            self._line(self._say("astray", measure_name=self._measure(each["measure"]), **each))
        for each in found["interested"]:
            interest = words.say(MARKS, each["interest"], self._lang)
            name = self._measure(each["measure"])
            self._line(self._say("interested", interest_words=interest, measure_name=name, **each))

    # -- ranking ------------------------------------------------------------------

    def _ranking(self, found: Written) -> None:
        parts = [self._measure(found["measure"])]
        parts += [self._say(found["setting"])] if found["setting"] else []
        parts += [self._say("level", level=found["level"])] if found["level"] else []
        self._line(" · ".join(parts))
        columns = ("place", "", "rate", "of", "interval", "before", "year_before", "ties")
        table = Table(*map(self._column, columns))
        for place in found["ranked"]:
            table.add_row(*self._place(place))
        self._console.print(table)
        for each in found["apart"]:
            why = words.say(APART, each["why"], self._lang)
            rate = "" if each["figure"] is None else f" {_dash(each['figure']['rate'])}"
            self._line(f"  {self._named({**each, 'id': each['unit']})}:{rate} {why}")
        for fairness in found["fairness"].values():
            self._fairness(fairness)

    def _place(self, place: Written) -> Iterator[str]:
        best, worst = place["places"]
        rate, of, _, _, interval, *_ = self._figure(place["figure"])
        yield str(best) if best == worst else f"{best}–{worst}"
        yield self._named({**place, "id": place["unit"]})
        yield rate
        yield of
        yield interval
        yield self._change(place["before"])
        yield self._change(place["year_before"])
        yield str(place["ties"])

    def _change(self, change: Written) -> str:
        if change["difference"] is None:
            return "–"
        sign = "" if change["difference"].startswith("-") else "+"
        return f"{sign}{change['difference']} {words.say(TRENDS, change['trend'], self._lang)}"

    # -- two readings -----------------------------------------------------------------

    def _compared(self, found: Written) -> None:
        now = self._say("now") if found["as_of"] is None else found["as_of"]
        self._line(self._say("compared", policy=found["policy"], at=now))
        for name, (before, after) in found["numbers"].items():
            self._line(f"  {name}: {before} → {after}")
        for unit, (before, after) in found["moved"].items():
            self._line(self._say("moved", unit=unit, before=_dash(before), after=_dash(after)))
        for each in found["carriers"]:
            self._carrier(each)
        for places in found.get("places", ()):
            for unit, (before, after) in places.items():
                self._line(f"  {unit}: {self._places(before)} → {self._places(after)}")
        cases = found["cases"]
        for each in cases[:SHOWN]:
            self._case(each)
        if len(cases) > SHOWN:
            self._line(self._say("more", cases=len(cases) - SHOWN))
        if not (cases or found["carriers"] or found["moved"]):
            self._line(self._say("same"))

    def _carrier(self, found: Written) -> None:
        before, after = map(_dash, found["composite"])
        self._line(f"  {found['id']}: {self._say('column_composite')} {before} → {after}")
        for measure, (was, now) in found["measures"].items():
            self._line(f"    {self._measure(measure)}: {_short(was)} → {_short(now)}")

    def _places(self, found: list[int] | None) -> str:
        return (
            self._say("unranked")
            if found is None
            else self._say("places", places="–".join(map(str, dict.fromkeys(found))))
        )

    def _case(self, found: Written) -> None:
        reasons = ", ".join(words.say(CHANGED, each, self._lang) for each in found["reasons"])
        events = ", ".join(map(str, found["versions"]))
        self._line(
            self._say(
                "case",
                case_id=found["case_id"],
                unit=found["unit"],
                measure=self._measure(found["measure"]),
                reasons=reasons,
                events=events,
            )
        )


def _dash(text: str | None) -> str:
    return "–" if text is None else text


def _short(figure: Written | None) -> str:
    if figure is None:
        return "–"
    return f"{_dash(figure['rate'])} ({figure['numerator']}/{figure['denominator']})"
