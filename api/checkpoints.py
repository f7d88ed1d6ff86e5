"""Routes for everybody, without signing in: what the journal's notary signed, and proofs of it.
Witnesses add their signatures here.
"""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from api import answers
from api.checkpoint_views import (
    CheckpointsView,
    CheckpointView,
    ConsistencyView,
    InclusionView,
    LogView,
    checkpoint_view,
    log_view,
    texts,
)
from api.context import Context, Here
from api.errors import Problem, unknown
from api.schemas.checkpoints import CosignatureBody
from store import checkpoints, log, tree
from store.checkpoints import Signed
from store.database import Connection, raw
from store.notes import BadNote, Line, PublicKey, believed, line_of, parse

router = APIRouter(prefix="/api/v1/checkpoints", tags=["checkpoints"])
Size = Annotated[int, Path(ge=1, le=2**62)]
FOR_EVER = "public, max-age=31536000, immutable"
"""A proof between two sizes is always the same."""
A_WHILE = "public, max-age=10"


@router.get("", response_model=CheckpointsView)
async def list_checkpoints(
    here: Here,
    cursor: Annotated[int | None, Query(ge=1, le=2**62)] = None,
    size: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Response:
    """What was signed, the newest first."""
    async with raw(here.engine) as connection:
        rows = await checkpoints.page(connection, cursor or 2**62, size + 1)
        views = await _views(connection, rows[:size])
    more = str(rows[size - 1].checkpoint_id) if len(rows) > size else None
    page = CheckpointsView(checkpoints=views, next_cursor=more)
    return _cached(page, A_WHILE)


@router.get("/log", response_model=LogView)
async def show_log(here: Here) -> Response:
    """The name of the log, and every key it ever had."""
    async with raw(here.engine) as connection:
        found = await log.about(connection, here.ring)
    if found is None:
        raise _nothing_signed()
    return _cached(log_view(found, here.settings.witnesses()), A_WHILE)


@router.get("/proof", response_model=ConsistencyView)
async def show_proof(
    here: Here,
    first: Annotated[int, Query(alias="from", ge=1, le=2**62)],
    second: Annotated[int | None, Query(alias="to", ge=1, le=2**62)] = None,
) -> Response:
    """That a checkpoint goes on from an earlier one; `to` is the newest if it is left out."""
    async with raw(here.engine) as connection:
        newest = await _newest(connection)
        end = second or newest.size
        if not first <= end <= newest.size:
            raise unknown(
                "query/to" if end > newest.size else "query/from",
                "no_such_size",
                f"from 1 to {newest.size} events are signed, and `from` is not above `to`",
            )
        proof = await tree.consistency(connection, first, end)
    shown = ConsistencyView(from_size=first, to_size=end, hashes=texts(proof))
    return _cached(shown, FOR_EVER if second else A_WHILE)


@router.get("/{size}", response_model=CheckpointView)
async def show_checkpoint(size: Size, here: Here) -> Response:
    """The last one signed of that size."""
    async with raw(here.engine) as connection:
        found = await _of_size(connection, size)
        (view,) = await _views(connection, [found])
    return _cached(view, A_WHILE)


@router.get("/{size}/inclusion/{seq}", response_model=InclusionView)
async def show_inclusion(size: Size, seq: Size, here: Here) -> Response:
    """That the event of a number is among the first `size`."""
    async with raw(here.engine) as connection:
        newest = await _newest(connection)
        if not seq <= size <= newest.size:
            raise Problem(404, "not_in_it", f"{newest.size} events are signed so far")
        hashed = await tree.event_hash(connection, seq)
        proof = await tree.inclusion(connection, seq, size)
    shown = InclusionView(seq=seq, size=size, event_hash=hashed.hex(), hashes=texts(proof))
    return _cached(shown, FOR_EVER)


@router.post("/{size}/cosignatures", response_model=CheckpointView, status_code=201)
async def cosign(size: Size, body: CosignatureBody, here: Here) -> Response:
    """A registered witness's signature under a checkpoint; anybody may bring it."""
    line = _line(body)
    key = _registered(here, line)
    async with raw(here.engine) as connection:
        for signed in await checkpoints.all_of_size(connection, size):
            if _holds(signed, line, key):
                await checkpoints.cosign(connection, signed.checkpoint_id, line.name, str(line))
                (view,) = await _views(connection, [signed])
                return answers.shown(view, 201)
        await _of_size(connection, size)
    raise Problem(422, "false_signature", "the signature is not under a checkpoint of this size")


def _line(body: CosignatureBody) -> Line:
    try:
        return line_of(body.line)
    except BadNote as error:
        raise unknown("body/line", "not_a_signature", "not a signature line of C2SP") from error


def _registered(here: Context, line: Line) -> PublicKey:
    for key in map(PublicKey.of, here.settings.witnesses()):
        if (key.name, key.key_id) == (line.name, line.key_id):
            return key
    raise Problem(403, "unknown_witness", "its key is not in SHOUWEN_WITNESS_KEYS")


def _holds(signed: Signed, line: Line, key: PublicKey) -> bool:
    try:
        return bool(believed(parse(signed.note).text, [line], [key]))
    except BadNote:
        return False


async def _views(connection: Connection, found: list[Signed]) -> list[CheckpointView]:
    lines = await checkpoints.cosignatures(connection, [each.checkpoint_id for each in found])
    return [checkpoint_view(each, lines[each.checkpoint_id]) for each in found]


async def _newest(connection: Connection) -> Signed:
    found = await checkpoints.newest(connection)
    if found is None:
        raise _nothing_signed()
    return found


async def _of_size(connection: Connection, size: int) -> Signed:
    found = await checkpoints.of_size(connection, size)
    if found is None:
        raise Problem(404, "checkpoint_not_found", "no checkpoint of this size was signed")
    return found


def _nothing_signed() -> Problem:
    return Problem(404, "checkpoint_not_found", "nothing was signed yet; ask again in a minute")


def _cached(
    model: CheckpointsView | CheckpointView | ConsistencyView | InclusionView | LogView, how: str
) -> Response:
    answer = answers.shown(model)
    answer.headers["Cache-Control"] = how
    return answer
