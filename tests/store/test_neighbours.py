"""Other cases, as far as one must know of them: whether there is any at all to name."""

from datetime import datetime

import pytest

from domain.commands import Register, Resolve
from store import neighbours
from tests.domain.story import MEI, by, request
from tests.domain.town import local
from tests.store.house import Database, House, Scribe


async def besides(database: Database, case_id: str, came: datetime) -> tuple[bool, bool]:
    async with database.connection() as connection:
        return await neighbours.besides(connection, case_id, came)


@pytest.mark.rule("R2.3", "R10.4")
async def test_one_case_alone_has_none_to_name(house: House) -> None:
    database = await house.town()
    async with database.connection() as connection:
        scribe = Scribe(connection)
        await scribe.write("SW-1", by(MEI, "03-02 09:00", Register, **request()))
        assert await besides(database, "SW-1", local("03-02 09:00")) == (False, False)
        await scribe.write("SW-2", by(MEI, "03-02 10:00", Register, **request()))
        assert await besides(database, "SW-1", local("03-02 09:00")) == (True, False)
        await scribe.write("SW-2", by(MEI, "03-02 10:20", Resolve, text="当场答复"))
        assert await besides(database, "SW-1", local("03-02 09:00")) == (False, False)
        assert await besides(database, "SW-1", local("03-02 11:00")) == (False, True)
