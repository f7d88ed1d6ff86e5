"""Builds the worker: the only place that joins workflows, activities and the sandbox's rules."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from typing import Any

import uvloop
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.service import RPCError
from temporalio.worker import Worker, WorkflowRunner
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from activities.admission import AdmissionActivities
from activities.cases import CaseActivities
from activities.delivery.channels import Channel, Outward
from activities.delivery.mail import Mail, MailServer
from activities.delivery.webhooks import Gateway
from activities.dispatcher import DispatcherActivities
from activities.erasing import ErasingActivities
from activities.erasure import ErasureActivities
from activities.hand_overs import HandOverActivities
from activities.historian import HistorianActivities
from activities.keeping import KeepingActivities
from activities.notary import Desk, NotaryActivities
from activities.office import OfficeActivities
from activities.report import ReportActivities
from activities.reporting import ReportingActivities
from activities.scorer import ScorerActivities
from activities.sequencer import SequencerActivities
from activities.visit import VisitActivities
from settings import Settings
from store.books import Shelf
from store.database import engine_for
from store.files import doomed
from store.files.vault import Vault
from store.keys import KeyRing
from workflows.admission import AdmissionWorkflow
from workflows.case import CaseWorkflow
from workflows.connection import Server, connect
from workflows.dispatcher import DISPATCHER, DispatcherWorkflow
from workflows.erasure import ErasureWorkflow
from workflows.historian import HISTORIAN, HistorianWorkflow
from workflows.histories import Histories
from workflows.keeping import KeepingWorkflow
from workflows.messages import OFFICE, Start
from workflows.notary import NOTARY, NotaryWorkflow
from workflows.office import OfficeWorkflow
from workflows.report import ReportWorkflow
from workflows.reports import ReportsWorkflow
from workflows.runner import OneContext
from workflows.schedules import keep_schedules
from workflows.scorer import SCORER, ScorerWorkflow
from workflows.sending import Way
from workflows.sequencer import SEQUENCER, SequencerWorkflow
from workflows.visit import VisitWorkflow

log = logging.getLogger("shouwen.worker")

PASS_THROUGH = ("activities.messages", "workflows.messages", "pydantic", "pydantic_core")
"""Modules a workflow may share with the process: plain values and their reader."""

CONNECTIONS = 10
CONNECTIONS_OF_NOTICES = 4
CASES_CACHED = 2_000


def runner() -> WorkflowRunner:
    """The sandbox every workflow runs and replays in."""
    restrictions = SandboxRestrictions.default.with_passthrough_modules(*PASS_THROUGH)
    return OneContext(SandboxedWorkflowRunner(restrictions=restrictions))


WORKFLOWS = (
    CaseWorkflow,
    AdmissionWorkflow,
    VisitWorkflow,
    ErasureWorkflow,
    ReportWorkflow,
    KeepingWorkflow,
    ReportsWorkflow,
    OfficeWorkflow,
    SequencerWorkflow,
    DispatcherWorkflow,
    NotaryWorkflow,
    HistorianWorkflow,
    ScorerWorkflow,
)


def build(  # noqa: PLR0913 - whatever a worker is made of
    client: Client,
    engine: AsyncEngine,
    ring: KeyRing,
    task_queue: str,
    *,
    ahead: timedelta | None = timedelta(seconds=5),
    dispatcher: DispatcherActivities | None = None,
    notary: NotaryActivities,
    vault: Vault,
) -> Worker:
    """A worker with every workflow and activity; `ahead` as in `activities.steps.AHEAD`."""
    shelf, tell = Shelf(), Way(client, task_queue).tell
    bury = partial(doomed.bury, engine, vault)
    return Worker(
        client,
        task_queue=task_queue,
        workflows=WORKFLOWS,
        activities=[
            *_of_nouns(engine, ring, shelf, ahead),
            *ErasingActivities(engine, tell, Histories(client).forget, bury).all(),
            *KeepingActivities(engine, tell, vault, shelf).all(),
            *ReportingActivities(engine, tell).all(),
            *HandOverActivities(engine, tell).all(),
            *SequencerActivities(engine).all(),
            *(dispatcher or DispatcherActivities(engine, ring, tell=tell)).all(),
            *notary.all(),
            *HistorianActivities(engine).all(),
            *ScorerActivities(engine).all(),
        ],
        workflow_runner=runner(),
        max_cached_workflows=CASES_CACHED,
        max_concurrent_local_activities=CONNECTIONS * 2,
        graceful_shutdown_timeout=timedelta(seconds=5),
        # A killed worker's cases wait this long at most before another worker takes them.
        sticky_queue_schedule_to_start_timeout=timedelta(seconds=3),
    )


def _of_nouns(
    engine: AsyncEngine, ring: KeyRing, shelf: Shelf, ahead: timedelta | None
) -> list[Callable[..., Awaitable[Any]]]:
    """The one activity of each noun."""
    return [
        *CaseActivities(engine, ring, shelf=shelf, ahead=ahead).all(),
        *AdmissionActivities(engine, ring, shelf=shelf, ahead=ahead).all(),
        *VisitActivities(engine, ring, shelf=shelf, ahead=ahead).all(),
        *ErasureActivities(engine, ring, shelf=shelf, ahead=ahead).all(),
        *OfficeActivities(engine, ring, shelf=shelf, ahead=ahead).all(),
        *ReportActivities(engine, ring, shelf=shelf, ahead=ahead).all(),
    ]


async def run(settings: Settings) -> None:
    """Work until SIGTERM or SIGINT, then finish what is in hand."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, stop.set)
    ring = KeyRing.of(settings)
    engine = engine_for(settings.database_url or "", size=CONNECTIONS)
    # Its own: however much is to be told, a case never waits for a connection.
    notices = engine_for(settings.database_url or "", size=CONNECTIONS_OF_NOTICES)
    outward = outward_of(settings)
    try:
        client = await _connected(Server.of(settings), ring, stop)
        if client is None:
            return
        tell = Way(client, settings.task_queue).tell
        dispatcher = DispatcherActivities(notices, ring, outward, tell=tell)
        notary = NotaryActivities(engine, ring, desk_of(settings))
        queue = settings.task_queue
        vault = Vault.of(settings)
        async with build(
            client, engine, ring, queue, dispatcher=dispatcher, notary=notary, vault=vault
        ):
            await start_keepers(client, settings.task_queue)
            log.info("working on task queue %s", settings.task_queue)
            await stop.wait()
    finally:
        await outward.close()
        await notices.dispose()
        await engine.dispose()


