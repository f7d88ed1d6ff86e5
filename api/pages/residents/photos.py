"""Photos and documents that a resident sends along: brought to the API one by one, and named in
what they say. A form that comes again still holds those that were taken.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.datastructures import FormData, UploadFile

from api.pages.client import Api, Said
from api.pages.page import Page
from api.pages.residents import faults

FIELD = "photos"
MOST = 3
"""Photos of one form."""
REFERENCE = re.compile(r"file-[a-z]{28}")
FORMS = r"/report|/(mine|party)/[^/]+/say/add_information"
"""Addresses of forms that hold photos: they may be as large."""


@dataclass(slots=True)
class Photos:
    """What was taken, by its references; `fault` says why one was not."""

    taken: list[str] = field(default_factory=list)
    fault: str = ""

    @property
    def said(self) -> Mapping[str, list[str]]:
        """The same as a part of a body."""
        return {"evidence": self.taken} if self.taken else {}


async def brought(page: Page, api: Api, sent: FormData, case_id: str = "") -> Photos:
    """What the form holds already and what comes with it now, as far as the API takes it."""
    kept = [str(each) for each in sent.getlist("photo") if REFERENCE.fullmatch(str(each))]
    found = Photos(kept[:MOST])
    for file in sent.getlist(FIELD):
        if not isinstance(file, UploadFile) or not file.size or len(found.taken) >= MOST:
            continue
        try:
            content = await file.read()
            reply = await api.ask("POST", "/uploads", query={"case": case_id}, content=content)
        except Said as no:
            found.fault = await faults.words(no, page)
        else:
            found.taken.append(reply.body["file"])
    return found
