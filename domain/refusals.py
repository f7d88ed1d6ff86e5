"""Refusals: facts about why a command may not happen. Each one names its rule.

DomainError
├── Refused       a rule says no; recorded as the command's outcome, never retried
└── Unreadable    a versioned input (policy, calendar …) makes no sense; found at load
"""


class DomainError(Exception):
    """The root of everything the domain raises on purpose."""


class Refused(DomainError):
    """A rule says no.

    `code` is stable and machine-readable, `rule` the rulebook's id (``"R4.3"``), `details` holds
    short facts for the person refused: ids, counts and times, never personal data.
    `forbidden` is true when the reason is who asks, false when it is what the case is.
    """

    def __init__(self, code: str, rule: str, *, forbidden: bool = False, **details: str) -> None:
        super().__init__(code)
        self.code = code
        self.rule = rule
        self.forbidden = forbidden
        self.details = details


class Unreadable(DomainError):
    """A versioned input cannot be used; the message says what and where."""
