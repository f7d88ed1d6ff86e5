"""Mails to staff by SMTP, each over a connection of its own. What they say is made elsewhere."""

import hashlib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Literal

import aiosmtplib

from activities.delivery.channels import Failed, Message, trusting

PERMANENT = 500
"""Answers from here on mean that trying again will not help."""
CLOSING = 421
"""The server itself is going away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where mails are handed in, and as whom. `authority` is a PEM file, None the system's."""

    host: str
    port: int
    sender: str
    tls: Literal["starttls", "tls", "none"] = "starttls"
    authority: Path | None = None
    user: str | None = None
    password: str | None = None


class Mail:
    """The channel to a mail server."""

    def __init__(self, server: MailServer, timeout: float = 15) -> None:
        self._server = server
        self._timeout = timeout
        self._domain = server.sender.rpartition("@")[2]
        self._tls = None if server.tls == "none" else trusting(server.authority)
        where = hashlib.sha256(f"{server.host}:{server.port}".encode()).hexdigest()
        self.endpoint = f"email:{where[:16]}"

    async def send(self, message: Message) -> None:
        """Hand the mail in; `Failed` when the server did not take it."""
        try:
            await self._hand_in(self._written(message), message.to)
        except aiosmtplib.SMTPRecipientsRefused as error:
            raise _refused(error.recipients[0].code) from None
        except aiosmtplib.SMTPDataError as error:
            raise _refused(error.code) from None
        except aiosmtplib.SMTPResponseException as error:
            # Greeting, sign-in or sender: the server's matter, or a setting's; not the receiver's.
            raise Failed(f"smtp_{error.code}", endpoint=True) from None
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            raise Failed(_kind(error), endpoint=True) from None

    async def close(self) -> None:
        """No connection is kept."""

    async def _hand_in(self, mail: EmailMessage, to: str) -> None:
        server = self._server
        client = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            local_hostname=self._domain,
            timeout=self._timeout,
            use_tls=server.tls == "tls",
            start_tls=server.tls == "starttls",
            tls_context=self._tls,
            username=server.user,
            password=server.password,
        )
        async with client:
            await client.send_message(mail, sender=server.sender, recipients=[to])

    def _written(self, message: Message) -> EmailMessage:
        mail = EmailMessage()
        mail["From"] = self._server.sender
        mail["To"] = message.to
        mail["Subject"] = message.subject
        mail["Date"] = format_datetime(message.at)
        mail["Message-ID"] = f"<{message.message_id}@{self._domain}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail["Content-Language"] = message.language
        mail.set_content(message.text)
        return mail


def _refused(code: int) -> Failed:
    """The server is well, but does not want this mail or this mailbox: for ever, or for now."""
    return Failed(f"smtp_{code}", final=code >= PERMANENT, endpoint=code == CLOSING)


def _kind(error: Exception) -> str:
    """The class of a failure: its text could hold an address."""
    if isinstance(error, aiosmtplib.SMTPTimeoutError | TimeoutError):
        return "timeout"
    if isinstance(error, ssl.SSLError) or isinstance(error.__cause__, ssl.SSLError):
        return "tls"
    return "connect" if isinstance(error, OSError) else type(error).__name__
