"""What the API shows of people who sign in."""

from pydantic import BaseModel

from api.models_named import Named


class PostView(BaseModel):
    """A post somebody may act at now."""

    post_id: str
    role: str
    unit: Named


class Me(BaseModel):
    """Who is signed in."""

    person: Named
    posts: list[PostView]


class Token(BaseModel):
    """A bearer token, shown once."""

    token: str
    expires_in_days: int
