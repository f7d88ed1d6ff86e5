"""What a witness sends."""

from typing import Annotated

from pydantic import Field

from api.schemas.base import Body


class CosignatureBody(Body):
    """One signature line of a note, of the kind cosignature/v1."""

    line: Annotated[str, Field(max_length=500)]
