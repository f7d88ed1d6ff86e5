"""What the access record holds, in the past tense. `kind` and `SCHEMA` are for ever.

`by` is who did it, at the post they acted at; `about` the case or other stream, empty for none;
`session` tells the sessions of a person apart and opens none. Nothing that somebody typed is here.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.sealing import FreeText
from domain.values import Happened
from domain.words.access import Holder, Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn(Happened):
    """Login and password were right, and a session begins."""

    kind: Literal["access.signed_in"] = "access.signed_in"
    session: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInRefused(Happened):
    """Nobody came in. `login` is a keyed hash of a login that nobody has, never the text: people
    type passwords there. Of a login that somebody has, `by` is whose it is.
    """

    kind: Literal["access.sign_in_refused"] = "access.sign_in_refused"
    code: str
    login: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedOut(Happened):
    """A session or token was given back."""

    kind: Literal["access.signed_out"] = "access.signed_out"
    session: str
    holder: Holder


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionEnded(Happened):
    """A session or token of `by` ended without them: by its time, or because it was taken away."""

    kind: Literal["access.session_ended"] = "access.session_ended"
    session: str
    holder: Holder


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenMade(Happened):
    """`by` made a token by which a machine acts as `person_id`."""

    kind: Literal["access.token_made"] = "access.token_made"
    person_id: str
    session: str
    label: FreeText
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRevoked(Happened):
    """`by` took away a token of `person_id`'s."""

    kind: Literal["access.token_revoked"] = "access.token_revoked"
    person_id: str
    session: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRefused(Happened):
    """Somebody who had shown something was refused at a route: 401, 403 or 404."""

    kind: Literal["access.refused"] = "access.refused"
    shown: Shown
    method: str
    route: str
    about: str
    status: int
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalsCounted(Happened):
    """So many more refusals of one kind, since that instant, than are recorded one by one."""

    kind: Literal["access.refusals_counted"] = "access.refusals_counted"
    shown: Shown | None
    code: str
    since: datetime
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalDataShown(Happened):
    """Personal data was about to leave unmasked: these fields of that case.

    `version` is the case's event that says why: a reveal with its reason, a summons.
    """

    kind: Literal["access.shown"] = "access.shown"
    about: str
    version: int
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported(Happened):
    """Records were about to leave as a file. `what` and `form` are words of the program, `filters`
    ids, times and words as ``name=value``; `masked` says that personal data was covered.
    """

    kind: Literal["access.exported"] = "access.exported"
    what: str
    form: str
    about: str
    filters: tuple[str, ...]
    masked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoresShown(Happened):
    """The scores of `person_id` were about to be shown to somebody else: `what` of them (figures,
    events, a comparison) in which period. `what` and `period` are words of the program.
    """

    kind: Literal["access.scores_shown"] = "access.scores_shown"
    person_id: str
    what: str
    period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileShown(Happened):
    """A photo or document of that case was about to be shown to a member of staff: its reference,
    the version of the event that attached it, and whether it was the small copy alone.
    """

    kind: Literal["access.file_shown"] = "access.file_shown"
    about: str
    version: int
    file: str
    small: bool


AccessEvent = (
    SignedIn
    | SignInRefused
    | SignedOut
    | SessionEnded
    | TokenMade
    | TokenRevoked
    | AccessRefused
    | RefusalsCounted
    | PersonalDataShown
    | Exported
    | ScoresShown
    | FileShown
)
