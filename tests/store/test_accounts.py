import asyncio
from collections.abc import AsyncIterator

import pytest
from argon2 import Parameters, PasswordHasher, extract_parameters
from sqlalchemy.ext.asyncio import AsyncEngine

from cli.local.postgres import LocalPostgres
from store import accounts
from store.database import Connection, engine_for, raw
from store.keys import hashed
from store.migrate import upgrade

PASSWORD = "correct horse 电池"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing that costs a millisecond; what is tested does not depend on the price."""
    hasher = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)
    monkeypatch.setattr(accounts, "_HASHER", hasher)
    accounts._decoy.cache_clear()


@pytest.fixture(scope="module")
async def engine(postgres: LocalPostgres) -> AsyncIterator[AsyncEngine]:
    await upgrade(postgres.url("owner"))
    engine = engine_for(postgres.url("app"), size=2)
    yield engine
    await engine.dispose()


@pytest.fixture
async def connection(engine: AsyncEngine) -> AsyncIterator[Connection]:
    async with raw(engine) as connection:
        for table in ("sessions", "sign_in_failures", "accounts"):
            await connection.execute(f"delete from {table}")  # noqa: S608
        yield connection


async def test_a_password_opens_its_account_and_no_other_does(connection: Connection) -> None:
    await accounts.set_password(connection, "ann", "ann", PASSWORD)
    await accounts.set_password(connection, "bob", "bob", "another password")
    assert await accounts.check_password(connection, "ann", PASSWORD) == "ann"
    assert await accounts.check_password(connection, "bob", PASSWORD) is None
    assert await accounts.check_password(connection, "nobody", PASSWORD) is None
    assert await accounts.check_password(connection, "ann", "") is None


async def test_a_login_is_the_same_in_capitals_and_wide_letters(connection: Connection) -> None:
    await accounts.set_password(connection, "ann", "Ann", PASSWORD)
    for login in ("ann", "ANN", " Ann ", "ａｎｎ"):
        assert await accounts.check_password(connection, login, PASSWORD) == "ann"


@pytest.mark.parametrize("junk", ["", "\0", "ann\0", "\ud800", "a" * 100_000, "'; --"])
async def test_junk_is_an_unknown_login_and_a_wrong_password(
    connection: Connection, junk: str
) -> None:
    await accounts.set_password(connection, "ann", "ann", PASSWORD)
    assert await accounts.check_password(connection, junk, PASSWORD) is None
    assert await accounts.check_password(connection, "ann", junk) is None
    await accounts.note_failure(connection, junk)
    assert await accounts.failures_recently(connection, junk) == 1
    assert await accounts.bearer_of(connection, junk) is None
    await accounts.close_session(connection, junk)


@pytest.mark.parametrize("password", ["", "nine char", "好" * 334, "x" * 1001])
async def test_a_password_too_short_or_too_long_is_refused(
    connection: Connection, password: str
) -> None:
    with pytest.raises(accounts.PasswordRefusedError, match=r"at (least 10|most 1000)"):
        await accounts.set_password(connection, "ann", "ann", password)
    assert await connection.fetchval("select count(*) from accounts") == 0


async def test_the_longest_password_counts_to_its_last_byte(connection: Connection) -> None:
    await accounts.set_password(connection, "ann", "ann", "x" * 1000)
    assert await accounts.check_password(connection, "ann", "x" * 1000) == "ann"
    assert await accounts.check_password(connection, "ann", "x" * 1001) is None
    assert await accounts.check_password(connection, "ann", "x" * 999) is None


async def test_the_password_itself_is_stored_nowhere(connection: Connection) -> None:
    await accounts.set_password(connection, "ann", "ann", PASSWORD)
    stored = await connection.fetchval("select a::text from accounts a")
    assert "$argon2id$" in stored
    assert PASSWORD not in stored


async def test_an_unknown_login_costs_the_same_work_as_a_wrong_password(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    await accounts.set_password(connection, "ann", "ann", PASSWORD)
    work: list[Parameters] = []
    verified = accounts._verified

    def watched(known: str, password: str) -> bool:
        work.append(extract_parameters(known))
        return verified(known, password)

    monkeypatch.setattr(accounts, "_verified", watched)
    await accounts.check_password(connection, "ann", "wrong password")
    await accounts.check_password(connection, "nobody", "wrong password")
    assert len(work) == 2
    assert work[0] == work[1]


async def test_an_old_hash_is_renewed_at_the_next_sign_in(connection: Connection) -> None:
    await accounts.set_password(connection, "ann", "ann", PASSWORD)
    old = PasswordHasher(time_cost=2, memory_cost=512, parallelism=1).hash(PASSWORD)
    await connection.execute("update accounts set password_hash = $1", old)
    assert await accounts.check_password(connection, "ann", "wrong password") is None
    assert await connection.fetchval("select password_hash from accounts") == old
    assert await accounts.check_password(connection, "ann", PASSWORD) == "ann"
    assert await connection.fetchval("select password_hash from accounts") != old
    assert await accounts.check_password(connection, "ann", PASSWORD) == "ann"


async def test_a_hash_that_is_none_opens_nothing(connection: Connection) -> None:
    await accounts.set_password(connection, "ann", "ann", PASSWORD)
    await connection.execute("update accounts set password_hash = 'locked'")
    assert await accounts.check_password(connection, "ann", PASSWORD) is None


async def test_another_persons_login_is_not_taken_over(connection: Connection) -> None:
    await accounts.set_password(connection, "ann", "ann", PASSWORD)
    with pytest.raises(accounts.LoginTakenError, match=r"\(ann\) already exists"):
        await accounts.set_password(connection, "bob", "Ann", "another password")
    assert await accounts.check_password(connection, "ann", PASSWORD) == "ann"


async def test_many_people_get_one_password_or_none_does(connection: Connection) -> None:
    await accounts.set_password(connection, "ann", "ann", PASSWORD)
    with pytest.raises(accounts.LoginTakenError):
        await accounts.set_one_password(connection, {"bob": "bob", "cat": "ann"}, "one for all")
    assert await connection.fetchval("select count(*) from accounts") == 1
    await accounts.set_one_password(connection, {"bob": "bob", "cat": "cat"}, "one for all")
    able = await accounts.who_has_password(connection, ["ann", "bob", "cat"], "one for all")
    assert able == {"bob", "cat"}


async def test_failures_are_counted_for_five_minutes_and_forgotten_on_success(
    connection: Connection,
) -> None:
    await accounts.set_password(connection, "ann", "ann", PASSWORD)
    for login in ("ann", "ANN", "bob"):
        await accounts.note_failure(connection, login)
    assert await accounts.failures_recently(connection, "ann") == 2
    await connection.execute("update sign_in_failures set at = at - interval '301 seconds'")
    assert await accounts.failures_recently(connection, "ann") == 0
    await accounts.note_failure(connection, "ann")
    await accounts.check_password(connection, "ann", PASSWORD)
    assert await accounts.failures_recently(connection, "ann") == 0


async def test_a_session_stands_for_its_person_until_it_is_closed(connection: Connection) -> None:
    await accounts.set_password(connection, "ann", "ann", PASSWORD)
    token = await accounts.open_session(connection, "ann", "browser", "", 12)
    other = await accounts.open_session(connection, "ann", "machine", "importer", 24)
    assert await accounts.bearer_of(connection, token) == ("ann", False)
    await accounts.close_session(connection, token)
    assert await accounts.bearer_of(connection, token) is None
    assert await accounts.bearer_of(connection, other) == ("ann", True)


async def test_a_token_is_stored_as_its_hash_only(connection: Connection) -> None:
    await accounts.set_password(connection, "ann", "ann", PASSWORD)
    token = await accounts.open_session(connection, "ann", "browser", "", 12)
    stored = await connection.fetchval("select s::text from sessions s")
    assert len(token) >= 43
    assert token not in stored
    assert hashed(token) in stored
    assert await accounts.bearer_of(connection, hashed(token)) is None


async def test_an_expired_session_stands_for_nobody_and_is_swept(connection: Connection) -> None:
    await accounts.set_password(connection, "ann", "ann", PASSWORD)
    token = await accounts.open_session(connection, "ann", "browser", "", 12)
    await connection.execute("update sessions set expires_at = clock_timestamp()")
    assert await accounts.bearer_of(connection, token) is None
    await accounts.open_session(connection, "ann", "browser", "", 12)
    (ended,) = await accounts.swept(connection)
    assert (ended.session, ended.person_id) == (accounts.session_of(token), "ann")
    assert await connection.fetchval("select count(*) from sessions") == 1


async def test_a_new_password_ends_the_persons_sessions_and_no_others(
    connection: Connection,
) -> None:
    await accounts.set_one_password(connection, {"ann": "ann", "bob": "bob"}, PASSWORD)
    token = await accounts.open_session(connection, "ann", "browser", "", 12)
    other = await accounts.open_session(connection, "bob", "browser", "", 12)
    await accounts.set_password(connection, "ann", "ann", "a new password")
    assert await accounts.bearer_of(connection, token) is None
    assert await accounts.bearer_of(connection, other) == ("bob", False)
    assert await accounts.check_password(connection, "ann", PASSWORD) is None


async def test_a_person_without_an_account_has_no_session(connection: Connection) -> None:
    with pytest.raises(accounts.NoAccountError):
        await accounts.open_session(connection, "ghost", "machine", "x", 1)


async def test_the_loop_goes_on_while_passwords_are_hashed(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accounts, "_HASHER", PasswordHasher())
    beats = 0

    async def beat() -> None:
        nonlocal beats
        while True:
            await asyncio.sleep(0.002)
            beats += 1

    heart = asyncio.create_task(beat())
    await accounts.set_password(connection, "ann", "ann", PASSWORD)
    await accounts.check_password(connection, "ann", PASSWORD)
    heart.cancel()
    assert beats > 3
