"""A report put into words: title, what it comes to, its sections in order."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.report.contents import Changed, Contents, Head, Note
from domain.scores import periods
from reports import sections, sentences, words
from reports.pages import Pages, Section, Table, clean
from reports.speaker import Speaker
from reports.words import Language

SHOWN = 16
"""So many digits of a hash stand at the foot of each page; the whole of it on the first."""


def pages(contents: Contents, figures: str, language: Language) -> Pages:
    """The report in that language; `figures` is the SHA-256 of its figures."""
    speaker, head = Speaker(language), contents.head
    kind = words.PERIODS[periods.parse(head.period).months]
    report = speaker.say(words.TITLE, report=speaker.say(kind))
    report += speaker.say(words.DRAFT) if head.draft else ""
    return Pages(
        language=language,
        title=f"{clean(head.name)}{report}"
        if language == "zh"
        else f"{clean(head.name)}: {report}",
        subtitle=speaker.period(head.period),
        headline=tuple(_headline(speaker, contents)),
        sections=tuple(_sections(speaker, contents, figures)),
        page=words.PAGE[language == "en"],
        foot=f"{speaker.say(words.SYSTEM)} · {clean(head.report_id)} · {figures[:SHOWN]}",
    )


def _headline(speaker: Speaker, contents: Contents) -> Iterator[str]:
    whole, *parts = contents.scopes
    said = sentences.COMPOSITE if whole.composite else sentences.NO_COMPOSITE
    yield speaker.say(said, points=whole.composite)
    for scope in parts:
        if scope.composite and scope.composite != whole.composite:
            yield speaker.say(sentences.OWN_COMPOSITE, points=scope.composite)
    for each in contents.comparisons:
        if each.composite_change:
            yield speaker.say(
                sentences.AGAINST[each.which],
                period=speaker.period(each.period),
                points=each.composite,
                change=_moved(speaker, each.composite_change),
            )


def _moved(speaker: Speaker, change: str) -> str:
    by = change.lstrip("+-")
    if not by.strip("0."):
        return speaker.say(sentences.SAME)
    return speaker.say(sentences.DOWN if change.startswith("-") else sentences.UP, by=by)


def _sections(speaker: Speaker, contents: Contents, figures: str) -> Iterator[Section]:
    yield _about(speaker, contents.head, figures)
    for scope in contents.scopes:
        yield sections.rates(speaker, contents.head, scope)
    if contents.scopes[0].rates or any(each.measures for each in contents.comparisons):
        yield sections.comparison(speaker, contents)
    for ranked in contents.rankings:
        yield sections.ranking(speaker, contents.head, ranked)
    if any(month.rates for month in contents.trend):
        yield from sections.trend(speaker, contents.trend)
    if contents.breaches:
        yield sections.breaches(speaker, contents.breaches)
    if contents.changed:
        yield _listed(speaker, "changed", [_changed(speaker, each) for each in contents.changed])
    yield _listed(speaker, "notes", [_note(speaker, each) for each in contents.notes])


def _about(speaker: Speaker, head: Head, figures: str) -> Section:
    facts = {
        "unit": f"{clean(head.name)} ({clean(head.unit_id)})",
        "kind": f"{speaker.kind(head.kind)} · {speaker.say(words.SETTINGS[head.setting])}",
        "above": " · ".join(map(clean, head.above)),
        "successor": clean(head.successor),
        "period": speaker.say(sentences.FROM_TO, first=head.first, last=head.last),
        "as_of": _moment(head),
        "position": speaker.say(sentences.POSITION, n=str(head.position)),
        "policy": clean(head.policy),
        "organisation": clean(head.organisation),
        "report_id": clean(head.report_id),
        "edition": speaker.say(_edition(head), n=str(head.edition)),
        "figures": figures,
    }
    rows = tuple((speaker.say(words.HEAD[key]), said) for key, said in facts.items() if said)
    columns = (speaker.column("item", "text"), speaker.column("value", "text"))
    return Section("about", speaker.say(words.SECTIONS["about"]), table=Table(columns, rows))


def _edition(head: Head) -> words.Words:
    return sentences.NO_EDITION if head.draft else sentences.EDITION


def _moment(head: Head) -> str:
    local = datetime.fromisoformat(head.as_of).astimezone(ZoneInfo(head.zone))
    return f"{local:%Y-%m-%d %H:%M:%S} {head.zone} ({head.as_of})"


def _note(speaker: Speaker, note: Note) -> str:
    measures = speaker.names([speaker.measure(each) for each in note.measures])
    facts = {"measures": measures}
    text = sentences.NOTES[note.code][speaker.language == "en"]
    return text.format(*map(clean, note.facts), **facts)


def _changed(speaker: Speaker, each: Changed) -> str:
    return speaker.say(
        sentences.CHANGED,
        measure=speaker.measure(each.measure),
        scope=speaker.say(sentences.SCOPES[each.scope]),
        before=each.before,
        after=each.after,
    )


def _listed(speaker: Speaker, key: str, said: list[str]) -> Section:
    columns = (speaker.column("number", "text"), speaker.column("note", "text"))
    rows = tuple((str(n), each) for n, each in enumerate(said, start=1))
    return Section(key, speaker.say(words.SECTIONS[key]), table=Table(columns, rows))
