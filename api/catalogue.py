"""The responsibility catalogue as everybody may see it: whose work is what, what is admitted."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import AfterValidator, BaseModel, Field

from api import words
from api.context import Here, now
from api.models_named import Named
from api.schemas.base import Body, Said, clean
from domain import suggesting
from domain.book import Book
from domain.catalogue import Item
from domain.words import Belonging, DeadlineClass, Stage
from store import admissions
from store.database import raw

router = APIRouter(prefix="/api/v1/catalogue", tags=["catalogue"])
Word = Annotated[str, Query(max_length=100), AfterValidator(clean)]


class InForce(BaseModel):
    """An admission in force now: for which units and all below them, and until when."""

    admission_id: str
    units: list[Named]
    ends_at: datetime


class ItemView(BaseModel):
    """One kind of matter (R3.1)."""

    item_id: str
    name: str
    class_id: str
    class_name: str
    belonging: str
    department: Named
    first_rung: str
    deadline: str
    evidence: bool
    skips_rungs: bool
    retired: bool
    admissions: list[InForce]


class ClassView(BaseModel):
    """A class of items and how many of them are shown."""

    class_id: str
    name: str
    items: int


class CatalogueView(BaseModel):
    """The catalogue in force, as far as it was asked for; `unsure` is the item for whoever cannot
    say which it is, None where the catalogue has none.
    """

    version: str
    unsure: str | None
    classes: list[ClassView]
    items: list[ItemView]


@router.get("")
async def show_catalogue(
    here: Here,
    text: Word | None = None,
    class_id: Word | None = None,
    belonging: Belonging | None = None,
    department: Word | None = None,
    first_rung: Stage | None = None,
    deadline: DeadlineClass | None = None,
) -> CatalogueView:
    """Every item that fits; `text` is looked for in the names of items and classes."""
    book, at = await here.book(), now()
    async with raw(here.engine) as connection:
        admitted = await admissions.in_force(connection, at)
    wanted = {
        "class_id": class_id,
        "belonging": belonging,
        "department_id": department,
        "first_rung": first_rung,
        "deadline": deadline,
    }
    found = [item for item in book.catalogue.items.values() if _fits(item, wanted, text)]
    unsure = book.catalogue.unsure
    return CatalogueView(
        version=book.catalogue.version,
        unsure=unsure.item_id if unsure else None,
        classes=_classes(found),
        items=[_item(item, admitted, book) for item in found],
    )


class Suggested(BaseModel):
    """An item that words may mean."""

    item_id: str
    name: str
    class_name: str


class Suggestions(BaseModel):
    """What was made of the words, the likeliest first."""

    items: list[Suggested]


class WordsBody(Body):
    """What somebody said, and how many suggestions are wanted."""

    text: Said
    most: Annotated[int, Field(ge=1, le=20, strict=True)] = 6


@router.post("/suggestions")
async def suggest(body: WordsBody, here: Here) -> Suggestions:
    """Items that somebody's own words may mean; nothing of it is kept, nor in any address."""
    catalogue = (await here.book()).catalogue
    found = suggesting.suggested(body.text, catalogue, body.most)
    return Suggestions(
        items=[
            Suggested(item_id=item.item_id, name=item.name, class_name=item.class_name)
            for item in found
        ]
    )


def _fits(item: Item, wanted: Mapping[str, str | None], text: str | None) -> bool:
    if any(value is not None and getattr(item, key) != value for key, value in wanted.items()):
        return False
    said = f"{item.item_id} {item.name} {item.class_name}".casefold()
    return text is None or text.casefold() in said


def _classes(items: Iterable[Item]) -> list[ClassView]:
    found: dict[str, ClassView] = {}
    for item in items:
        fresh = ClassView(class_id=item.class_id, name=item.class_name, items=0)
        found.setdefault(item.class_id, fresh).items += 1
    return list(found.values())


def _item(item: Item, admitted: list[Mapping[str, Any]], book: Book) -> ItemView:
    mine = [each for each in admitted if each["item_id"] == item.item_id]
    return ItemView(
        item_id=item.item_id,
        name=item.name,
        class_id=item.class_id,
        class_name=item.class_name,
        belonging=item.belonging,
        department=_named(item.department_id, book),
        first_rung=item.first_rung,
        deadline=item.deadline,
        evidence=item.evidence,
        skips_rungs=item.skips_rungs,
        retired=item.retired,
        admissions=[
            InForce(
                admission_id=each["admission_id"],
                units=[_named(unit, book) for unit in each["units"]],
                ends_at=each["ends_at"],
            )
            for each in mine
        ],
    )


def _named(unit_id: str, book: Book) -> Named:
    return Named(id=unit_id, name=words.unit_name(unit_id, book.organisation))
