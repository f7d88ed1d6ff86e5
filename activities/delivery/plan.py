"""Who gets a notice in the inbox and through which channels: pure, from the book of the moment."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from activities.delivery.channels import CASE, CHAT, DUTY, EMAIL, SMS
from domain.organisation import Organisation, Person
from domain.receivers import Receiver, receivers
from store.deliveries import Delivery
from store.outbox import Owed

SPACE = uuid.UUID("5b0b6a39-1f0f-4a43-a1a9-6a1f6d7a2c55")
OF_THE_CASE = frozenset({"resident", "party"})
"""Receivers that exist only within their case: the same word means another person in another."""
BY_SENDER = frozenset({*OF_THE_CASE, "case"})
"""Receivers whose messages stand in line by the case they come from."""
URGENT = frozenset({"case.emergency"})
"""What also goes to a member of staff's telephone, day and night (R6.7)."""

Row = dict[str, Any]
Notice = Owed | Delivery


@dataclass(frozen=True, slots=True)
class Plan:
    """Rows for the inbox and for deliveries."""

    inbox: list[Row] = field(default_factory=list)
    deliveries: list[Row] = field(default_factory=list)


def plan(
    owed: Iterable[Owed], organisation: Organisation, reach: frozenset[str], at: datetime
) -> Plan:
    """What those notices bring; a unit without anybody on duty keeps a place in the queue."""
    made = Plan()
    for one in owed:
        found = receivers(one.recipient_kind, one.recipient, organisation, at)
        if found:
            _add(made, one, found, organisation, reach)
        else:
            unit = Receiver("unit", one.recipient)
            made.deliveries.append(_delivery(one, unit, DUTY))
    return made


def plan_for(
    notice: Notice, found: Iterable[Receiver], organisation: Organisation, reach: frozenset[str]
) -> Plan:
    """What one notice brings those receivers."""
    made = Plan()
    _add(made, notice, found, organisation, reach)
    return made


def _add(
    made: Plan,
    notice: Notice,
    found: Iterable[Receiver],
    organisation: Organisation,
    reach: frozenset[str],
) -> None:
    for receiver in found:
        if receiver.kind == "person":
            made.inbox.append(_entry(notice, receiver))
            channels = _of_staff(organisation.people.get(receiver.name), notice.topic, reach)
        elif receiver.kind == "case":
            channels = [CASE]
        else:
            # Without a gateway it is given up as such, for all to see.
            channels = [SMS]
        made.deliveries.extend(_delivery(notice, receiver, channel) for channel in channels)


def _of_staff(person: Person | None, topic: str, reach: frozenset[str]) -> list[str]:
    if person is None:
        return []
    wanted = {
        EMAIL: bool(person.email),
        CHAT: True,
        SMS: bool(person.phone) and topic in URGENT,
    }
    return [channel for channel, has in wanted.items() if has and channel in reach]


def _entry(notice: Notice, receiver: Receiver) -> Row:
    return {
        "person_id": receiver.name,
        "case_id": notice.case_id,
        "version": notice.version,
        "topic": notice.topic,
        "created_at": notice.created_at,
    }


def _delivery(notice: Notice, receiver: Receiver, channel: str) -> Row:
    within = notice.case_id if receiver.kind in BY_SENDER else ""
    mailbox = f"{receiver.kind}/{within}/{receiver.name}"
    parts = (notice.case_id, str(notice.version), notice.topic, mailbox, channel)
    return {
        "message_id": str(uuid.uuid5(SPACE, "\0".join(parts))),
        "position": notice.position,
        "case_id": notice.case_id,
        "version": notice.version,
        "topic": notice.topic,
        "receiver_kind": receiver.kind,
        "receiver": receiver.name,
        "mailbox": mailbox,
        "channel": channel,
        "created_at": notice.created_at,
    }
