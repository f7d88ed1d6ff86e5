"""The evidence file written: `shouwen export --format journal`. What is in it is store's."""

from typing import BinaryIO

from cli.local.failure import LocalError

NAME = "journal"


def refuse_filters(*filters: object) -> None:
    """LocalError for any: what is left out could not be told from what was taken away."""
    if any(filters):
        raise LocalError("The evidence file is the whole journal: it takes no filters")


async def write(url: str, out: BinaryIO) -> int:
    """The whole file, from one snapshot; how many events there are."""
    from store import evidence_file
    from store.verifying.whole import snapshot

    count = 0
    async with snapshot(url) as connection:
        async for piece, so_far in evidence_file.pieces(connection):
            out.write(piece)
            count = so_far
    return count
