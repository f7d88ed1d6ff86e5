"""A claimed delivery made into a message: address and words, looked up at the moment of sending.

The only place where a resident's number is opened for delivery; it goes into the message alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from activities.delivery.channels import EMAIL, SMS, Failed, Message, Outward
from activities.delivery.plan import OF_THE_CASE
from domain import masking
from domain.book import Book
from domain.office.state import OFFICE
from domain.organisation import Person
from domain.sealing import ERASED
from domain.sight import units_in_sight
from domain.values import REPORTER
from domain.words import CaseType
from domain.words.admission import ADMISSIONS
from domain.words.erasure import ERASURES
from domain.words.visit import VISITS
from letters import frame
from letters.frame import Facts
from letters.texts import ASKING_TO_RATE, audience_of
from store import contacts, reading
from store.contacts import Erased
from store.database import Connection
from store.deliveries import Delivery
from store.keys import KeyRing

AWAITING_RATING = "awaiting_rating"


@dataclass(frozen=True, slots=True, kw_only=True)
class Composer:
    """Makes messages; `Failed` when the receiver cannot be addressed."""

    ring: KeyRing
    outward: Outward

    async def message(
        self, connection: Connection, delivery: Delivery, book: Book, at: datetime
    ) -> Message:
        """The message as it would be at that moment: what changed meanwhile is in it."""
        person = book.organisation.people.get(delivery.receiver)
        to = await self._address(connection, delivery, book)
        audience = audience_of(delivery.receiver_kind)
        standing = await reading.standing(connection, delivery.case_id)
        facts = self._facts(delivery, standing or {}, book)
        if _joined(delivery):
            own = await reading.standing(connection, delivery.receiver) or {}
            facts = _of_joined(facts, delivery.receiver, own, book, self.outward.public_url)
        facts = replace(facts, help_link=await self._help_link(connection, delivery))
        if audience != "staff" or not await _sees(connection, delivery, book, at):
            facts = replace(facts, title="")
        written = frame.letter(
            *(delivery.topic, audience, facts, self.outward.language),
            brief=delivery.channel == SMS,
        )
        return Message(
            message_id=str(delivery.message_id),
            topic=delivery.topic,
            at=delivery.created_at,
            case_id=delivery.case_id,
            to=to,
            person=_named(person) if audience == "staff" and person else {},
            subject=written.subject,
            text=written.text,
            language=self.outward.language,
        )

    async def _address(self, connection: Connection, delivery: Delivery, book: Book) -> str:
        """Where the message goes; `Failed` for good when there is no address."""
        if delivery.receiver_kind in OF_THE_CASE:
            try:
                whose = (delivery.case_id, delivery.receiver)
                if _joined(delivery):
                    whose = (delivery.receiver, REPORTER)
                found = await contacts.phone_of(connection, *whose, self.ring)
            except Erased:
                raise Failed("erased", final=True) from None
        elif delivery.receiver_kind == "partner":
            partner = book.organisation.partner(delivery.receiver)
            found = partner.contact if partner else ""
        else:
            found = _of_staff(book.organisation.people.get(delivery.receiver), delivery.channel)
        if not found or found == ERASED:
            raise Failed("no_address", final=True)
        return found

    def _facts(self, delivery: Delivery, standing: Mapping[str, Any], book: Book) -> Facts:
        zone = book.calendar.working_time(()).zone
        unit_id = standing.get("unit_id", "")
        unit = book.organisation.units.get(unit_id)
        title = standing.get("title", "")
        url, case_id = self.outward.public_url, delivery.case_id
        return Facts(
            case_id=case_id,
            title="" if title == ERASED else masking.text(title),
            unit=unit.name if unit else unit_id,
            phase=standing.get("phase", ""),
            due=_local(standing.get("overdue_at"), zone),
            promised=_local(standing.get("resident_due"), zone),
            link=f"{url}{_page(case_id)}",
            rating_link=self._rating_link(delivery, standing),
            party_link=self._party_link(delivery, standing),
        )

    def _rating_link(self, delivery: Delivery, standing: Mapping[str, Any]) -> str:
        """Each rater's own (R9.2, R7.6). The secret stands behind the #: no server logs it."""
        mine = delivery.receiver_kind in OF_THE_CASE
        asks = delivery.topic in ASKING_TO_RATE and standing.get("phase") == AWAITING_RATING
        if not (mine and asks):
            return ""
        secret = self.ring.rating_secret(delivery.case_id, standing["round"], delivery.receiver)
        query = "?lang=en" if self.outward.language == "en" else ""
        return f"{self.outward.public_url}/rate/{delivery.case_id}{query}#{secret}"

    def _party_link(self, delivery: Delivery, standing: Mapping[str, Any]) -> str:
        """A party's own link to its dispute (R7.1)."""
        if delivery.receiver_kind != "party" or standing.get("case_type") != CaseType.DISPUTE:
            return ""
        secret = self.ring.party_secret(delivery.case_id, delivery.receiver)
        return f"{self.outward.public_url}/party/{delivery.case_id}#{secret}"

    async def _help_link(self, connection: Connection, delivery: Delivery) -> str:
        """A partner's link to what it is asked now; none once it is released (R5)."""
        if delivery.receiver_kind != "partner":
            return ""
        case_id, partner_id = delivery.case_id, delivery.receiver
        summons_id = await reading.summons_of(connection, case_id, partner_id)
        if not summons_id:
            return ""
        secret = self.ring.partner_secret(case_id, summons_id, partner_id)
        return f"{self.outward.public_url}/help/{case_id}#{secret}"


async def _sees(connection: Connection, delivery: Delivery, book: Book, at: datetime) -> bool:
    """Whether the one who is told may open the case: only then do they read its title."""
    units = units_in_sight(book.organisation.posts_of(delivery.receiver, at))
    return await reading.may_see(connection, delivery.case_id, units)


def _joined(delivery: Delivery) -> bool:
    """Whether the resident is one whose case is carried on in this one: their number is theirs."""
    return delivery.receiver_kind == "resident" and delivery.receiver != REPORTER


def _of_joined(facts: Facts, case_id: str, own: Mapping[str, Any], book: Book, url: str) -> Facts:
    """The lead's facts under the resident's own number, with what was promised to them."""
    zone = book.calendar.working_time(()).zone
    promised = _local(own.get("resident_due"), zone)
    return replace(facts, case_id=case_id, link=f"{url}{_page(case_id)}", promised=promised)


def _page(stream: str) -> str:
    """Where staff are shown a case or the office; what has no page of its own is in the inbox."""
    if stream == OFFICE:
        return "/admin"
    if stream.startswith((ADMISSIONS, ERASURES, VISITS)):
        return "/desk/inbox"
    return f"/desk/cases/{stream}"


def _of_staff(person: Person | None, channel: str) -> str:
    if person is None:
        return ""
    return {EMAIL: person.email, SMS: person.phone}.get(channel, person.person_id)


def _named(person: Person) -> dict[str, str]:
    return {"person_id": person.person_id, "name": person.name, "login": person.login}


def _local(at: datetime | None, zone: ZoneInfo) -> datetime | None:
    return None if at is None else at.astimezone(zone)
