"""What may be sent: pydantic models that refuse unknown fields. They build commands."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Annotated, Any, get_args

from pydantic import Field, TypeAdapter

from api.schemas.delegation import DelegationBody
from api.schemas.deliberation import DeliberationBody
from api.schemas.disputes import DisputesBody
from api.schemas.first_contact import FirstContactBody
from api.schemas.ladder import LadderBody
from api.schemas.merging import MergingBody
from api.schemas.pauses import PauseBody
from api.schemas.proactive import ProactiveBody
from api.schemas.ratings import RatingsBody
from api.schemas.redress import RedressBody
from api.schemas.returns import ReturnsBody
from api.schemas.shelving import ShelvingBody
from api.schemas.supervision import SupervisionBody
from api.schemas.whistle import WhistleBody
from domain.commands import Actor, Command
from domain.office.commands import OfficeCommand

AnyCommandBody = Annotated[
    FirstContactBody
    | LadderBody
    | ReturnsBody
    | DelegationBody
    | MergingBody
    | ShelvingBody
    | PauseBody
    | SupervisionBody
    | RatingsBody
    | RedressBody
    | WhistleBody
    | ProactiveBody
    | DeliberationBody
    | DisputesBody,
    Field(discriminator="kind"),
]


@cache
def _commands() -> Mapping[str, TypeAdapter[Command]]:
    return {c.__dataclass_fields__["kind"].default: TypeAdapter(c) for c in get_args(Command)}


def command(
    kind: str, fields: Mapping[str, Any], command_id: str, at: datetime, actor: Actor
) -> Command:
    """The domain's command from what was sent."""
    common = {"command_id": command_id, "at": at, "actor": actor}
    return _commands()[kind].validate_python({**fields, **common})


@cache
def _office_commands() -> Mapping[str, TypeAdapter[OfficeCommand]]:
    found = get_args(OfficeCommand)
    return {c.__dataclass_fields__["kind"].default: TypeAdapter(c) for c in found}


def office_command(
    kind: str, fields: Mapping[str, Any], command_id: str, at: datetime, actor: Actor
) -> OfficeCommand:
    """The office's command from what was sent."""
    common = {"command_id": command_id, "at": at, "actor": actor}
    return _office_commands()[kind].validate_python({**fields, **common})
