"""The patterns of the API as browsers take them: always from end to end, in their own dialect."""

from collections.abc import Mapping

BROWSERS: Mapping[str, str] = {
    r"^[a-z0-9][a-z0-9_.-]{0,99}$": r"[a-z0-9][a-z0-9_.\-]{0,99}",
    r"^[\w][\w.@-]{0,63}$": r"[\p{L}\p{M}\p{N}_][\p{L}\p{M}\p{N}_.@\-]{0,63}",
    r"^$|^\+?[0-9][0-9 -]{4,19}$": r"\+?[0-9][0-9 \-]{4,19}",
    r"^$|^reporter$|^party-[1-9][0-9]?$": r"reporter|party-[1-9][0-9]?",
    r"^(reporter|party-[1-9][0-9]{0,3}|SW[0-9A-Z-]{1,40})$": (
        r"reporter|party-[1-9][0-9]{0,3}|SW[0-9A-Z\-]{1,40}"
    ),
    r"^[A-Za-z0-9_./-]{1,120}$": r"[A-Za-z0-9_.\/\-]{1,120}",
}
"""A browser reads \\w as Latin letters only and does not look at what is empty."""
