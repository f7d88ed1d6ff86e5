"""The registers of admissions and of erasures: the list, one page of each entry with its history,
and the form of every step that is possible, as the API says it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response

from api.pages.client import Said, part
from api.pages.forms import Choices, Forms, Option
from api.pages.forms.kinds import ADMISSION, ERASURE
from api.pages.page import Page, Visit
from api.schemas.admission import AdmissionBody
from api.schemas.base import Body
from api.schemas.erasure import ErasureBody
from api.words import refusal
from domain.words import Role
from domain.words.admission import AdmissionState
from domain.words.erasure import ErasureState

router = APIRouter(include_in_schema=False)
Number = Annotated[str, Path(max_length=50)]
Kind = Annotated[str, Path(max_length=50)]
Word = Annotated[str, Query(max_length=100)]
Long = Annotated[str, Query(max_length=300)]
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Register:
    """One of them: its name in both addresses, what the API calls an entry, and its bodies."""

    name: str
    member: str
    fresh: type[Body]
    steps: Mapping[str, type[Body]]
    states: tuple[str, ...]

    @property
    def here(self) -> str:
        """Its page."""
        return f"/admin/{self.name}"

    def page_of(self, number: str) -> str:
        """The page of one entry."""
        return f"{self.here}/{part(number)}"

    def path(self, number: str) -> str:
        """One entry in the API."""
        return f"/{self.name}/{part(number)}"

    # -- looking ---------------------------------------------------------------

    async def listed(self, page: Page, **asked: str) -> Response:
        """The register, newest first, as far as it was asked for."""
        found = await page.api.get(f"/{self.name}", **asked)
        del asked["cursor"]
        may_ask = await _may_ask(page, self)
        template = f"admin/{self.name}.html"
        return await page.show(
            template, found=found, asked=asked, may_ask=may_ask, states=self.states
        )

    async def one(self, page: Visit, number: Number) -> Response:
        """One entry: what it says, what was done, and what may be done now."""
        found = await page.api.get(self.path(number))
        actions = (await page.api.get(f"{self.path(number)}/actions"))["actions"]
        forms = Forms(language=page.lang, zone=page.zone)
        titles = {kind: forms.draw(body).title for kind, body in self.steps.items()}
        return await page.show(
            f"admin/{self.member}.html",
            one=found[self.member],
            events=found["events"],
            actions=actions,
            titles=titles,
        )

    # -- asking for a new one --------------------------------------------------

    async def ask(self, page: Visit) -> Response:
        """The form."""
        forms = await self._forms(page)
        return await self._drawn(page, forms.draw(self.fresh))

    async def send(self, page: Visit) -> Response:
        """Send it; where that was refused, the form again with what was typed."""
        sent = await page.form()
        forms = await self._forms(page)
        read = await forms.receive(self.fresh, sent.multi_items())
        if read.again:
            return await self._drawn(page, forms.draw(self.fresh, read.typed))
        try:
            reply = await page.send(f"/{self.name}", read.body, sent)
        except Said as no:
            form = forms.draw(self.fresh, read.typed, no.body)
            return await self._drawn(page, form, no.status)
        if reply.pending:
            return page.go(self.here, "sent")
        return page.go(self.page_of(reply.body[self.member][f"{self.member}_id"]), "done")

    async def _drawn(self, page: Page, form: Any, status: int = 200) -> Response:  # noqa: ANN401
        return await page.show(
            "admin/step.html", status, form=form, action=f"{self.here}/new", back=self.here
        )

    async def _forms(self, page: Page) -> Forms:
        choices = await _choices(page) if self.fresh is AdmissionBody else Choices()
        book = await page.here.book()
        words = partial(refusal, organisation=book.organisation)
        return Forms(language=page.lang, zone=page.zone, choices=choices, refused=words)

    # -- one step --------------------------------------------------------------

    async def form(self, page: Visit, number: Number, kind: Kind) -> Response:
        """The form of one step, or why there is none now."""
        forms = await self._step(page, kind)
        return await self._shown(page, number, kind, forms.draw(self.steps[kind]))

    async def do(self, page: Visit, number: Number, kind: Kind) -> Response:
        """Send it; where that was refused, the form again with what was typed."""
        sent = await page.form()
        forms = await self._step(page, kind)
        read = await forms.receive(self.steps[kind], sent.multi_items())
        if read.again:
            form = forms.draw(self.steps[kind], read.typed)
            return await self._shown(page, number, kind, form)
        path = f"{self.path(number)}/commands"
        try:
            reply = await page.send(path, {"kind": kind, **read.body}, sent)
        except Said as no:
            if no.status in {401, 404}:
                raise
            form = forms.draw(self.steps[kind], read.typed, no.body)
            return await self._shown(page, number, kind, form, no.status)
        return page.go(self.page_of(number), "sent" if reply.pending else "done")

    async def _step(self, page: Page, kind: str) -> Forms:
        if kind not in self.steps:
            raise Said(404, {"code": "not_found"})
        book = await page.here.book()
        words = partial(refusal, organisation=book.organisation)
        return Forms(language=page.lang, zone=page.zone, refused=words)

    async def _shown(
        self,
        page: Page,
        number: str,
        kind: str,
        form: Any,  # noqa: ANN401 - a form
        status: int = 200,
    ) -> Response:
        told = await page.api.get(f"{self.path(number)}/actions")
        step = next(each for each in told["actions"] if each["kind"] == kind)
        return await page.show(
            "admin/step.html",
            status,
            form=form,
            action=f"{self.page_of(number)}/do/{kind}",
            back=self.page_of(number),
            step=step,
            version=told["version"],
        )


async def _may_ask(page: Page, register: Register) -> bool:
    if register is ADMISSIONS:
        return bool((await page.api.get("/admissions/choices"))["may_ask"])
    return any(post["role"] == Role.DATA_PROTECTION for post in (await page.me())["posts"])


async def _choices(page: Page) -> Choices:
    """What can be asked for; of too many units the names are typed."""
    found = await page.api.get("/admissions/choices")
    of = {"items": [_option(each) for each in found["items"]]}
    if not found["more"]:
        of["units"] = [_option(each) for each in found["units"]]
    return Choices(of=of)


def _option(named: Json) -> Option:
    return Option(named["id"], f"{named['name']} ({named['id']})")


ADMISSIONS = Register("admissions", "admission", AdmissionBody, ADMISSION, tuple(AdmissionState))
ERASURES = Register("erasures", "erasure", ErasureBody, ERASURE, tuple(ErasureState))


@router.get(ADMISSIONS.here)
async def admissions(page: Visit, state: Word = "", unit: Word = "", cursor: Long = "") -> Response:
    """Who may hand what down to whom."""
    return await ADMISSIONS.listed(page, state=state, unit=unit, cursor=cursor)


@router.get(ERASURES.here)
async def erasures(page: Visit, state: Word = "", case: Word = "", cursor: Long = "") -> Response:
    """Who is to be forgotten, and who agreed."""
    return await ERASURES.listed(page, state=state, case=case, cursor=cursor)


for each in (ADMISSIONS, ERASURES):
    router.add_api_route(f"{each.here}/new", each.ask, methods=["GET"])
    router.add_api_route(f"{each.here}/new", each.send, methods=["POST"])
    router.add_api_route(f"{each.here}/{{number}}", each.one, methods=["GET"])
    router.add_api_route(f"{each.here}/{{number}}/do/{{kind}}", each.form, methods=["GET"])
    router.add_api_route(f"{each.here}/{{number}}/do/{{kind}}", each.do, methods=["POST"])
