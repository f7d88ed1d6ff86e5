"""The field's own words, as closed lists. The Chinese labels live with the pages, not here."""

from enum import StrEnum

from domain.words.clocks import DUTIES as DUTIES
from domain.words.clocks import OUTLIVING as OUTLIVING
from domain.words.clocks import Basis as Basis
from domain.words.clocks import ClockKind as ClockKind
from domain.words.clocks import QuestionKind as QuestionKind
from domain.words.clocks import WarningLevel as WarningLevel


class CaseType(StrEnum):
    """What was brought: a request 诉求 or a dispute 纠纷."""

    REQUEST = "request"
    DISPUTE = "dispute"


class Stage(StrEnum):
    """The rungs of the ladder, lowest first."""

    FIRST_CONTACT = "first_contact"
    GRID = "grid"
    COMMUNITY = "community"
    STREET = "street"
    DEPARTMENT = "department"


LADDER: tuple[Stage, ...] = tuple(Stage)


class Phase(StrEnum):
    """Where a case is inside its stage."""

    AWAITING_ACCEPTANCE = "awaiting_acceptance"
    IN_PROGRESS = "in_progress"
    SUSPENDED = "suspended"
    SHELVED = "shelved"
    AWAITING_RATING = "awaiting_rating"
    UNDER_REVIEW = "under_review"
    CLOSED = "closed"


class Urgency(StrEnum):
    """An emergency runs on wall-clock time, day and night (R6.7)."""

    NORMAL = "normal"
    EMERGENCY = "emergency"


class Channel(StrEnum):
    """How the resident reached the system (R1.2)."""

    COUNTER = "counter"
    PHONE = "phone"
    WEB = "web"
    APP = "app"
    KIOSK = "kiosk"
    GRID_VISIT = "grid_visit"
    MICRO_BLOG = "micro_blog"
    DELIBERATION_HALL = "deliberation_hall"
    PATROL = "patrol"
    API = "api"


UNATTENDED = frozenset({Channel.WEB, Channel.APP, Channel.KIOSK, Channel.MICRO_BLOG, Channel.API})


class Role(StrEnum):
    """What a post is for."""

    FIRST_CONTACT_CLERK = "first_contact_clerk"
    GRID_WORKER = "grid_worker"
    COMMUNITY_WORKER = "community_worker"
    STREET_COORDINATOR = "street_coordinator"
    DEPARTMENT_HANDLER = "department_handler"
    MEDIATOR = "mediator"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    DATA_PROTECTION = "data_protection"


class UnitKind(StrEnum):
    """The kinds of unit in the tree."""

    CITY = "city"
    DISTRICT = "district"
    STREET = "street"
    TOWNSHIP = "township"
    COMMUNITY = "community"
    VILLAGE = "village"
    GRID = "grid"
    DEPARTMENT = "department"


class EscalationReason(StrEnum):
    """Why a case goes one rung up (R4.3); some are the system's own (R4.4, R7.4)."""

    BEYOND_AUTHORITY = "beyond_authority"
    BEYOND_MEANS = "beyond_means"
    CROSSES_UNITS = "crosses_units"
    UNRESOLVED_HERE = "unresolved_here"
    EMERGENCY = "emergency"
    NOT_ACCEPTED = "not_accepted"
    NOT_HANDLED = "not_handled"
    NO_HANDLER = "no_handler"
    MEDIATION_FAILED = "mediation_failed"


OWN_REASONS = frozenset(
    {
        EscalationReason.NOT_ACCEPTED,
        EscalationReason.NOT_HANDLED,
        EscalationReason.NO_HANDLER,
        EscalationReason.MEDIATION_FAILED,
    }
)
"""Reasons nobody gives: what happened is the reason."""


class LeftWhy(StrEnum):
    """Why a stint ended and another began; `overdue` is the climb nobody asked for (R4.4)."""

    HANDED_OVER = "handed_over"
    ESCALATED = "escalated"
    OVERDUE = "overdue"
    OFFICER_REPLACED = "officer_replaced"
    RETURNED = "returned"
    TRANSFERRED = "transferred"
    ADJUDICATED = "adjudicated"
    DELEGATED = "delegated"
    RECTIFIED = "rectified"
    REOPENED = "reopened"
    BECAME_MASS = "became_mass"


PASSED_ON = frozenset(
    {
        LeftWhy.HANDED_OVER,
        LeftWhy.ESCALATED,
        LeftWhy.OVERDUE,
        LeftWhy.OFFICER_REPLACED,
        LeftWhy.RETURNED,
        LeftWhy.TRANSFERRED,
        LeftWhy.ADJUDICATED,
        LeftWhy.DELEGATED,
        LeftWhy.BECAME_MASS,
    }
)
"""Ways of leaving after which a unit that gets the case again counts on where it stood (R4.2)."""


class SuspensionGround(StrEnum):
    """The only grounds that stop a handling clock (R6.4)."""

    AWAITING_RESIDENT = "awaiting_resident"
    EXPERT_APPRAISAL = "expert_appraisal"
    LEGAL_PROCEDURE = "legal_procedure"
    WEATHER_OR_DISASTER = "weather_or_disaster"
    DELIBERATION = "deliberation"
    MEDIATION = "mediation"


class ClosingReason(StrEnum):
    """Why a case ended."""

    RATED = "rated"
    UNRATED = "unrated"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    VERIFIED = "verified"
    DECLINED = "declined"
    REFERRED = "referred"


class ReturnReason(StrEnum):
    """The closed list of reasons to send a case back (R4.2)."""

    WRONG_UNIT = "wrong_unit"
    WRONG_PLACE = "wrong_place"
    WRONG_MATTER = "wrong_matter"
    INCOMPLETE = "incomplete"
    DUPLICATE_WORK = "duplicate_work"


class DeclineGround(StrEnum):
    """The closed list of grounds on which first contact may decline (R1.3)."""

    BEFORE_COURT = "before_court"
    PETITION = "petition"
    CRIMINAL = "criminal"
    ANONYMOUS = "anonymous"
    OUTSIDE_CITY = "outside_city"


class ReferredTo(StrEnum):
    """Doors outside the ladder."""

    COURT = "court"
    ARBITRATION = "arbitration"
    PETITION_OFFICE = "petition_office"
    LEGAL_AID = "legal_aid"
    OTHER_AUTHORITY = "other_authority"


class DeadlineClass(StrEnum):
    """The catalogue's classes of deadline at the department."""

    CONSULTATION = "consultation"
    SIMPLE = "simple"
    STANDARD = "standard"
    URGENT = "urgent"


class Belonging(StrEnum):
    """Whose work a catalogue item is (R3.1)."""

    COMMUNITY_OWN = "community_own"
    COMMUNITY_ASSISTS = "community_assists"
    NOT_COMMUNITY = "not_community"


class ActorKind(StrEnum):
    """Who sends a command."""

    STAFF = "staff"
    RESIDENT = "resident"
    PARTNER = "partner"
    SYSTEM = "system"
    IMPORTER = "importer"
