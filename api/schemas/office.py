"""Bodies of the office: units, posts, people, catalogue, calendar and policy."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, Field

from api.schemas.base import Body, CommandBody, Phone, Said, Short, Text, Title, Yes
from domain.organisation import Ring
from domain.structure import LEVELS, MEDIATORS
from domain.words import Belonging, Channel, DeadlineClass, Role, Stage, UnitKind


def _one_line(text: str) -> str:
    if not text.isprintable():
        raise ValueError("holds more than one line")
    return text


Name = Annotated[str, Field(pattern=r"^[\w][\w.@-]{0,63}$")]
"""An id of the office's own: letters, digits, dots, dashes and underscores, as in its files."""
Line = Annotated[Title, AfterValidator(_one_line)]
Degrees = Annotated[float, Field(ge=-180, le=180, strict=True, allow_inf_nan=False)]
Corner = Annotated[tuple[Degrees, Degrees], Field(description="longitude, latitude")]
Setting = Literal["urban", "rural"]
Households = Annotated[int, Field(ge=0, lt=10_000_000, strict=True)]
Year = Annotated[int, Field(ge=1949, lt=3000, strict=True)]
Mediator = Literal[MEDIATORS]  # type: ignore[valid-type]


def _ring(corners: tuple[tuple[float, float], ...]) -> Ring:
    """Whole microdegrees; the last corner, which repeats the first, and doubles are left out."""
    points = [(round(x * 1_000_000), round(y * 1_000_000)) for x, y in corners]
    if any(not -90_000_000 <= y <= 90_000_000 for _, y in points):  # noqa: PLR2004 - latitudes
        raise ValueError("longitude comes first, and latitude lies between -90 and 90")
    return tuple(p for n, p in enumerate(points) if p != points[n - 1])


Border = Annotated[tuple[Corner, ...], Field(max_length=5001), AfterValidator(_ring)]


class OfficeBody(CommandBody):
    """What all commands to the office share: from when it holds (now), and why."""

    effective_from: AwareDatetime | None = None
    text: Text = ""


class AddUnitBody(OfficeBody):
    """Put a unit under another; a grid comes with level, households and border."""

    kind: Literal["add_unit"]
    unit_id: Name
    unit_kind: UnitKind
    parent_id: Name
    name: Line
    setting: Setting
    level: Annotated[int, Field(ge=LEVELS[0], le=LEVELS[-1], strict=True)] | None = None
    households: Households | None = None
    border: Border = ()


class ChangeUnitBody(OfficeBody):
    """Another name, setting or superior."""

    kind: Literal["change_unit"]
    unit_id: Name
    name: Line | None = None
    setting: Setting | None = None
    parent_id: Name | None = None


class CloseUnitBody(OfficeBody):
    """Close a unit; the successor takes what it has."""

    kind: Literal["close_unit"]
    unit_id: Name
    successor: Name | None = None


class DrawGridBody(OfficeBody):
    """Where a grid ends, and how many households it has."""

    kind: Literal["draw_grid"]
    unit_id: Name
    border: Border
    households: Households


class AddPersonBody(OfficeBody):
    """Enter a member of staff; a password is given with `shouwen org password`."""

    kind: Literal["add_person"]
    person_id: Name
    name: Line
    login: Name
    email: Short = ""
    phone: Phone = ""


class ChangePersonBody(OfficeBody):
    """Another name, another way to reach them."""

    kind: Literal["change_person"]
    person_id: Name
    name: Line | None = None
    email: Short | None = None
    phone: Phone | None = None


class OpenPostBody(OfficeBody):
    """Give a person a post; one of oversight waits for a second administrator."""

    kind: Literal["open_post"]
    post_id: Name
    person_id: Name
    role: Role
    unit_id: Name
    valid_until: AwareDatetime | None = None
    stand_in: Name | None = None
    mediator_kind: Mediator | None = None


class ConfirmPostBody(OfficeBody):
    """Agree, as the second person."""

    kind: Literal["confirm_post"]
    request: Name


