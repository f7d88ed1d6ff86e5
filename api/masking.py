"""Personal data as it is shown until somebody asks with a reason: enough to recognise, no more."""

import re

from domain.sealing import ERASED

_MOBILE = re.compile(r"(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)(\d{6})\d{8}(\d{3}[\dXx])(?!\d)")


def name(full: str) -> str:
    """王小明 → 王**."""
    if not full or full == ERASED:
        return full
    return full[0] + "*" * max(1, min(len(full) - 1, 2))


def phone(number: str) -> str:
    """19900001234 → 199****1234."""
    if not number or number == ERASED:
        return number
    digits = re.sub(r"\D", "", number)
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) > 7 else "****"  # noqa: PLR2004 - 3 + 4


def address(full: str) -> str:
    """House numbers vanish, street and estate stay."""
    return (
        full
        if full == ERASED
        else re.sub(r"[0-9０-９一二三四五六七八九十]+(?=[号栋幢单室])", "*", full)
    )


def text(free: str) -> str:
    """Free text with phone and identity numbers covered."""
    return _IDENTITY.sub(r"\1********\2", _MOBILE.sub(r"\1****\2", free))
