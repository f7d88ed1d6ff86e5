"""The figures of a report as canonical JSON: what machines read, and what the hash is of."""

import hashlib
import json
from dataclasses import asdict

from domain.report.contents import Contents

FORMAT = 1
"""The number of this form; another one is another form."""


def canonical(contents: Contents) -> bytes:
    """UTF-8 with sorted keys and no white space; numbers are whole or texts of fixed decimals."""
    said = {"format": FORMAT, **asdict(contents)}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
