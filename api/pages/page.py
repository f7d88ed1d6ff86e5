"""A visit to a page: who comes, in which language, how they are answered. Nothing of a desk."""

import hashlib
import re
import secrets
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import urlencode, urlsplit

from fastapi import Depends, Request, Response
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse

from api.auth import COOKIE
from api.context import Context, Here, now
from api.pages import times
from api.pages.client import Api, Reply, Said
from api.pages.said import SAID
from api.pages.templating import drawn
from api.words import Language, say

LANGUAGE = "shouwen_lang"
POST = "shouwen_post"
LINK = "shouwen_link"
"""Holds what a resident showed, for the addresses of that one case."""
FIELDS = 2_000
KEY = re.compile(r"[\x21-\x7e]{8,64}")
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Vary": "Cookie",
}


@dataclass(slots=True)
class Page:
    """A visit. `api` asks as the visitor; `link` is what a resident showed for this address."""

    request: Request
    here: Context
    lang: Language
    api: Api
    at: datetime
    zone: str
    link: str = ""
    _again: str = ""
    _sent: FormData | None = None
    _me: Mapping[str, Any] | None = None
    _cookies: dict[str, dict[str, Any]] = field(default_factory=dict)

    async def me(self) -> Mapping[str, Any]:
        """Who is signed in, with their posts; `Said` 401 for nobody."""
        if self._me is None:
            self._me = await self.api.get("/me")
        return self._me

    def as_resident(self, scheme: str, secret: str = "") -> Api:
        """The API as whoever holds a secret: Receipt, Rating, Party or Partner; without one given
        here, what was shown for this address.
        """
        shown = secret or self.link
        return _api(self.request, {"Authorization": f"{scheme} {shown}"}, self.lang)

    def as_nobody(self) -> Api:
        """The API as somebody without an account, also in the browser of one who is signed in."""
        return _api(self.request, {}, self.lang)

    async def show(
        self,
        template: str,
        status: int = 200,
        /,
        **context: Any,  # noqa: ANN401 - anything shown
    ) -> Response:
        """The page; signed in where there is a session, and never kept by anybody."""
        signed_in = COOKIE in self.request.cookies
        me = await self._me_or_none() if signed_in else None
        text = drawn(template, self.lang, page=self, me=me, **context)
        return self._leaving(HTMLResponse(text, status, headers=HEADERS))

    async def _me_or_none(self) -> Mapping[str, Any] | None:
        try:
            return await self.me()
        except Said:
            return None

    def go(self, address: str, said: str = "", **query: str) -> Response:
        """Elsewhere, after something was done; `said` is a key of the table of messages."""
        asked = {**query, **({"said": said} if said else {})}
        where = f"{address}?{urlencode(asked)}" if asked else address
        return self._leaving(RedirectResponse(where, HTTPStatus.SEE_OTHER, headers=HEADERS))

    def keep(self, name: str, value: str, path: str = "/", days: int | None = None) -> None:
        """A cookie that no script can read; without days until the browser is closed."""
        self._cookies[name] = {
            "value": value,
            "path": path,
            "max_age": None if days is None else days * 86_400,
            "httponly": True,
            "samesite": "strict",
            "secure": self.here.settings.public_url.startswith("https://"),
        }

    def forget(self, name: str, path: str = "/") -> None:
        """Take a cookie back."""
        self.keep(name, "", path, days=0)

    def _leaving(self, response: Response) -> Response:
        for name, cookie in self._cookies.items():
            response.set_cookie(name, **cookie)
        return response

    async def form(self) -> FormData:
        """What was sent; 403 for what another site's page sent, 400 for what is no form."""
        refuse_other_sites(self.request)
        self._sent = await self.request.form(max_files=20, max_fields=FIELDS)
        self.request.state.typed = typed_in(self._sent)
        return self._sent

    async def close(self) -> None:
        """Let go of the files that were sent: some lie on the disk."""
        if self._sent is not None:
            await self._sent.close()

    async def send(
        self,
        path: str,
        body: Any,  # noqa: ANN401 - JSON
        sent: FormData,
        api: Api | None = None,
        key: str = "",
    ) -> Reply:
        """A form's body to the API, under the key that the form was drawn with if not under
        another. Where it is not known whether it took effect, the form that comes again has it too.
        """
        key = key or key_of(sent)
        try:
            return await (api or self.api).post(path, body, key=key)
        except Said as no:
            if no.status == HTTPStatus.SERVICE_UNAVAILABLE:
                self._again = key
            raise

    @property
    def key(self) -> str:
        """A key for a form: sent twice, it has one effect."""
        return self._again or secrets.token_hex(16)

    @property
    def other_language(self) -> str:
        """The same address in the other language."""
        kept = [(n, v) for n, v in self.request.query_params.multi_items() if n != "lang"]
        query = urlencode([*kept, ("lang", "zh" if self.lang == "en" else "en")])
        return f"{self.request.url.path}?{query}"

    @property
    def said(self) -> str:
        """The message that the page before left."""
        code = self.request.query_params.get("said", "")
        return say(SAID, code, self.lang) if code in SAID else ""

    @property
    def post(self) -> str:
        """The post that was chosen to act at; empty for all."""
        return self.request.cookies.get(POST, "")

    @property
    def path(self) -> str:
        """The address without its query."""
        return self.request.url.path

    def time(self, at: str | datetime | None) -> str:
        """A moment in the office's zone."""
        return times.written(at, self.zone, self.lang)

    def until(self, at: str | datetime | None) -> float:
        """Seconds until then; negative when it is past."""
        return times.until(at, self.at)


