"""Seals a file and names it. Pure: no file is read or written here.

The key comes from the content under a key of the server's, so that the same content is sealed to
the same bytes and stored once; who has neither the content nor a record of its key opens nothing.
"""

import base64
import hashlib

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from store.keys import KeyRing

FORM = b"shouwen file 1\n"
"""What stored bytes begin with."""
ONCE = bytes(12)
"""The nonce: a key seals one content and no other, so there is nothing to tell apart."""


class WrongKey(Exception):
    """Key and bytes do not belong together."""


def opener_of(plain: bytes, ring: KeyRing) -> str:
    """What seals this content and opens it again, as text."""
    return base64.b64encode(ring.file_key(plain)).decode()


def seal(plain: bytes, opener: str) -> bytes:
    """The bytes as they are stored."""
    return FORM + AESGCM(base64.b64decode(opener)).encrypt(ONCE, plain, FORM)


def unseal(stored: bytes, opener: str) -> bytes:
    """The content; `WrongKey` when it does not open."""
    if not stored.startswith(FORM):
        raise WrongKey
    try:
        return AESGCM(base64.b64decode(opener)).decrypt(ONCE, stored[len(FORM) :], FORM)
    except (InvalidTag, ValueError) as error:
        raise WrongKey from error


def address_of(stored: bytes) -> str:
    """Where the bytes lie, and what they are held against at every read."""
    return hashlib.sha256(stored).hexdigest()


def digest_of(plain: bytes) -> str:
    """The SHA-256 of a file as it is shown, in hex."""
    return hashlib.sha256(plain).hexdigest()
