"""Events: what happened, in the past tense. A `kind` and its `SCHEMA` number are kept for ever."""

from domain.events.first_contact import (
    Declined,
    DeclineReviewed,
    FirstContactEvent,
    HandedOver,
    OfficerReplaced,
    Registered,
)
from domain.events.ladder import (
    Accepted,
    Arrived,
    Assigned,
    Escalated,
    InformationAdded,
    LadderEvent,
    OnSite,
    ProgressRecorded,
    Reminded,
    Revealed,
)
from domain.events.pauses import (
    ExtensionGranted,
    ExtensionRefused,
    ExtensionRequested,
    PauseEvent,
    Resumed,
    Suspended,
)
from domain.events.ratings import Closed, FollowedUp, Rated, RatingAskedAgain, RatingEvent, Resolved
from domain.events.redress import (
    RatingExcluded,
    RatingLapsed,
    RatingRestored,
    ReconsiderationAsked,
    ReconsiderationDecided,
    RectificationOpened,
    RedressEvent,
    ReviewDecided,
    ReviewOpened,
)
from domain.events.returns import (
    Adjudicated,
    AdjudicationRequested,
    Returned,
    ReturnEvent,
    TransferAccepted,
    TransferOffered,
    TransferRefused,
)
from domain.events.supervision import SupervisionAnswered, SupervisionEvent, SupervisionOrdered
from domain.events.time import ClockBroken, ClockWarned, DecisionPassedUp, TimeEvent
from domain.events.whistle import (
    HelpRecorded,
    NotReportedIn,
    Released,
    ReportedIn,
    Summoned,
    WhistleEvent,
)

__all__ = [
    "Accepted",
    "Adjudicated",
    "AdjudicationRequested",
    "Arrived",
    "Assigned",
    "ClockBroken",
    "ClockWarned",
    "Closed",
    "DecisionPassedUp",
    "DeclineReviewed",
    "Declined",
    "Escalated",
    "Event",
    "ExtensionGranted",
    "ExtensionRefused",
    "ExtensionRequested",
    "FirstContactEvent",
    "FollowedUp",
    "HandedOver",
    "HelpRecorded",
    "InformationAdded",
    "LadderEvent",
    "NotReportedIn",
    "OfficerReplaced",
    "OnSite",
    "PauseEvent",
    "ProgressRecorded",
    "Rated",
    "RatingAskedAgain",
    "RatingEvent",
    "RatingExcluded",
    "RatingLapsed",
    "RatingRestored",
    "ReconsiderationAsked",
    "ReconsiderationDecided",
    "RectificationOpened",
    "RedressEvent",
    "Registered",
    "Released",
    "Reminded",
    "ReportedIn",
    "Resolved",
    "Resumed",
    "ReturnEvent",
    "Returned",
    "Revealed",
    "ReviewDecided",
    "ReviewOpened",
    "Summoned",
    "SupervisionAnswered",
    "SupervisionEvent",
    "SupervisionOrdered",
    "Suspended",
    "TimeEvent",
    "TransferAccepted",
    "TransferOffered",
    "TransferRefused",
    "WhistleEvent",
]

Event = (
    FirstContactEvent
    | LadderEvent
    | ReturnEvent
    | TimeEvent
    | PauseEvent
    | SupervisionEvent
    | RatingEvent
    | WhistleEvent
    | RedressEvent
)
