"""The state of the log of all events, folded from its own few. Values only."""

from dataclasses import dataclass
from datetime import datetime

from domain.log.events import ClockSetBack, KeyChanged, LogFounded

LOG = "log"
"""The id of its one stream."""

REMEMBERED = (LogFounded, KeyChanged, ClockSetBack)
"""The events that matter to the state; of what was noted of the books there are many more."""


@dataclass(frozen=True, kw_only=True)
class Log:
    """What the notary has to know. `instead_of` is the log it goes on from after a loss, empty for
    none. `keys` sign now; `behind` is since when the clock is set back,
    with the time that was signed before.
    """

    stream: str = LOG
    origin: str = ""
    instead_of: str = ""
    keys: tuple[str, ...] = ()
    behind: tuple[datetime, datetime] | None = None
