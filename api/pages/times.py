"""Moments and lengths of time as people read them: the office's zone, whole minutes. No clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time, format_timedelta

from api.words import Language

LOCALES = {"zh": "zh_Hans_CN", "en": "en_GB"}


def moment(text: str | datetime | None) -> datetime | None:
    """What the API writes, as a moment."""
    if text is None or isinstance(text, datetime):
        return text
    return datetime.fromisoformat(text)


def written(at: str | datetime | None, zone: str, language: Language) -> str:
    """Day and time: 2026年3月2日 周一 09:30, Mon 2 Mar 2026 09:30; nothing for no moment."""
    found = moment(at)
    if found is None:
        return ""
    local = found.astimezone(ZoneInfo(zone))
    day = format_date(local, "y年M月d日 E" if language == "zh" else "E d MMM y", LOCALES[language])
    return f"{day} {format_time(local, 'HH:mm', locale=LOCALES[language])}"


def length(seconds: float, language: Language) -> str:
    """A length of time in its largest unit: 3小时, 2 days."""
    return format_timedelta(
        timedelta(seconds=abs(seconds)), threshold=1.2, locale=LOCALES[language]
    )


def until(at: str | datetime | None, now: datetime) -> float:
    """Seconds from now until then; negative when it is past."""
    found = moment(at)
    return 0.0 if found is None else (found - now.astimezone(UTC)).total_seconds()
