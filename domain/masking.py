"""Personal data as it is shown until somebody asks with a reason: enough to recognise, no more."""

import re

from domain.sealing import ERASED

_CODE = r"(?:(?:\+|00)?86[ -]?)?"
_MOBILE = re.compile(rf"(?<!\d)({_CODE})([1１][ .-]?[3-9３-９](?:[ .-]?\d){{9}})(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)([(（]?0\d{2,3}[)）]?[ -]?)\d{4}[ -]?(\d{3,4})(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)(\d{6})[ -]?\d{8}[ -]?(\d{3}[\dXxＸｘ])(?!\d)")
_OLD_IDENTITY = re.compile(r"(?<!\d)(\d{6})\d{6}(\d{3})(?!\d)")
_DOOR = re.compile(r"\d+|[一二三四五六七八九十百零〇]+(?=[号栋幢座楼层单室])")


def name(full: str) -> str:
    """王小明 → 王**."""
    if not full or full == ERASED:
        return full
    return full[0] + "*" * max(1, min(len(full) - 1, 2))


def phone(number: str) -> str:
    """19900001234 → 199****1234; of shorter numbers the last two digits."""
    if not number or number == ERASED:
        return number
    digits = re.sub(r"^(?:00)?86(?=1\d{10}$)", "", re.sub(r"\D", "", number))
    if len(digits) == 11 and digits[0] == "1":  # noqa: PLR2004 - a mobile number
        return f"{digits[:3]}****{digits[-4:]}"
    return f"****{digits[-2:]}" if len(digits) > 6 else "****"  # noqa: PLR2004 - a landline


def address(full: str) -> str:
    """Numbers of houses, doors and rooms vanish, street and estate stay."""
    return full if full == ERASED else _DOOR.sub("*", full)


def text(free: str) -> str:
    """Free text with phone and identity numbers covered, also where they are written in groups."""
    covered = _IDENTITY.sub(r"\1********\2", free)
    covered = _MOBILE.sub(_mobile, covered)
    covered = _LANDLINE.sub(r"\1****\2", covered)
    return _OLD_IDENTITY.sub(r"\1******\2", covered)


def _mobile(found: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", found[2])
    return f"{found[1]}{digits[:3]}****{digits[-4:]}"
