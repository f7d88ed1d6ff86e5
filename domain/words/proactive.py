"""Words of chapter R13: who told of it before anybody asked, and whom a resident lets act."""

from enum import StrEnum


class Informant(StrEnum):
    """The five tiers of informants, from the community down to the door."""

    COMMUNITY_WORKER = "community_worker"
    GROUP_LEADER = "group_leader"
    BUILDING_HEAD = "building_head"
    UNIT_HEAD = "unit_head"
    INFORMATION_OFFICER = "information_officer"


class Authorised(StrEnum):
    """How a resident said that an agent may act for them, or may no longer."""

    BY_RECEIPT = "by_receipt"
    IN_PERSON = "in_person"
    IN_WRITING = "in_writing"
    BY_PHONE = "by_phone"


class AgencyEnd(StrEnum):
    """Why agency service ended."""

    DELIVERED = "delivered"
    REVOKED = "revoked"
    WITHDRAWN = "withdrawn"
    LEFT = "left"
    CASE_CLOSED = "case_closed"
