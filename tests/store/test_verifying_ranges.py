"""A journal of more than one range: roots over all of them, and faults in the second."""

from pathlib import Path

import pytest

from cli.evidence.offline import Log
from cli.evidence.signed import Signatures, of_log
from store.verifying import order, whole
from store.verifying.faults import Reason
from store.verifying.order import PIECE, Order, OrderPiece
from store.verifying.whole import Report
from tests.activities.test_notary import OLD, Notary, write
from tests.store.house import Database, House
from tests.store.tampering import as_owner

pytestmark = pytest.mark.rule("R14.2")

EVENTS = PIECE + 3000


async def checked(database: Database) -> Report:
    """The order, the tree and the checkpoints; what FILL writes has no true chains."""
    report, parts = Report(), dict[int, Order]()
    async with whole.snapshot(database.url()) as connection:
        state = await whole.state_of(connection)
        for piece in await whole.plan(connection, state):
            if isinstance(piece, OrderPiece):
                parts[piece.first] = await order.check(connection, piece, whole.LATE)
                report.join(parts[piece.first])
        said = await of_log(connection)
        await Signatures(Log(), said, parts, state, report).check(connection)
    return report


async def test_roots_reach_over_all_ranges(house: House, tmp_path: Path) -> None:
    database = await house.migrated()
    notary = Notary(database, tmp_path / "checkpoint", OLD)
    async with database.connection() as connection:
        for first, last in ((1, 300), (301, PIECE - 2), (PIECE - 1, EVENTS)):
            await write(connection, first, last)
            await notary.work()
    report = await checked(database)
    assert report.tally.first == []
    assert report.numbered == EVENTS + 1
    assert report.tiles == (EVENTS + 1) // 256 + 1, "one of them above the others"
    assert report.checkpoints >= 3
    async with as_owner(database) as connection:
        await connection.execute("update events set hash = sha256('x') where case_id = 'SW-66000'")
        seq = await connection.fetchval(
            """select seq from event_sequence join events using (position)
               where hash = sha256('x')"""
        )
    report = await checked(database)
    assert [(f.reason, f.seq) for f in report.tally.first[:1]] == [(Reason.LEAF, seq)]
    assert report.tally.first[-1].reason is Reason.ROOT
