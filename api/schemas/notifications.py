"""Bodies of the inbox."""

from typing import Annotated

from pydantic import Field

from api.schemas.base import Body

Entry = Annotated[int, Field(ge=1, le=2**63 - 1, strict=True)]


class ReadBody(Body):
    """Up to which entry, that one included, everything was read."""

    upto: Entry
