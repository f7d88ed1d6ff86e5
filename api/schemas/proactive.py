"""Bodies of chapter R13: verifying what nobody asked for, and the resident's agent."""

from typing import Annotated, Literal

from pydantic import Field

from api.schemas.base import CommandBody, Evidence, Id, Said, Text, Yes
from domain.words.proactive import Authorised

Documents = Annotated[Evidence, Field(description="Each document by what it is called.")]


class VerifyBody(CommandBody):
    """Say whether a case without a resident is really done."""

    kind: Literal["verify"]
    done: Yes
    text: Said


class AuthoriseAgentBody(CommandBody):
    """Let a member of staff act for the resident; without a post the first-contact officer."""

    kind: Literal["authorise_agent"]
    post_id: Id | None = None
    how: Authorised
    text: Said
    documents: Documents = ()


class RecordAgencyStepBody(CommandBody):
    """Write down a step of the agent's; `delivered` with the last one."""

    kind: Literal["record_agency_step"]
    text: Said
    documents: Documents = ()
    delivered: Yes = False


class RevokeAgentBody(CommandBody):
    """Take the agent's authority back."""

    kind: Literal["revoke_agent"]
    how: Authorised
    text: Text = ""


ProactiveBody = VerifyBody | AuthoriseAgentBody | RecordAgencyStepBody | RevokeAgentBody
