"""Whose life a stream of events is: each noun's ids have a form of their own. No more than that.

A workflow, a fold or a route of one noun that is given the id of another's stream refuses it.
"""

from enum import StrEnum

from domain.log.state import LOG
from domain.office.state import OFFICE
from domain.words.access import ACCESSES
from domain.words.admission import ADMISSIONS
from domain.words.erasure import ERASURES
from domain.words.visit import VISITS


class Noun(StrEnum):
    """The nouns, by the names of their workflows; the access record has none."""

    CASE = "case"
    ADMISSION = "admission"
    OFFICE = "office"
    VISIT = "visit"
    LOG = "log"
    ACCESS = "access"
    ERASURE = "erasure"


def noun_of(stream: str) -> Noun:
    """The noun whose id has this form; that there is such a stream is not said."""
    if stream == OFFICE:
        return Noun.OFFICE
    if stream == LOG:
        return Noun.LOG
    if stream.startswith(VISITS):
        return Noun.VISIT
    if stream.startswith(ACCESSES):
        return Noun.ACCESS
    if stream.startswith(ERASURES):
        return Noun.ERASURE
    return Noun.ADMISSION if stream.startswith(ADMISSIONS) else Noun.CASE
