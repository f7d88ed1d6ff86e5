"""Changes of a log's keys, and how far somebody who knows some of them may follow. Pure."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass

from store.notes import ED25519, BadNote, PublicKey, key_change


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyChange:
    """`new` in the place of `old`, all of them vkeys. `signed_by` is who is said to vouch for it,
    with `signature` (base64); both are empty where nobody does.
    """

    origin: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    signed_by: str
    signature: str

    @property
    def holds(self) -> bool:
        """Whether a key of before did sign it."""
        try:
            key = PublicKey.of(self.signed_by)
            signature = base64.b64decode(self.signature, validate=True)
            message = key_change(self.origin, self.old, self.new)
        except (BadNote, ValueError):
            return False
        mine = (key.name, key.kind) == (self.origin, ED25519) and self.signed_by in self.old
        return mine and key.confirms(message, signature)


def followed(origin: str, known: Iterable[str], changes: Iterable[KeyChange]) -> list[str]:
    """The keys to believe for whoever believed the known ones: each change that one of them vouches
    for puts its new keys in their place. The changes are in the order in which they came.
    """
    keys = [*known]
    for change in changes:
        if change.origin == origin and change.signed_by in keys and change.holds:
            keys = [*change.new]
    return keys
