"""Bodies of signing in and of machines' tokens."""

from typing import Annotated

from pydantic import Field

from api.schemas.base import Body, Id, Title


class SignInBody(Body):
    """Login and password."""

    login: Annotated[str, Field(min_length=1, max_length=100)]
    password: Annotated[str, Field(min_length=1, max_length=1000)]


class TokenBody(Body):
    """A bearer token for a machine that acts as a person."""

    person_id: Id
    label: Annotated[Title, Field(max_length=80)]
    days: Annotated[int, Field(ge=1, le=366, strict=True)] = 90
