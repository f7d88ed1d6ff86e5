"""Accounts of staff: passwords, failed sign-ins, sessions. Who may do what is not known here."""

import asyncio
import secrets
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import cache, partial
from typing import Any, Literal, NamedTuple, TypeVar

import asyncpg
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from store.database import Connection
from store.keys import hashed

T = TypeVar("T")

SHORTEST = 10
"""Characters of a password at least."""
LONGEST = 1000
"""Bytes of a password at most: hashing longer ones would only be work for an attacker to order."""
LONGEST_LOGIN = 200
WINDOW = "5 minutes"

_HASHER = PasswordHasher()
# Each hash takes 64 MiB and a core for a moment; two at once leave the office its machine.
_POOL = ThreadPoolExecutor(max_workers=2, thread_name_prefix="argon2")


class AccountError(Exception):
    """The root of what goes wrong with accounts on purpose.

    AccountError
    ├── PasswordRefusedError   too short or too long
    ├── LoginTakenError        another person signs in with that name
    └── NoAccountError         the person has no account yet
    """


class PasswordRefusedError(AccountError):
    """The password cannot be used; the message says why and is meant for the person."""


class LoginTakenError(AccountError):
    """Another person has that login."""


class NoAccountError(AccountError):
    """The person has no account; give them a password first."""


async def set_password(connection: Connection, person_id: str, login: str, password: str) -> None:
    """Give a person a login and password, new or changed; their sessions end."""
    await set_one_password(connection, {person_id: login}, password)


async def set_one_password(
    connection: Connection, logins: Mapping[str, str], password: str
) -> None:
    """Give many people (id → login) one password, hashed once: for sample towns, not for offices.

    All of them or none; their sessions end.
    """
    check_new(password)
    hash_ = await _in_thread(partial(_HASHER.hash, _plain(password)))
    try:
        await connection.execute(
            """with ended as (update sessions set expires_at = least(expires_at, clock_timestamp())
                   where person_id = any($1))
               insert into accounts (person_id, login, password_hash)
               select person_id, login, $3 from unnest($1::text[], $2::text[]) t (person_id, login)
               on conflict (person_id) do update set login = excluded.login,
                   password_hash = excluded.password_hash, changed_at = clock_timestamp()""",
            list(logins),
            [as_counted(login) for login in logins.values()],
            hash_,
        )
    except asyncpg.UniqueViolationError as error:
        msg = f"another person already has that login: {error.detail}"
        raise LoginTakenError(msg) from error


async def check_password(connection: Connection, login: str, password: str) -> str | None:
    """The person whose login and password these are, or None.

    An unknown login costs the same time as a wrong password. Success forgets the failures.
    """
    row = await connection.fetchrow(
        "select person_id, password_hash from accounts where login = $1", as_counted(login)
    )
    decoy = await _in_thread(_decoy)
    known = decoy if row is None else row["password_hash"]
    right = await _in_thread(partial(_verified, known, password))
    if row is None or not right:
        return None
    await connection.execute("delete from sign_in_failures where login = $1", as_counted(login))
    if _HASHER.check_needs_rehash(known):
        fresh = await _in_thread(partial(_HASHER.hash, _plain(password)))
        await connection.execute(
            "update accounts set password_hash = $2 where person_id = $1 and password_hash = $3",
            row["person_id"],
            fresh,
            known,
        )
    return str(row["person_id"])


async def who_has_password(
    connection: Connection, people: Sequence[str], password: str
) -> frozenset[str]:
    """Those of the people whose password this is; one check for all who share a hash."""
    rows = await connection.fetch(
        """select password_hash, array_agg(person_id) as people from accounts
           where person_id = any($1) group by password_hash""",
        list(people),
    )
    found: set[str] = set()
    for row in rows:
        known = row["password_hash"]
        if await _in_thread(partial(_verified, known, password)):
            found.update(row["people"])
    return frozenset(found)


async def failures_recently(connection: Connection, login: str) -> int:
    """Wrong passwords for a login, known or not, within the last five minutes."""
    count = await connection.fetchval(
        f"""select count(*) from sign_in_failures
            where login = $1 and at > clock_timestamp() - interval '{WINDOW}'""",  # noqa: S608
        as_counted(login),
    )
    return int(count)


async def note_failure(connection: Connection, login: str) -> None:
    """Remember a wrong password for a login."""
    await connection.execute("insert into sign_in_failures (login) values ($1)", as_counted(login))


