"""One language of a report: words, names of measures and periods, columns."""

from dataclasses import dataclass

from domain.scores import periods
from domain.scores.measures import ADVERSE, Measure
from reports import sentences, words
from reports.pages import Column, Kind
from reports.words import Language, Words


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says things in one language."""

    language: Language

    def say(self, said: Words, **facts: str) -> str:
        """The words with what goes into them."""
        return said[self.language == "en"].format(**facts)

    def column(self, key: str, kind: Kind = "count") -> Column:
        """A column under its usual title."""
        return Column(self.say(words.COLUMNS[key]), kind)

    def measure(self, measure: Measure) -> str:
        """Its name, with a mark where lower is better."""
        return self.say(words.MEASURES[measure]) + (" ↓" if measure in ADVERSE else "")

    def kind(self, kind: str) -> str:
        """What a kind of unit is called."""
        return self.say(words.KINDS.get(kind, (kind, kind)))

    def names(self, names: tuple[str, ...] | list[str]) -> str:
        """A list of names."""
        return ("、" if self.language == "zh" else ", ").join(names)

    def period(self, name: str) -> str:
        """``"2026 年 9 月"``, ``"September 2026"``."""
        period = periods.parse(name)
        first, months = period.first, period.months
        if months not in {1, 3, 12}:
            return self.say(sentences.FROM_TO, first=str(first), last=str(period.last))
        quarter = (first.month - 1) // 3
        if self.language == "en":
            month = f"{words.MONTHS[first.month - 1]} {first.year}"
            return {1: month, 3: f"Quarter {quarter + 1} of {first.year}", 12: f"{first.year}"}[
                months
            ]
        return {
            1: f"{first.year} 年 {first.month} 月",
            3: f"{first.year} 年第{'一二三四'[quarter]}季度",
            12: f"{first.year} 年",
        }[months]
