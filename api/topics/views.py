"""Topics drawn for whoever asks: names, trend, words and matters. Nothing is read here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from api import views, words
from api.models_named import Named
from api.topics.asking import Asked
from api.topics.models import MatterView, MonthView, TopicView, TrendView
from api.words import Language
from api.words.topics import DIRECTIONS, PLACES
from domain import masking
from domain.book import Book
from domain.topics import matters, trend
from domain.topics.matters import Matter, Report
from domain.topics.telling import Around, telling
from store.topics import NEVER, Course, Key, Row

MATTERS = 5
"""Matters shown of each topic, the largest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What was read for some topics. `around` are titles that their words are held against, `names`
    those of staff.
    """

    courses: Mapping[Key, Course]
    reports: Mapping[Key, Sequence[Row]]
    around: Around
    names: frozenset[str]


def key_of(row: Row) -> Key:
    """The topic a row is about."""
    return row["item_id"], row["place"]


def topic_view(row: Row, material: Material, asked: Asked, lang: Language) -> TopicView:
    """One topic."""
    key, book = key_of(row), asked.book
    told = [report(each) for each in material.reports.get(key, ())]
    item = book.catalogue.items.get(key[0])
    department = item.department_id if item else None
    return TopicView(
        topic="@".join(key),
        item=Named(id=key[0], name=words.item_name(key[0], book.catalogue)),
        place=place_view(key[1], book, lang),
        class_id=item.class_id if item else "",
        belonging=item.belonging if item else None,
        department=views.unit(department, book.organisation),
        **{name: row[name] for name in COUNTED},
        trend=trend_view(material.courses.get(key, NEVER), row["cases"], asked, lang),
        words=telling([(r.voice, r.title) for r in told], material.around, material.names),
        compared=len(told),
        matters=[matter_view(each) for each in matters_of(told, book)[:MATTERS]],
        cases_url=_cases_url(key, asked),
    )


COUNTED = (
    *("cases", "residents", "unknown", "proactive", "disputes", "open", "breaches"),
    *("first_at", "last_at"),
)


def report(row: Row) -> Report:
    """A case whose words may be read here."""
    point = None if row["longitude"] is None else (row["longitude"], row["latitude"])
    return Report(
        case_id=row["case_id"],
        voice=row["lookup"] or row["case_id"],
        title=row["title"],
        trigrams=frozenset(row["trigrams"].split(",")) - {""},
        point=point,
    )


def matters_of(told: Sequence[Report], book: Book) -> list[Matter]:
    """The matters among them; near is what duplicates take for near."""
    return matters.matters(told, book.policies[book.policy].duplicates.metres)


def matter_view(matter: Matter) -> MatterView:
    """A matter, called what its most typical case is called."""
    return MatterView(
        matter=matter.centre.case_id,
        title=masking.text(matter.centre.title),
        cases=len(matter.reports),
        residents=len({each.voice for each in matter.reports}),
    )


def trend_view(course: Course, cases: int, asked: Asked, lang: Language) -> TrendView:
    """How the topic went, and what that says."""
    window = asked.window
    found = trend.direction(cases, window.hours, course.before, window.hours_before)
    return TrendView(
        months=[
            MonthView(month=name, cases=course.months.get(number, 0))
            for number, (name, _) in enumerate(window.months, start=1)
        ],
        before=course.before,
        hours=window.hours,
        hours_before=window.hours_before,
        direction=found,
        words=words.say(DIRECTIONS, found, lang),
    )


def unit_view(unit_id: str, book: Book) -> Named:
    """A unit by its name."""
    return Named(id=unit_id, name=words.unit_name(unit_id, book.organisation))


def place_view(place: str, book: Book, lang: Language) -> Named:
    """A community by its name; a word for none and for all."""
    known = words.unit_name(place, book.organisation)
    return Named(id=place, name=words.say(PLACES, place, lang) if place in PLACES else known)


def _cases_url(key: Key, asked: Asked) -> str:
    query = urlencode({"unit": asked.unit, "period": asked.period.name})
    return f"/api/v1/topics/{quote('@'.join(key), safe='@*')}/cases?{query}"
