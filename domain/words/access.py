"""Words of the access record (R14.5)."""

from enum import StrEnum

ACCESSES = "access-"
"""What the ids of its streams begin with: one for each process that records."""


class Shown(StrEnum):
    """What somebody who asked had shown of themselves."""

    STAFF = "staff"
    RECEIPT = "receipt"
    RATING = "rating"
    PARTY = "party"
    PARTNER = "partner"


class Holder(StrEnum):
    """Who holds a session: a browser, or a machine its token."""

    BROWSER = "browser"
    MACHINE = "machine"
