"""How often somebody without an account asks what costs something: counted by the minute, in this
process, by the network they ask from. Nothing of it is kept.
"""

import ipaddress
from collections import Counter
from dataclasses import dataclass, field
from time import monotonic

MINUTE = 60.0
A_MINUTE = 120
"""Questions of one network: a hundred people may report from behind one address."""


@dataclass(slots=True)
class Turns:
    """The questions of the running minute, by who asks."""

    most: int = A_MINUTE
    _since: float = 0.0
    _asked: Counter[str] = field(default_factory=Counter)

    def take(self, who: str) -> bool:
        """Whether one more is answered; it is counted either way."""
        now = monotonic()
        if now - self._since >= MINUTE:
            self._since, self._asked = now, Counter()
        self._asked[who] += 1
        return self._asked[who] <= self.most


def network(address: str) -> str:
    """Who sends from it: of IPv6 one household has a whole network."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)
