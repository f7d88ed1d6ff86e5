"""Payloads leave for Temporal sealed: AES-256-GCM, bound to their workflow. No key lives here."""

import re
from collections.abc import Sequence
from typing import Protocol

from temporalio.api.common.v1 import Payload
from temporalio.converter import (
    ActivitySerializationContext,
    PayloadCodec,
    SerializationContext,
    WithSerializationContext,
    WorkflowSerializationContext,
)

ENCODING = b"binary/shouwen-sealed"


class Sealer(Protocol):
    """What seals and opens; the sealed bytes begin with the id of their key."""

    def seal_payload(self, payload: bytes, label: str) -> bytes:
        """Sealed bytes, bound to the label."""

    def open_payload(self, sealed: bytes, label: str) -> bytes:
        """The plain bytes."""


TURN = re.compile(r"-\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
"""What a schedule adds to the id of what it starts. Each turn is given what the turn before it came
to, sealed under that one's id: without the time the two are the same.
"""


class SealedPayloads(PayloadCodec, WithSerializationContext):
    """Seals every payload under the current key, with the workflow id as associated data."""

    def __init__(self, sealer: Sealer, workflow_id: str = "") -> None:
        self._sealer = sealer
        self._workflow_id = workflow_id

    def with_context(self, context: SerializationContext) -> "SealedPayloads":
        """The same codec for one workflow's payloads."""
        if isinstance(context, WorkflowSerializationContext | ActivitySerializationContext):
            return SealedPayloads(self._sealer, TURN.sub("", context.workflow_id or ""))
        return self

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Seal each payload whole, its own metadata included."""
        return [self._seal(payload) for payload in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Open what is sealed; leave what Temporal itself wrote in the clear."""
        return [self._open(payload) for payload in payloads]

    def _seal(self, payload: Payload) -> Payload:
        sealed = self._sealer.seal_payload(payload.SerializeToString(), self._workflow_id)
        return Payload(metadata={"encoding": ENCODING, "key": sealed[:8]}, data=sealed)

    def _open(self, payload: Payload) -> Payload:
        if payload.metadata.get("encoding") != ENCODING:
            return payload
        return Payload.FromString(self._sealer.open_payload(payload.data, self._workflow_id))
