import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from cli.local.cluster import ROLES
from cli.local.failure import LocalError
from cli.local.postgres import LocalPostgres


async def ask(url: str, question: str) -> Any:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


@pytest.fixture
def own(tmp_path: Path) -> Iterator[LocalPostgres]:
    server = LocalPostgres(tmp_path, durable=False)
    server.start()
    yield server
    server.stop()


async def test_each_role_signs_in_with_its_own_password(postgres: LocalPostgres) -> None:
    for role, name in ROLES.items():
        assert await ask(postgres.url(role), "select current_user::text") == name


async def test_nobody_signs_in_without_a_password(postgres: LocalPostgres) -> None:
    password = postgres.cluster.password("app")
    with pytest.raises(asyncpg.InvalidPasswordError):
        await ask(postgres.url("app").replace(password, "guess"), "select 1")


async def test_the_program_may_not_make_tables_and_the_owner_may(postgres: LocalPostgres) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await ask(postgres.url("app"), "create table mine (a int)")
    assert await ask(postgres.url("owner"), "create temporary table mine (a int)") is None


async def test_neither_program_nor_owner_is_a_superuser(postgres: LocalPostgres) -> None:
    held = "select bool_or(rolsuper or rolcreaterole or rolcreatedb or rolbypassrls) from pg_roles"
    assert not await ask(postgres.url("superuser"), f"{held} where rolname like 'shouwen%'")


async def test_it_listens_on_no_network_address(postgres: LocalPostgres) -> None:
    assert await ask(postgres.url("owner"), "select current_setting('listen_addresses')") == ""


async def test_chinese_text_has_trigrams_and_time_is_utc(postgres: LocalPostgres) -> None:
    assert await ask(postgres.url("owner"), "select cardinality(show_trgm('邻里纠纷'))") == 5
    assert await ask(postgres.url("owner"), "select current_setting('timezone')") == "UTC"


def test_passwords_are_readable_by_their_owner_only(own: LocalPostgres, tmp_path: Path) -> None:
    files = list((tmp_path / "secrets").iterdir())
    assert len(files) == 3
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


async def test_what_was_committed_survives_sigkill(own: LocalPostgres) -> None:
    await ask(own.url("owner"), "create table kept as select 42 as answer")
    own.kill()
    assert not own.alive
    own.start()
    assert await ask(own.url("owner"), "select answer from kept") == 42


async def test_a_stale_pid_that_belongs_to_another_program_by_now_does_no_harm(
    own: LocalPostgres,
) -> None:
    own.stop()
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        lines = [str(other.pid), str(own.cluster.files), "1", "5432", "", "", "0", "ready"]
        (own.cluster.files / "postmaster.pid").write_text("\n".join(lines))
        own.start()
        assert await ask(own.url("app"), "select 1") == 1
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


async def test_a_server_that_an_earlier_run_left_behind_is_ended_first(
    own: LocalPostgres, tmp_path: Path
) -> None:
    assert own.running is not None
    again = LocalPostgres(tmp_path, durable=False)
    again.start()
    try:
        assert not own.alive
        assert await ask(again.url("app"), "select 1") == 1
    finally:
        again.stop()


async def test_a_path_too_long_for_a_socket_gets_a_short_private_one(tmp_path: Path) -> None:
    deep = tmp_path / ("l" * 60) / ("m" * 60)
    deep.mkdir(parents=True)
    server = LocalPostgres(deep, durable=False)
    server.start()
    try:
        assert await ask(server.url("app"), "select 1") == 1
        sockets = Path((server.cluster.home / "socket").read_text())
        assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
    finally:
        server.stop()
    assert not sockets.exists()


async def test_lost_password_files_are_made_again(own: LocalPostgres, tmp_path: Path) -> None:
    own.stop()
    for file in (tmp_path / "secrets").iterdir():
        file.unlink()
    own.start()
    assert await ask(own.url("app"), "select 1") == 1


def test_a_first_start_cut_short_leaves_nothing_that_the_next_one_trips_over(
    tmp_path: Path,
) -> None:
    broken = tmp_path / "postgres" / "cluster.new"
    broken.mkdir(parents=True)
    (broken / "PG_VERSION").write_text("18\n")
    server = LocalPostgres(tmp_path, durable=False)
    server.start()
    server.stop()
    assert not broken.exists()


def test_it_does_not_outlive_a_parent_that_is_killed(tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from cli.local.postgres import LocalPostgres\n"
        "server = LocalPostgres(Path(sys.argv[1]), durable=False); server.start()\n"
        "print(server.running.popen.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )
    with parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 10
    while (tmp_path / "postgres/cluster/postmaster.pid").exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert not Path(f"/proc/{pid}/exe").exists()


def test_a_folder_that_cannot_be_made_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "postgres").write_text("a file in the way")
    with pytest.raises(LocalError) as caught:
        LocalPostgres(tmp_path, durable=False).start()
    assert "\n" not in str(caught.value)
    assert str(tmp_path) in str(caught.value)
