"""What is answered when the store of files does not do as it should: clear, and nothing is lost."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from api.errors import Problem
from store.files.sealing import WrongKey
from store.files.vault import Away, Changed, Full, Missing

AGAIN = {"Retry-After": "5"}


@asynccontextmanager
async def kept() -> AsyncIterator[None]:
    """Say what the store says in the words of HTTP."""
    try:
        yield
    except Full:
        told = "no room is left for files; nothing else is affected"
        raise Problem(503, "files_full", told, headers={"Retry-After": "60"}) from None
    except Away:
        told = "the store of files does not answer; send the same again"
        raise Problem(503, "files_unavailable", told, headers=AGAIN) from None
    except Missing:
        raise Problem(503, "file_missing", "the store has lost it: tell your operator") from None
    except (Changed, WrongKey):
        told = "what the store has is not what was kept, and is not shown: tell your operator"
        raise Problem(503, "file_changed", told) from None
