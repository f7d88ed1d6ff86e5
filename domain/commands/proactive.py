"""Commands of chapter R13: what nobody asked for is verified; an agent acts for a resident."""

from dataclasses import dataclass
from typing import Literal

from domain.commands.base import Asked
from domain.words.proactive import Authorised


@dataclass(frozen=True, slots=True, kw_only=True)
class Verify(Asked):
    """Whoever is asked has looked whether a case without a resident is really done."""

    kind: Literal["verify"] = "verify"
    done: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthoriseAgent(Asked):
    """The resident lets a member of staff act for them; `documents` are what they hand over.

    Without a post it is the first-contact officer, whom they know.
    """

    kind: Literal["authorise_agent"] = "authorise_agent"
    post_id: str | None = None
    how: Authorised
    text: str
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAgencyStep(Asked):
    """The agent writes down a step; `delivered` when it was the last one."""

    kind: Literal["record_agency_step"] = "record_agency_step"
    text: str
    documents: tuple[str, ...] = ()
    delivered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeAgent(Asked):
    """The resident takes the authority back."""

    kind: Literal["revoke_agent"] = "revoke_agent"
    how: Authorised
    text: str = ""


ProactiveCommand = Verify | AuthoriseAgent | RecordAgencyStep | RevokeAgent
