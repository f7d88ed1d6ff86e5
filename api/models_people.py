"""What the API shows of people who sign in."""

from datetime import datetime

from pydantic import BaseModel

from api.models_named import Named


class PostView(BaseModel):
    """A post somebody may act at now."""

    post_id: str
    role: str
    unit: Named


class Me(BaseModel):
    """Who is signed in; `unread` entries of their inbox, and the number of its `newest`."""

    person: Named
    posts: list[PostView]
    unread: int
    newest: int


class Token(BaseModel):
    """A bearer token, shown once; `session` names it in records."""

    token: str
    session: str
    expires_in_days: int


class TokenView(BaseModel):
    """A token in force, without its secret; `session` names it in records."""

    session: str
    person: Named
    label: str
    made_at: datetime
    expires_at: datetime
