"""Whose life a stream of events is: each noun's ids have a form of their own. No more than that.

A workflow, a fold or a route of one noun that is given the id of another's stream refuses it.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from domain.log.state import LOG
from domain.office.state import OFFICE
from domain.words.access import ACCESSES
from domain.words.admission import ADMISSIONS
from domain.words.erasure import ERASURES
from domain.words.report import REPORTS
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
    REPORT = "report"


NAMED: Mapping[str, Noun] = MappingProxyType({OFFICE: Noun.OFFICE, LOG: Noun.LOG})
"""The nouns of which there is one, by its id."""
BEGINNINGS: Mapping[str, Noun] = MappingProxyType(
    {
        VISITS: Noun.VISIT,
        ADMISSIONS: Noun.ADMISSION,
        ACCESSES: Noun.ACCESS,
        ERASURES: Noun.ERASURE,
        REPORTS: Noun.REPORT,
    }
)
"""The nouns of which there are many, by what their ids begin with; all others are cases."""


def noun_of(stream: str) -> Noun:
    """The noun whose id has this form; that there is such a stream is not said."""
    many = (noun for beginning, noun in BEGINNINGS.items() if stream.startswith(beginning))
    return NAMED.get(stream) or next(many, Noun.CASE)
