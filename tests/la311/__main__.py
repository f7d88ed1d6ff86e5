"""Writes docs/la311.md and its charts again, on a server of its own: ``python -m tests.la311``."""

import asyncio
import base64
import secrets
import sys
import tempfile
from pathlib import Path

from cli.local.postgres import LocalPostgres
from cli.seed import seed_if_empty
from settings import Settings
from store.migrate import upgrade
from tests.la311.page import files
from tests.la311.scored import REAL, brought_in, scored

DOCS = Path(__file__).parents[2] / "docs"


async def written(settings: Settings) -> None:
    """Import, count, write."""
    result = await brought_in(settings)
    for name, text in files(await scored(settings, result)).items():
        (DOCS / name).write_text(text, encoding="utf-8")
        sys.stdout.write(f"{DOCS / name}\n")


async def main() -> None:
    """On an empty database with the sample town."""
    with tempfile.TemporaryDirectory() as folder:
        server = LocalPostgres(Path(folder), durable=False)
        server.start()
        try:
            settings = Settings(
                data=Path(folder),
                master_key=base64.b64encode(secrets.token_bytes(32)).decode(),
                database_url=server.url("app", "shouwen"),
                database_owner_url=server.url("owner", "shouwen"),
            )
            await upgrade(server.url("owner", "shouwen"))
            await seed_if_empty(settings)
            await written(settings)
        finally:
            server.stop()


if __name__ == "__main__":
    if not REAL.exists():
        sys.exit(f"{REAL} is not on this machine")
    asyncio.run(main())
