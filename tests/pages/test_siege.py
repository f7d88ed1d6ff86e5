"""The siege itself: each fault that a form may have is found, and a good form has none."""

from dataclasses import dataclass, field
from html import escape
from typing import Literal

import httpx
import pytest
from starlette.applications import Starlette
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.pages.hostile import HUGE
from tests.pages.sheets import Sheet
from tests.pages.siege import Siege

HOME = "http://office.test"
STRICT = {"content-security-policy": "default-src 'none'"}
PAGE = """<main>{told}<form action="/send" method="post">
<input type="hidden" name="_key" value="k1"><input type="hidden" name="to" value="/desk">
<textarea name="text" required>{text}</textarea>
<select name="kind"><option value="">-</option><option value="lamp">2</option></select>
<input type="checkbox" name="urgent" value="yes"><button name="step" value="next">3</button>
</form></main>"""
Fault = Literal[
    "none", "breaks", "shows", "forgets", "trusts", "repeats", "leads", "opens", "lax", "blames"
]


@dataclass(slots=True)
class Town:
    """An office of one form, with at most one fault."""

    fault: Fault
    done: list[str] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)

    async def send(self, request: Request) -> Response:
        who = request.headers.get("who", "nobody")
        if self.fault != "trusts" and request.headers.get("sec-fetch-site") != "same-origin":
            return self.page("", 403)
        if len(await request.body()) > HUGE // 10:
            return self.page("", 422)
        try:
            async with request.form(max_fields=100) as form:
                return self.taken(who, form)
        except HTTPException:
            return self.page("", 400)

    def taken(self, who: str, form: FormData) -> Response:
        text, to = str(form.get("text", "")), str(form.get("to", ""))
        if self.fault == "breaks" and "\x00" in text:
            raise ValueError(text)
        if form.get("kind") != "lamp" or not text or "<" in text:
            return self.page(text, 422)
        if who == "nobody" and self.fault != "opens":
            return self.page("", 401)
        if self.fault == "repeats" or str(form.get("_key")) not in self.keys:
            self.done.append("caller" if self.fault == "blames" else who)
            self.keys.add(str(form.get("_key")))
        return RedirectResponse(to if self.fault == "leads" else "/", 303)

    def page(self, text: str, status: int) -> Response:
        shown = "" if self.fault == "forgets" else escape(text)
        told = text if self.fault == "shows" else ""
        headers = {} if self.fault == "lax" else STRICT
        return HTMLResponse(PAGE.format(text=shown, told=told), status, headers)


@dataclass(slots=True)
class Doors:
    """Its doors."""

    town: Town
    who: str = "clerk"

    async def open(self, who: Literal["caller", "another", "nobody"]) -> httpx.AsyncClient:
        app = Starlette(routes=[Route("/send", self.town.send, methods=["POST"])])
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        headers = {"who": who, "Sec-Fetch-Site": "same-origin"}
        return httpx.AsyncClient(transport=transport, base_url=HOME, headers=headers)

    async def done(self, who: Literal["caller", "all"] = "all") -> int:
        return self.town.done.count(who) if who == "caller" else len(self.town.done)


async def held(fault: Fault) -> str:
    (form,) = Sheet(f"{HOME}/desk", PAGE.format(text="", told="")).forms
    return "\n".join(await Siege(Doors(Town(fault)), form).hold())


def test_a_form_is_read_as_it_is_drawn() -> None:
    (form,) = Sheet(f"{HOME}/desk", PAGE.format(text="a &lt;b&gt;", told="")).forms
    assert (form.action, form.method) == (f"{HOME}/send", "post")
    assert [(f.name, f.kind, f.value, f.options, f.required) for f in form.fields] == [
        ("_key", "hidden", "k1", [], False),
        ("to", "hidden", "/desk", [], False),
        ("text", "textarea", "a <b>", [], True),
        ("kind", "select", "", ["", "lamp"], False),
        ("urgent", "checkbox", "", ["yes"], False),
        ("step", "hidden", "next", [], False),
    ]


def test_each_button_sends_its_form_in_its_own_way() -> None:
    two = '<button name="step" value="look" formaction="/look">4</button><button>5</button>'
    page = PAGE.format(text="", told="").replace("</form>", f'{two}<input name="last"></form>')
    forms = Sheet(f"{HOME}/desk", page).forms
    assert [(f.action, [b.value for b in f.named("step")]) for f in forms] == [
        (f"{HOME}/send", ["next"]),
        (f"{HOME}/look", ["look"]),
        (f"{HOME}/send", []),
    ]
    assert all(form.named("last") for form in forms)


async def test_a_good_form_has_no_faults() -> None:
    assert not await held("none")


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("breaks", "post /send on /desk as clerk: controls: answers 500"),
        ("shows", "as clerk: script: shows"),
        ("forgets", "wrong everywhere: what was typed as text is lost"),
        ("trusts", "another site: taken, 303"),
        ("repeats", "again: 1 more events"),
        ("leads", "hidden fields changed: leads to //evil.example"),
        ("opens", "by nobody: taken, 303"),
        ("blames", "by another: done as clerk"),
        ("lax", "under None"),
    ],
)
async def test_each_fault_is_found(fault: Fault, told: str) -> None:
    assert told in await held(fault)
