"""Letters put together: the topic's words, where the case is, what is owed until when, links."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from letters.texts import Audience, Language, Words, words

NAME: Words = ("首问", "Shouwen")
OWED: Mapping[str, Words] = {
    "awaiting_acceptance": ("待签收", "to be accepted"),
    "in_progress": ("待办结", "to be settled"),
    "suspended": ("已挂起", "on hold"),
    "shelved": ("已挂账，待复查", "shelved, to be looked at again"),
    "awaiting_rating": ("待居民评价", "the resident's rating is awaited"),
    "under_review": ("待上级复核", "a superior's review is awaited"),
    "closed": ("已结案", "closed"),
}
NUMBER: Words = ("编号：{case_id} {title}", "Number: {case_id} {title}")
UNIT: Words = ("责任单位：{unit}", "With: {unit}")
STATE: Words = ("当前：{owed}{due}", "Now: {owed}{due}")
DETAILS: Words = ("详情：{link}", "Details: {link}")
STAFF_DUE: Words = ("，时限 {due}", ", due {due}")
FOR_OTHERS: Words = ("【首问】{words}。编号 {case_id}。", "[Shouwen] {words}. Number {case_id}.")
WHERE: Words = ("现由{unit}办理。", " It is with {unit}.")
PROMISED: Words = ("承诺 {due} 前办结。", " It is promised to be settled by {due}.")
RATE: Words = (
    "评价请点：{rating_link} （仅限本人使用）",
    " To rate: {rating_link} (for you alone)",
)
HELP: Words = (
    "查看要求、报到请点：{help_link} （仅限贵单位使用）",
    " What is asked, and to report in: {help_link} (for your organisation alone)",
)

PARTY: Words = (
    "查看、答复请点：{party_link} （仅限本人使用）",
    " To read and to answer: {party_link} (for you alone)",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a letter may say of a case. Times are local; `title` is masked, `phase` a code.

    `due` is the earliest time owed by staff, `promised` the one promised to the resident.
    """

    case_id: str
    title: str = ""
    unit: str = ""
    phase: str = ""
    due: datetime | None = None
    promised: datetime | None = None
    link: str = ""
    rating_link: str = ""
    help_link: str = ""
    party_link: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A finished letter."""

    subject: str
    text: str


def letter(
    topic: str, audience: Audience, facts: Facts, language: Language, *, brief: bool = False
) -> Letter:
    """The letter of a topic to an audience; `brief` for a telephone, in a line or two."""
    said = words(topic, audience, language).format(unit=facts.unit)
    english = language == "en"
    if audience == "staff" and not brief:
        text = _for_staff(said, facts, english=english)
    else:
        text = FOR_OTHERS[english].format(words=said, case_id=facts.case_id)
        text += _where(facts, audience, english=english)
    return Letter(subject=f"[{NAME[english]}] {said} {facts.case_id}", text=text)


def _for_staff(said: str, facts: Facts, *, english: bool) -> str:
    """What happened; then what is known of where it is, what is owed and until when."""
    lines = [NUMBER[english].format(case_id=facts.case_id, title=facts.title).rstrip()]
    if facts.unit:
        lines.append(UNIT[english].format(unit=facts.unit))
    if facts.phase:
        owed = OWED.get(facts.phase, (facts.phase, facts.phase))[english]
        due = _timed(STAFF_DUE[english], facts.due)
        lines.append(STATE[english].format(owed=owed, due=due))
    lines.append(DETAILS[english].format(link=facts.link))
    return "\n".join((said, "", *lines, ""))


def _where(facts: Facts, audience: Audience, *, english: bool) -> str:
    """Where it is while it is worked on, for a resident until when, or the link to answer by."""
    if facts.rating_link:
        return RATE[english].format(rating_link=facts.rating_link)
    if facts.party_link:
        return PARTY[english].format(party_link=facts.party_link)
    if facts.help_link:
        return HELP[english].format(help_link=facts.help_link)
    worked_on = facts.unit and facts.phase not in {"awaiting_rating", "closed"}
    if audience not in {"staff", "resident"} or not worked_on:
        return ""
    promised = facts.promised if audience == "resident" else None
    return WHERE[english].format(unit=facts.unit) + _timed(PROMISED[english], promised)


def _timed(text: str, at: datetime | None) -> str:
    return "" if at is None else text.format(due=f"{at:%Y-%m-%d %H:%M}")