class DeclinePostBody(OfficeBody):
    """Do not agree, or take one's own request back."""

    kind: Literal["decline_post"]
    request: Name


class ChangePostBody(OfficeBody):
    """Another role, another kind of mediator, another last moment."""

    kind: Literal["change_post"]
    post_id: Name
    role: Role | None = None
    mediator_kind: Mediator | None = None
    valid_until: AwareDatetime | None = None


class EndPostBody(OfficeBody):
    """End a post; its open cases go to the successor or the least loaded of the unit."""

    kind: Literal["end_post"]
    post_id: Name
    successor: Name | None = None


class NameStandInBody(OfficeBody):
    """Who acts while the holder is away; null for nobody."""

    kind: Literal["name_stand_in"]
    post_id: Name
    person_id: Name | None


class RecordAbsenceBody(OfficeBody):
    """Away from `effective_from` until then."""

    kind: Literal["record_absence"]
    post_id: Name
    until: AwareDatetime


class CancelAbsenceBody(OfficeBody):
    """Back from `effective_from` on."""

    kind: Literal["cancel_absence"]
    post_id: Name


class SuccessionBody(Body):
    """Which post takes over from which; null for the least loaded of the unit."""

    post_id: Name
    successor: Name | None = None


class LeaveBody(OfficeBody):
    """Every post of the person ends; every open case is handed over."""

    kind: Literal["leave"]
    person_id: Name
    successors: Annotated[tuple[SuccessionBody, ...], Field(max_length=50)] = ()


class AssignDutyBody(OfficeBody):
    """The post that receives what comes in through a channel; null for nobody."""

    kind: Literal["assign_duty"]
    channel: Channel
    post_id: Name | None


class ItemBody(OfficeBody):
    """A kind of matter."""

    item_id: Name
    class_id: Name
    class_name: Line
    name: Line
    belonging: Belonging
    owner_level: Stage
    department_id: Name
    first_rung: Stage
    deadline: DeadlineClass
    evidence: Yes = False
    skips_rungs: Yes = False


class AddItemBody(ItemBody):
    """Enter it into the catalogue."""

    kind: Literal["add_item"]


class ChangeItemBody(ItemBody):
    """State it anew."""

    kind: Literal["change_item"]


class RetireItemBody(OfficeBody):
    """Take no new case of it."""

    kind: Literal["retire_item"]
    item_id: Name


class HolidaysBody(Body):
    """A holiday from its first to its last day."""

    first: date
    last: date
    name: Line


class PublishYearBody(OfficeBody):
    """A year's arrangement, or a revised one."""

    kind: Literal["publish_year"]
    year: Year
    source: Annotated[Said, Field(max_length=200)]
    holidays: Annotated[tuple[HolidaysBody, ...], Field(min_length=1, max_length=60)]
    make_up_days: Annotated[tuple[date, ...], Field(max_length=60)] = ()


class PublishPolicyBody(OfficeBody):
    """A version of the policy: the whole text of policy.toml. In force from `effective_from`."""

    kind: Literal["publish_policy"]
    document: Annotated[str, Field(min_length=1, max_length=50_000)]


class CancelChangeBody(OfficeBody):
    """Take back what is not in force yet."""

    kind: Literal["cancel_change"]
    change: Annotated[int, Field(ge=1, strict=True)]


AnyOfficeBody = Annotated[
    AddUnitBody
    | ChangeUnitBody
    | CloseUnitBody
    | DrawGridBody
    | AddPersonBody
    | ChangePersonBody
    | OpenPostBody
    | ConfirmPostBody
    | DeclinePostBody
    | ChangePostBody
    | EndPostBody
    | NameStandInBody
    | RecordAbsenceBody
    | CancelAbsenceBody
    | LeaveBody
    | AssignDutyBody
    | AddItemBody
    | ChangeItemBody
    | RetireItemBody
    | PublishYearBody
    | PublishPolicyBody
    | CancelChangeBody,
    Field(discriminator="kind"),
]
