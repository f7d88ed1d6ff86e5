"""Words of reports (R12.6)."""

from enum import StrEnum

REPORTS = "report-"
"""What the ids of reports begin with: the period and the unit follow."""


class Form(StrEnum):
    """The files of a report, by what they are; all but the figures there are in each language."""

    FIGURES = "figures"
    PDF = "pdf"
    XLSX = "xlsx"


MEDIA_TYPES = {
    Form.FIGURES: "application/json",
    Form.PDF: "application/pdf",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
LANGUAGES = ("zh", "en")
