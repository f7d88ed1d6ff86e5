"""Each parameter of a question is said once: of one that is said twice the last would be taken, and
the answer would be to another question. Which parameters there are, each route says.
"""

from collections import Counter

from fastapi import Depends, Request
from fastapi.params import Depends as Dependency

from api.errors import Problem

TOLD = "say it once"


def once(*several: str) -> Dependency:
    """What a router depends on so that its questions are read as they are meant; `several` names
    the parameters that may hold more than one value.
    """

    def check(request: Request) -> None:
        said = Counter(name for name, _ in request.query_params.multi_items())
        twice = [name for name, times in said.items() if times > 1 and name not in several]
        if twice:
            places = [
                {"where": f"query/{name}", "code": "said_twice", "message": TOLD} for name in twice
            ]
            raise Problem(422, "invalid_request", "see errors for each place", errors=places)

    dependency: Dependency = Depends(check)
    return dependency