def desk_of(settings: Settings) -> Desk:
    """What the notary works with."""
    kept = settings.last_checkpoint or settings.data / "checkpoint"
    return Desk.of(settings.log_key or "", kept, settings.checkpoint_seconds)


def outward_of(settings: Settings) -> Outward:
    """The channels that are set."""
    found: dict[str, Channel] = {}
    if settings.smtp_address is not None:
        host, _, port = settings.smtp_address.rpartition(":")
        found["email"] = Mail(
            MailServer(
                host=host.strip("[]"),
                port=int(port),
                sender=settings.smtp_from or "",
                tls=settings.smtp_tls,
                authority=settings.smtp_tls_ca,
                user=settings.smtp_user,
                password=settings.smtp_password,
            )
        )
    for name, url, secrets in (
        ("sms", settings.sms_webhook_url, settings.sms_webhook_secret),
        ("chat", settings.chat_webhook_url, settings.chat_webhook_secret),
    ):
        if url is not None:
            found[name] = Gateway(
                url, (secrets or "").split(","), authority=settings.webhook_tls_ca
            )
    return Outward(**found, public_url=settings.public_url, language=settings.language)


async def start_keepers(client: Client, task_queue: str) -> None:
    """Start the one sequencer, dispatcher and notary and the office if they do not run yet."""
    for workflow_id in (
        SEQUENCER,
        DISPATCHER,
        NOTARY,
        HISTORIAN,
        SCORER,
    ):  # named like their workflows
        await client.start_workflow(
            workflow_id,
            id=workflow_id,
            task_queue=task_queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        )
    await client.start_workflow(
        OFFICE,
        Start(wake=True),
        id=OFFICE,
        task_queue=task_queue,
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
    )
    await keep_schedules(client, task_queue)


async def _connected(server: Server, ring: KeyRing, stop: asyncio.Event) -> Client | None:
    """A client, however long the server takes to come up; None when told to stop first."""
    while not stop.is_set():
        try:
            return await connect(server, ring)
        except (RPCError, RuntimeError) as error:
            log.warning("Temporal at %s does not answer yet: %s", server.address, error)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), timeout=2)
    return None


def main(settings: Settings) -> None:
    """The process `shouwen worker`."""
    logging.basicConfig(level=settings.log_level.upper(), format="%(asctime)s %(message)s")
    # Its lines name the gateways' addresses, which may hold a key.
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as loop:
        loop.run(run(settings))
