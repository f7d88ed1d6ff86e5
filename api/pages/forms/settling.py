"""What is typed made ready to be drawn: entries of lists are counted from nought without gaps, as
the API counts them, and a list that must have one begins with one.
"""

import re
from collections.abc import Mapping

from pydantic import BaseModel

from api.pages.forms.pressing import most
from api.pages.forms.shapes import Shape, shapes
from api.pages.forms.typed import Typed


def settled(body: type[BaseModel], typed: Typed | None) -> Typed:
    """For a form that was not sent yet, with an entry in every list that is asked for."""
    lists = [shape for shape in shapes(body) if shape.kind == "bodies"]
    if typed is None:
        return Typed({f"{shape.name}.0": ("",) for shape in lists if shape.required})
    for shape in lists:
        typed = Typed(dict(_renumbered(shape, typed)), typed.files)
    return typed


def _renumbered(shape: Shape, typed: Typed) -> Mapping[str, tuple[str, ...]]:
    numbers = {str(old): new for new, old in enumerate(typed.entries(shape.name, most(shape)))}
    form = re.compile(re.escape(shape.name) + r"\.([0-9]+)(\..*)?", re.ASCII | re.DOTALL)
    found: dict[str, tuple[str, ...]] = {}
    for name, texts in typed.values.items():
        hit = form.fullmatch(name)
        if hit is None:
            found[name] = texts
        elif hit[1] in numbers:
            found[f"{shape.name}.{numbers[hit[1]]}{hit[2] or ''}"] = texts
    return found
