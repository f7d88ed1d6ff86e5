"""Bodies of chapter R5: calling helpers to a case, and what helpers send."""

from typing import Annotated, Literal

from pydantic import Field

from api.schemas.base import Body, CommandBody, Id, Said, Text, Yes


class CallBody(Body):
    """One of those called, a department or a partner, and what is asked of it."""

    unit_id: Id | None = None
    partner_id: Id | None = None
    asked: Said


class SummonBody(CommandBody):
    """Call helpers to the case; `share_address` shows partners the address unmasked."""

    kind: Literal["summon"]
    calls: Annotated[tuple[CallBody, ...], Field(max_length=20)]
    text: Said
    share_address: Yes = False


class ReportInBody(CommandBody):
    """Say that the summoned unit is here."""

    kind: Literal["report_in"]
    summons_id: Id
    text: Text = ""


class RecordHelpBody(CommandBody):
    """Write down what the summoned unit did."""

    kind: Literal["record_help"]
    summons_id: Id
    text: Said


class ReleaseBody(CommandBody):
    """Let a helper go; say whether its help was of use."""

    kind: Literal["release"]
    summons_id: Id
    useful: Yes
    text: Text = ""


WhistleBody = SummonBody | ReportInBody | RecordHelpBody | ReleaseBody


class PartnerReportInBody(Body):
    """A partner says through its link that it is here."""

    kind: Literal["report_in"]
    text: Text = ""


class PartnerHelpBody(Body):
    """A partner writes down through its link what it did."""

    kind: Literal["record_help"]
    text: Said


AnyPartnerBody = Annotated[PartnerReportInBody | PartnerHelpBody, Field(discriminator="kind")]
