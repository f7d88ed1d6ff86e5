"""The smallest model of all: an id with its name. Here so that chapters' models may use it."""

from pydantic import BaseModel


class Named(BaseModel):
    """An id with the name it goes by now."""

    id: str
    name: str
