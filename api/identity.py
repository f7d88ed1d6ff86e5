"""Ids made at the edge: a command's id from its key, a case's number, a receipt's secret."""

import hashlib
import re
import uuid
from typing import Annotated

from fastapi import Header
from pydantic import AfterValidator

from api.auth import Principal
from api.errors import Problem
from domain.words.admission import ADMISSIONS
from domain.words.erasure import ERASURES
from domain.words.visit import VISITS
from store.keys import KeyRing

SPACE = uuid.UUID("8b1f3f7e-6c0a-4f64-9a37-2f1f5a6f0c11")
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CASE_NUMBER = r"SW(-[0-9A-HJKMNP-TV-Z]{4}){3}"
ADMISSION_NUMBER = ADMISSIONS + r"[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){2}"
ERASURE_NUMBER = ERASURES + r"[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){2}"
VISIT_NUMBER = VISITS + r"[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){2}"

Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=8,
        max_length=128,
        pattern=r"^[\x21-\x7e]+$",
        description="Any text of 8 to 128 characters, new for each thing you want done; the same "
        "key again gives the first answer again, without a second effect.",
    ),
]


def _of_case(case_id: str) -> str:
    """What does not look like a case's number belongs to none."""
    if not re.fullmatch(CASE_NUMBER, case_id):
        raise Problem(404, "case_not_found", "no such case, or not yours to see")
    return case_id


def _of_admission(admission_id: str) -> str:
    if not re.fullmatch(ADMISSION_NUMBER, admission_id):
        raise Problem(404, "admission_not_found", "no such admission")
    return admission_id


def _of_visit(visit_id: str) -> str:
    if not re.fullmatch(VISIT_NUMBER, visit_id):
        raise Problem(404, "visit_not_found", "no such visit, or not yours to see")
    return visit_id


def _of_erasure(erasure_id: str) -> str:
    if not re.fullmatch(ERASURE_NUMBER, erasure_id):
        raise Problem(404, "erasure_not_found", "no such erasure, or not yours to see")
    return erasure_id


CaseId = Annotated[str, AfterValidator(_of_case)]
AdmissionId = Annotated[str, AfterValidator(_of_admission)]
VisitId = Annotated[str, AfterValidator(_of_visit)]
ErasureId = Annotated[str, AfterValidator(_of_erasure)]


def command_id(asking: Principal, case_id: str, key: str, subject: str = "reporter") -> str:
    """The same key of the same person on the same case is the same command."""
    whose = "" if subject == "reporter" else f"\0{subject}"
    return str(uuid.uuid5(SPACE, f"{asking.scope()}{whose}\0{case_id}\0{key}"))


def case_number(asking: Principal, key: str, body: bytes, ring: KeyRing) -> str:
    """A case's number: 60 bits, readable on the phone, the same for a repeated request.

    Residents without an account share one scope, so theirs also depends on what was said: nobody
    reaches another's case by using the same key.
    """
    said = hashlib.sha256(body).hexdigest() if asking.kind != "staff" else ""
    digest = ring.lookup(f"case\0{asking.scope()}\0{key}\0{said}")
    return spelled(int(digest[:15], 16))


def admission_number(asking: Principal, key: str, ring: KeyRing) -> str:
    """An admission's number, the same for a repeated request."""
    digest = ring.lookup(f"admission\0{asking.scope()}\0{key}")
    return spelled(int(digest[:15], 16)).lower().replace("sw-", ADMISSIONS, 1)


def visit_number(asking: Principal, key: str, ring: KeyRing) -> str:
    """A visit's number, the same for a repeated request."""
    digest = ring.lookup(f"visit\0{asking.scope()}\0{key}")
    return spelled(int(digest[:15], 16)).lower().replace("sw-", VISITS, 1)


def erasure_number(asking: Principal, key: str, ring: KeyRing) -> str:
    """An erasure's number, the same for a repeated request."""
    digest = ring.lookup(f"erasure\0{asking.scope()}\0{key}")
    return spelled(int(digest[:15], 16)).lower().replace("sw-", ERASURES, 1)


def visit_case_number(visit_id: str, number: int, ring: KeyRing) -> str:
    """The number of the so many-th case a visit opens."""
    return spelled(int(ring.lookup(f"visit-case\0{visit_id}\0{number}")[:15], 16))


def spelled(number: int) -> str:
    """60 bits as a case number."""
    text = "".join(ALPHABET[number >> shift & 31] for shift in range(55, -1, -5))
    return f"SW-{text[:4]}-{text[4:8]}-{text[8:]}"


def phone_lookup(phone: str, ring: KeyRing) -> str:
    """The keyed hash by which the same phone number is found again; empty for no number."""
    digits = re.sub(r"\D", "", phone).removeprefix("86")
    return ring.lookup(f"phone\0{digits}") if digits else ""
