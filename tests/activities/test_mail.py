"""Mails, handed in to a real mail server that may be secured, picky, silent or away."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from activities.delivery.channels import Failed, Message
from activities.delivery.mail import Mail, MailServer
from tests.activities.authority import certificates
from tests.activities.outside import MailHost, mail_host

MESSAGE = Message(
    message_id="0d9b",
    topic="case.arrived",
    at=datetime(2026, 3, 2, 1, 0, tzinfo=UTC),
    case_id="SW-1",
    to="gao@town.example",
    subject="[首问] 诉求已转到果园一网格 SW-1",
    text="诉求已转到果园一网格\n\n案件：SW-1 楼道灯不亮\n",
    language="zh",
)


def mail(host: MailHost, **how: Any) -> Mail:
    timeout = how.pop("timeout", 5)
    given = {"host": "127.0.0.1", "port": host.port, "sender": "shouwen@town.example"}
    return Mail(MailServer(**{**given, "tls": "none", **how}), timeout=timeout)


async def failure(channel: Mail) -> Failed:
    with pytest.raises(Failed) as caught:
        await channel.send(MESSAGE)
    return caught.value


async def test_a_mail_arrives_as_it_was_written() -> None:
    async with mail_host() as host:
        await mail(host).send(MESSAGE)
    (came,) = host.postman.mails
    assert came["From"] == "shouwen@town.example"
    assert came["To"] == "gao@town.example"
    assert came["Subject"] == MESSAGE.subject
    assert came["Message-ID"] == "<0d9b@town.example>"
    assert came["Auto-Submitted"] == "auto-generated"
    assert came.get_content().replace("\r\n", "\n") == MESSAGE.text  # type: ignore[attr-defined]


@pytest.mark.parametrize("tls", ["starttls", "tls"])
async def test_it_travels_encrypted_and_after_signing_in(tmp_path: Path, tls: str) -> None:
    authority, context = certificates(tmp_path)
    async with mail_host(tls=context, at_once=tls == "tls", login=True) as host:
        how = {"tls": tls, "authority": authority, "user": "shouwen"}
        await mail(host, **how, password="right password").send(MESSAGE)
        wrong = await failure(mail(host, **how, password="wrong"))
    assert len(host.postman.mails) == 1
    assert set(host.postman.users) == {"shouwen"}
    assert (wrong.error, wrong.endpoint, wrong.final) == ("smtp_535", True, False)


@pytest.mark.parametrize("tls", ["starttls", "tls"])
async def test_a_server_nobody_vouches_for_gets_nothing(tmp_path: Path, tls: str) -> None:
    _, context = certificates(tmp_path)
    async with mail_host(tls=context, at_once=tls == "tls") as host:
        failed = await failure(mail(host, tls=tls))
    assert (failed.error, failed.endpoint) == ("tls", True)
    assert host.postman.mails == []


async def test_a_server_that_offers_no_encryption_gets_nothing_in_the_clear() -> None:
    async with mail_host() as host:
        failed = await failure(mail(host, tls="starttls"))
    assert failed.endpoint
    assert host.postman.mails == []


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("550 No such user", ("smtp_550", "for ever", "receiver")),
        ("450 Try later", ("smtp_450", "for now", "receiver")),
        ("421 Going down", ("smtp_421", "for now", "server")),
    ],
)
async def test_a_mailbox_that_is_refused_says_for_how_long(
    answer: str, told: tuple[str, str, str]
) -> None:
    async with mail_host() as host:
        host.postman.refuse["gao@town.example"] = answer
        failed = await failure(mail(host))
    how_long = "for ever" if failed.final else "for now"
    assert (failed.error, how_long, "server" if failed.endpoint else "receiver") == told


async def test_a_server_that_is_away_or_silent_is_the_endpoints_fault() -> None:
    async with mail_host() as host:
        host.postman.hang.add("gao@town.example")
        silent = await failure(mail(host, timeout=0.3))
        assert (silent.error, silent.endpoint, silent.final) == ("timeout", True, False)
    away = await failure(mail(host))
    assert (away.error, away.endpoint, away.final) == ("connect", True, False)


async def test_what_failed_names_nobody() -> None:
    async with mail_host() as host:
        host.postman.refuse["gao@town.example"] = "550 gao@town.example is unknown"
        failed = await failure(mail(host))
    assert "gao" not in f"{failed!r} {failed.__cause__!r} {failed}"
