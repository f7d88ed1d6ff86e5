"""The state of the log of all events, folded from its own few. Values only."""

from dataclasses import dataclass
from datetime import datetime

LOG = "log"
"""The id of its one stream."""


@dataclass(frozen=True, kw_only=True)
class Log:
    """What the notary has to know. `keys` sign now; `behind` is since when the clock is set back,
    with the time that was signed before.
    """

    stream: str = LOG
    version: int = 0
    origin: str = ""
    keys: tuple[str, ...] = ()
    behind: tuple[datetime, datetime] | None = None
