"""Notes whatever a page does that no page of ours may do, at any moment of a test."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.async_api import (
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Page,
    Request,
    Response,
    WebError,
)

ANNOUNCE = """document.addEventListener("securitypolicyviolation", (event) => console.error(
  `securitypolicyviolation: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));"""
"""Says violations loudly. Without scripts the browser's own words in the console are heard."""
LOADING = "Failed to load resource"
"""What the console says of an answer that `answered` hears of as well."""
STRICT = {
    "default-src": {"'none'"},
    "form-action": {"'none'", "'self'"},
    "frame-ancestors": {"'none'"},
    "base-uri": {"'none'"},
}
"""What the content security policy of every page says; all else in it is 'none' or 'self'."""
LEFT = "net::ERR_ABORTED"
"""A request that ended because the visitor went on, or because a download began."""
BAD = 400


@dataclass
class Watch:
    """The faults of one visitor. `home` is the only origin there is; `expected` are the statuses of
    refusals that the test is about.
    """

    home: str
    faults: list[str] = field(default_factory=list)
    expected: set[int] = field(default_factory=set)

    async def over(self, context: BrowserContext) -> None:
        """Hear everything of every page of it."""
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("dialog", self._dialog)
        context.on("request", self._request)
        context.on("requestfailed", self._failed)
        context.on("response", self._answered)
        context.on("page", self._page)
        await context.add_init_script(ANNOUNCE)

    async def cookies(self, context: BrowserContext) -> None:
        """What is left in the browser may not be read by scripts, nor be sent for other sites."""
        for cookie in await context.cookies():
            if not cookie.get("httpOnly") or cookie.get("sameSite") != "Strict":
                self._note(self.home, f"the cookie {cookie.get('name')} is not HttpOnly, Strict")

    def _note(self, where: str, what: str) -> None:
        self.faults.append(f"{where.removeprefix(self.home) or '/'}: {what}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(LOADING):
            self._note(message.page.url if message.page else "?", message.text)

    def _error(self, error: WebError) -> None:
        self._note(error.page.url if error.page else "?", f"uncaught: {error.error}")

    async def _dialog(self, dialog: Dialog) -> None:
        self._note(dialog.page.url if dialog.page else "?", f"a dialog: {dialog.message}")
        await dialog.dismiss()

    def _page(self, page: Page) -> None:
        page.on("crash", lambda crashed: self._note(crashed.url, "the page crashed"))

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https"} and f"{parts.scheme}://{parts.netloc}" != self.home:
            self._note(request.url, "asked of somebody else")

    def _failed(self, request: Request) -> None:
        if request.failure != LEFT:
            self._note(request.url, f"{request.method} failed: {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= BAD and response.status not in self.expected:
            self._note(response.url, f"{response.request.method} answered {response.status}")
        if response.headers.get("content-type", "").startswith("text/html"):
            self._check_policy(response)

    def _check_policy(self, response: Response) -> None:
        policy = response.headers.get("content-security-policy", "")
        parts = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
        named = all(parts.get(name) in allowed for name, allowed in STRICT.items())
        if not named or not set(parts.values()) <= {"'none'", "'self'"}:
            self._note(response.url, f"the content security policy is not strict: {policy!r}")
        if response.headers.get("x-content-type-options") != "nosniff":
            self._note(response.url, "the browser may guess the content's type")