async def page(request: Request, here: Here) -> AsyncIterator[Page]:
    """The visit of a request, until it is answered."""
    lang = language_of(request)
    cookies = request.cookies
    who: dict[str, str] = {}
    if COOKIE in cookies:
        who["Cookie"] = f"{COOKIE}={cookies[COOKIE]}"
    if POST in cookies:
        who["Shouwen-Post"] = cookies[POST]
    api = _api(request, who, lang)
    zone = (await here.book()).calendar.working_time(()).zone.key
    found = Page(request, here, lang, api, now(), zone, link=cookies.get(LINK, ""))
    if request.query_params.get("lang") == lang:
        found.keep(LANGUAGE, lang, days=365)
    try:
        yield found
    finally:
        await found.close()


Visit = Annotated[Page, Depends(page)]


def _api(request: Request, who: Mapping[str, str], lang: Language) -> Api:
    client = request.client or ("127.0.0.1", 0)
    who = {name: value for name, value in who.items() if value.isascii() and value.isprintable()}
    return Api(request.app, who, lang, (client[0], client[1]))


def language_of(request: Request) -> Language:
    """The one that the address asks for, else the one that was chosen before."""
    asked = request.query_params.get("lang") or request.cookies.get(LANGUAGE)
    return "en" if asked == "en" else "zh"


def key_of(sent: FormData) -> str:
    """The key that a form was drawn with; of one that is none of ours one made of it."""
    key = str(sent.get("_key") or secrets.token_hex(16))
    if KEY.fullmatch(key):
        return key
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def typed_in(sent: FormData) -> list[tuple[str, str]]:
    """The fields of a form without its files."""
    return [(name, value) for name, value in sent.multi_items() if isinstance(value, str)]


def refuse_other_sites(request: Request) -> None:
    """A form is taken from our own pages only; a browser says where it comes from."""
    site = request.headers.get("sec-fetch-site")
    if site is None:
        origin = urlsplit(request.headers.get("origin", "")).netloc
        site = "same-origin" if origin and origin == request.headers.get("host") else ""
    if site != "same-origin":
        raise HTTPException(HTTPStatus.FORBIDDEN, "another site's form")
