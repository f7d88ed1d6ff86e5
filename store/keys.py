"""Keys made from the master key, one for each purpose. Nothing here touches the database."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE = 12


class UnknownKey(Exception):
    """Something was sealed under a master key that is not in the ring."""


@dataclass(frozen=True, slots=True)
class _Master:
    key_id: str
    wrap: AESGCM
    payload: AESGCM


class Keys(Protocol):
    """The part of the settings that holds the keys, in their text forms."""

    @property
    def master_key(self) -> str | None:
        """Master keys, the current one first."""

    @property
    def lookup_key(self) -> str | None:
        """The keys for receipts and look-ups, where they are kept apart."""


class KeyRing:
    """Master keys, the current one first; older ones only open what they once sealed.

    Each is 32 bytes; the sealing keys come from the newest. The look-up and receipt keys are kept
    apart, because what they made is stored and compared for years: `apart` are their 64 bytes.
    Without them they come from the oldest, as they did before they were kept apart.
    """

    def __init__(self, *masters: bytes, apart: bytes | None = None) -> None:
        if not masters or any(len(master) != 32 for master in masters):  # noqa: PLR2004 - AES-256
            msg = "a master key is 32 bytes, and there must be at least one"
            raise ValueError(msg)
        self._ring = {m.key_id: m for m in map(_master, masters)}
        self._current = next(iter(self._ring.values()))
        if apart is not None and len(apart) != 64:  # noqa: PLR2004 - two keys of 32 bytes
            msg = "the key for look-ups is 64 bytes"
            raise ValueError(msg)
        made = _derive(masters[-1], "lookup") + _derive(masters[-1], "receipt")
        self.apart = made if apart is None else apart
        self._lookup, self._receipt = self.apart[:32], self.apart[32:]
        self._files = _derive(self.apart, "files")

    @classmethod
    def from_text(cls, text: str, apart: str | None = None) -> "KeyRing":
        """Comma-separated base64 keys, the current one first; `apart` in base64."""
        masters = (base64.b64decode(part.strip(), validate=True) for part in text.split(","))
        return cls(*masters, apart=None if apart is None else base64.b64decode(apart))

    @classmethod
    def of(cls, settings: Keys) -> "KeyRing":
        """The ring of the settings."""
        return cls.from_text(settings.master_key or "", settings.lookup_key)

    @property
    def current(self) -> str:
        """The id of the master key that seals; what it wrapped begins with it."""
        return self._current.key_id

    def apart_as_text(self) -> str:
        """The keys for receipts and look-ups, to be kept apart from the master keys."""
        return base64.b64encode(self.apart).decode()

    def wrap(self, data_key: bytes, label: str) -> bytes:
        """A data key sealed under the current master key; `label` must be given again to open."""
        return self._seal(self._current.wrap, data_key, label)

    def unwrap(self, wrapped: bytes, label: str) -> bytes:
        """The data key; `UnknownKey` when its master key is not in the ring."""
        return self._open("wrap", wrapped, label)

    def seal_payload(self, payload: bytes, label: str) -> bytes:
        """A workflow payload sealed under the current master key."""
        return self._seal(self._current.payload, payload, label)

    def open_payload(self, sealed: bytes, label: str) -> bytes:
        """The payload; `UnknownKey` when its master key is not in the ring."""
        return self._open("payload", sealed, label)

    def lookup(self, text: str) -> str:
        """A keyed hash to find the same phone number again, never a plain hash of it."""
        return hmac.new(self._lookup, text.encode(), hashlib.sha256).hexdigest()

    def file_key(self, plain: bytes) -> bytes:
        """The key that seals this content and no other: made of it, and of the keys kept apart."""
        return hmac.new(self._files, plain, hashlib.sha256).digest()

    def receipt_secret(self, case_id: str, key: str) -> str:
        """The secret of a receipt, the same for the same request repeated with the same key."""
        return self._token(f"receipt\0{case_id}\0{key}")

    def rating_secret(self, case_id: str, round_: int, subject: str = "reporter") -> str:
        """The secret of a resident's one-time rating link of a round."""
        whose = "" if subject == "reporter" else f"\0{subject}"
        return self._token(f"rating\0{case_id}\0{round_}{whose}")

    def partner_secret(self, case_id: str, summons_id: str, partner_id: str) -> str:
        """The secret of a partner's link to one summons; of a later summons it is another."""
        return self._token(f"partner\0{case_id}\0{summons_id}\0{partner_id}")

    def party_secret(self, case_id: str, subject: str) -> str:
        """The secret of a party's own link to its dispute."""
        return self._token(f"party\0{case_id}\0{subject}")

    def _token(self, text: str) -> str:
        digest = hmac.new(self._receipt, text.encode(), hashlib.sha256).digest()
        return base64.b32encode(digest[:15]).decode().lower()

    def _seal(self, cipher: AESGCM, plain: bytes, label: str) -> bytes:
        return self._current.key_id.encode() + seal(cipher, plain, label)

    def _open(self, purpose: str, sealed: bytes, label: str) -> bytes:
        key_id = sealed[:8].decode("ascii", "replace")
        master = self._ring.get(key_id)
        if master is None:
            msg = f"sealed under master key {key_id!r}, which is not in the ring"
            raise UnknownKey(msg)
        return unseal(getattr(master, purpose), sealed[8:], label)


def new_data_key() -> bytes:
    """A fresh AES-256 key."""
    return secrets.token_bytes(32)


def seal(cipher: AESGCM, plain: bytes, label: str) -> bytes:
    """Nonce and ciphertext; `label` is authenticated with it."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + cipher.encrypt(nonce, plain, label.encode())


def unseal(cipher: AESGCM, box: bytes, label: str) -> bytes:
    """The plain bytes; `UnknownKey` when key, label or box do not belong together."""
    try:
        return cipher.decrypt(box[:NONCE], box[NONCE:], label.encode())
    except (InvalidTag, ValueError) as error:  # ValueError: too short to hold a nonce
        msg = f"the box at {label} does not open with its key"
        raise UnknownKey(msg) from error


def hashed(secret: str) -> str:
    """How a secret of high entropy is stored: its SHA-256, in hex."""
    return hashlib.sha256(secret.encode()).hexdigest()


def same(left: str, right: str) -> bool:
    """Compare two secrets in constant time."""
    return hmac.compare_digest(left.encode(), right.encode())


def _master(key: bytes) -> _Master:
    return _Master(
        key_id=hashlib.sha256(b"shouwen master key id" + key).hexdigest()[:8],
        wrap=AESGCM(_derive(key, "wrap")),
        payload=AESGCM(_derive(key, "payload")),
    )


def _derive(key: bytes, purpose: str) -> bytes:
    info = f"shouwen {purpose}".encode()
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=info).derive(key)
