"""Moments as they are typed, in the office's zone, and as the API takes them, in UTC; money as it
is typed, in yuan, and as the API takes it, in fen. What is no moment and no money stays as it is.
"""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_name

from api.words.table import Language

LOCALES = {"zh": "zh_Hans_CN", "en": "en_GB"}
YUAN = re.compile(r"([0-9]{1,20})(?:[.。]([0-9]{1,2}))?", re.ASCII)


def sent(typed: str, zone: str) -> str:
    """2026-03-02T10:00 in Shanghai → 2026-03-02T02:00:00Z; one typed with its zone keeps it."""
    try:
        local = datetime.fromisoformat(typed)
        if len(typed) <= len("2026-03-02"):
            return typed
        aware = local if local.tzinfo else local.replace(tzinfo=ZoneInfo(zone))
        return aware.astimezone(UTC).isoformat().replace("+00:00", "Z")
    except (ValueError, OverflowError):
        return typed


def shown(at: datetime | str, zone: str) -> str:
    """The reverse, as a browser's control holds it: to the minute, or as exact as it is, to the
    thousandth of a second.
    """
    try:
        moment = datetime.fromisoformat(at) if isinstance(at, str) else at
        local = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return str(at)
    if local.second == 0 and local.microsecond == 0:
        return local.isoformat(timespec="minutes")
    return local.isoformat(timespec="milliseconds" if local.microsecond else "seconds")


def zone_name(zone: str, language: Language) -> str:
    """中国时间, China Time."""
    return get_timezone_name(ZoneInfo(zone), locale=LOCALES[language])


def fen(typed: str) -> int | None:
    """12.5 → 1250; None for what is no sum of money."""
    found = YUAN.fullmatch(typed.replace(",", "").replace("，", ""))
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")) if found else None


def yuan(of_fen: int) -> str:
    """1250 → 12.50, 1200 → 12."""
    whole, rest = divmod(of_fen, 100)
    return f"{whole}.{rest:02}" if rest else str(whole)