async def open_session(
    connection: Connection,
    person_id: str,
    kind: Literal["browser", "machine"],
    label: str,
    hours: int,
) -> str:
    """A new session's token, which is stored nowhere; forgets old failures on the way."""
    token = secrets.token_urlsafe(32)
    try:
        await connection.execute(
            """insert into sessions (token_hash, person_id, kind, label, expires_at)
               values ($1, $2, $3, $4, clock_timestamp() + make_interval(hours => $5))""",
            hashed(token),
            person_id,
            kind,
            label,
            hours,
        )
    except asyncpg.ForeignKeyViolationError as error:
        raise NoAccountError(person_id) from error
    await connection.execute(
        f"delete from sign_in_failures where at <= clock_timestamp() - interval '{WINDOW}'"  # noqa: S608
    )
    return token


def session_of(token: str) -> str:
    """What tells a token's session from others in records; it opens nothing."""
    return _session(_token_hash(token))


def _session(token_hash: str) -> str:
    return token_hash[:16]


class Bearer(NamedTuple):
    """Whom a token stands for, and whether a machine holds it."""

    person_id: str
    machine: bool


class Ended(NamedTuple):
    """A session that is over."""

    session: str
    person_id: str
    machine: bool
    at: datetime


async def bearer_of(connection: Connection, token: str) -> Bearer | None:
    """Whom a token stands for, or None when it is unknown or has expired."""
    row = await connection.fetchrow(
        """select person_id, kind from sessions
           where token_hash = $1 and expires_at > clock_timestamp()""",
        _token_hash(token),
    )
    return None if row is None else Bearer(row["person_id"], row["kind"] == "machine")


async def close_session(connection: Connection, token: str) -> None:
    """End a session; a token that is none is no error."""
    await connection.execute("delete from sessions where token_hash = $1", _token_hash(token))


async def swept(connection: Connection, most: int = 500) -> list[Ended]:
    """Take away sessions whose time is over; those another process takes away are left to it."""
    rows = await connection.fetch(
        """delete from sessions where token_hash in (
             select token_hash from sessions where expires_at <= clock_timestamp()
             order by expires_at limit $1 for update skip locked)
           returning token_hash, person_id, kind, expires_at""",
        most,
    )
    return [
        Ended(_session(row["token_hash"]), row["person_id"], row["kind"] == "machine", at)
        for row in rows
        for at in [row["expires_at"].astimezone(UTC)]
    ]


async def tokens(connection: Connection) -> list[Mapping[str, Any]]:
    """The machines' tokens that are in force: session, person, label, when made, until when."""
    rows = await connection.fetch(
        """select token_hash, person_id, label, created_at, expires_at from sessions
           where kind = 'machine' and expires_at > clock_timestamp() order by created_at"""
    )
    return [{**row, "session": _session(row["token_hash"])} for row in rows]


async def end_token(connection: Connection, session: str) -> None:
    """Let a machine's token end now; one that is over already is no error."""
    await connection.execute(
        """update sessions set expires_at = least(expires_at, clock_timestamp())
           where kind = 'machine' and left(token_hash, 16) = $1""",
        session,
    )


async def owner_of(connection: Connection, login: str) -> str | None:
    """Whose login it is; None for nobody's."""
    found: str | None = await connection.fetchval(
        "select person_id from accounts where login = $1", as_counted(login)
    )
    return found


def check_new(password: str) -> None:
    """`PasswordRefusedError` when a new password is too short or too long."""
    if len(password) < SHORTEST:
        msg = f"a password needs at least {SHORTEST} characters"
        raise PasswordRefusedError(msg)
    if len(_plain(password)) > LONGEST:
        msg = f"a password may have at most {LONGEST} bytes"
        raise PasswordRefusedError(msg)


def _verified(known: str, password: str) -> bool:
    plain = _plain(password)
    try:
        # One too long is never right, but takes as long to be wrong.
        _HASHER.verify(known, plain[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return len(plain) <= LONGEST


@cache
def _decoy() -> str:
    """A hash that no password opens, for unknown logins to be checked against."""
    return _HASHER.hash(secrets.token_bytes(32))


def _plain(password: str) -> bytes:
    """The bytes to hash: a letter typed on two keyboards may be composed in two ways."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "backslashreplace")


def as_counted(login: str) -> str:
    """A login as it is stored and counted: phones begin it with a capital, and it may be junk."""
    text = unicodedata.normalize("NFKC", login[:LONGEST_LOGIN]).strip().lower()
    return text.encode("utf-8", "backslashreplace").decode().replace("\0", "\ufffd")


def _token_hash(token: str) -> str:
    return hashed(token.encode("utf-8", "backslashreplace").decode())


async def _in_thread(work: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(_POOL, work)
