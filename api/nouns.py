"""What the routes of every noun with a register share: send a command, say what became of one.

Who may ask, and how the noun is shown, is each noun's own.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Generic, Protocol, TypeVar

from fastapi import Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from api import answers
from api.context import Context
from api.dispatch import Dispatcher, OutcomeUnknown
from api.errors import Problem, refused
from api.words import Language
from workflows.messages import Refusal
from workflows.sending import AnyCommand


class Found(Protocol):
    """What was looked up of one of them."""

    @property
    def version(self) -> int:
        """Of its last event."""


F = TypeVar("F", bound=Found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun(Generic[F]):
    """How one noun is sent to, looked up and shown; `path` is the address of its register."""

    workflow: str
    path: str
    member: str
    pending: type[BaseModel]
    look: Callable[[Context, str], Awaitable[F]]
    shown: Callable[[Context, F, Language], Awaitable[BaseModel]]
    answer: Callable[[Context, F, range, Language], Awaitable[BaseModel]]

    async def send(
        self,
        here: Context,
        stream: str,
        command: AnyCommand,
        version: int | None,
        lang: Language,
        *,
        status: int = 200,
    ) -> Response:
        """Send it; the answer, 202 where its outcome is not known, or the refusal raised."""
        queue = here.settings.task_queue
        dispatcher = Dispatcher(here.temporal, queue, workflow=self.workflow, ring=here.ring)
        try:
            result = await dispatcher.send(stream, command, version)
        except OutcomeUnknown:
            return self.unknown(stream, command.command_id)
        if result.refusal is not None:
            raise await self.refused(here, stream, result.refusal, lang)
        where = {"Location": f"{self.path}/{stream}"} if status == HTTPStatus.CREATED else {}
        versions = range(result.first_version, result.last_version + 1)
        return answers.shown(await self.told(here, stream, versions, lang), status, **where)

    def unknown(self, stream: str, command_id: str) -> Response:
        """202: where to ask what became of it."""
        url = f"{self.path}/{stream}/commands/{command_id}"
        ids = {f"{self.member}_id": stream, "command_id": command_id}
        told = self.pending(**ids, status_url=url)
        headers = {"Location": url, "Retry-After": "2"}
        return JSONResponse(told.model_dump(mode="json"), HTTPStatus.ACCEPTED, headers=headers)

    async def told(self, here: Context, stream: str, versions: range, lang: Language) -> BaseModel:
        """What a command that made those versions is answered, also when it is asked again."""
        return await self.answer(here, await self.look(here, stream), versions, lang)

    async def refused(
        self, here: Context, stream: str, refusal: Refusal, lang: Language
    ) -> Problem:
        """The refusal with the noun as it is now, if there is one."""
        try:
            found = await self.look(here, stream)
        except Problem:
            return refused(refusal)
        shown = await self.shown(here, found, lang)
        now_is = {self.member: shown.model_dump(mode="json")}
        return refused(refusal, version=found.version, **now_is)
