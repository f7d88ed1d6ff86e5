"""Pages to sign in and out, and to choose the post one acts at."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.auth import COOKIE
from api.pages.client import Said
from api.pages.page import POST, Visit
from domain.words import Role

router = APIRouter(include_in_schema=False)
To = Annotated[str, Query(max_length=300)]


@router.get("/sign-in")
async def form(page: Visit, to: To = "/desk") -> Response:
    """The form."""
    return await page.show("sign_in.html", to=_inside(to), login="", fault="")


@router.post("/sign-in")
async def sign_in(page: Visit) -> Response:
    """Open a session; where it was wrong, the form again with the login kept."""
    sent = await page.form()
    login, password = str(sent.get("login", "")), str(sent.get("password", ""))
    to = _inside(str(sent.get("to", "")))
    try:
        reply = await page.api.post("/sessions", {"login": login, "password": password})
    except Said as no:
        return await page.show("sign_in.html", no.status, to=to, login=login, fault=no.code)
    administers = {post["role"] for post in reply.body["posts"]} == {Role.ADMINISTRATOR}
    answer = page.go("/admin" if administers and to == "/desk" else to)
    answer.delete_cookie(POST)  # whoever sat here before had other posts
    for cookie in reply.headers.get_list("set-cookie"):
        answer.headers.append("set-cookie", cookie)
    return answer


@router.post("/sign-out")
async def sign_out(page: Visit) -> Response:
    """End the session."""
    await page.form()
    await page.api.ask("DELETE", "/sessions/current")
    answer = page.go("/", "signed_out")
    answer.delete_cookie(COOKIE)
    answer.delete_cookie(POST)
    return answer


@router.post("/post")
async def choose_post(page: Visit) -> Response:
    """Act at one of one's posts only, or at all of them again."""
    sent = await page.form()
    chosen = str(sent.get("post_id", ""))
    me = await page.me()
    if chosen in {post["post_id"] for post in me["posts"]}:
        page.keep(POST, chosen)
        return page.go("/desk", "post_chosen")
    answer = page.go("/desk", "post_all")
    answer.delete_cookie(POST)
    return answer


def _inside(to: str) -> str:
    """An address of ours; what points elsewhere is not followed."""
    inside = to.startswith("/") and not to.startswith(("//", "/\\")) and to.isprintable()
    return to if inside else "/desk"
