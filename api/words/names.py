"""What units, people and catalogue items are called; the id where they no longer exist."""

from api.words.table import Language, Table, say
from domain.catalogue import Catalogue
from domain.organisation import Organisation

ACTORS: Table = {
    "system": ("系统", "system"),
    "resident": ("居民", "resident"),
    "unknown": ("身份不明", "unknown"),
    "console": ("服务器命令行", "command line"),
}


def unit_name(unit_id: str | None, organisation: Organisation) -> str:
    """The name of a unit or of a partner; the id where it no longer exists."""
    found = organisation.units.get(unit_id or "") or organisation.partner(unit_id or "")
    return found.name if found else unit_id or ""


def person_name(person_id: str, organisation: Organisation) -> str:
    """A member of staff by name; the id otherwise."""
    person = organisation.people.get(person_id)
    return person.name if person else person_id


def actor_name(person_id: str, organisation: Organisation, language: Language) -> str:
    """Who did it: a member of staff or a partner by name, the resident, or the system."""
    if person_id in ACTORS:
        return say(ACTORS, person_id, language)
    partner = organisation.partner(person_id)
    return partner.name if partner else person_name(person_id, organisation)


def item_name(item_id: str, catalogue: Catalogue) -> str:
    """The name of an item of the catalogue."""
    item = catalogue.items.get(item_id)
    return item.name if item else item_id
