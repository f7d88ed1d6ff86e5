"""Which items of the catalogue a resident's own words may mean. A guess to choose from, never a
decision: it knows the names of items and classes and no more. Pure.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from math import log

from domain.catalogue import Catalogue, Item

CLASS_WEIGHT = 0.5
"""What a word of the class is worth beside one of the item: it fits several."""
SINGLE_WEIGHT = 0.3
"""What one character is worth beside a pair: most words are pairs."""
LEAST = 0.6
"""Of what a pair is worth that one item alone has: below this, what two texts share is chance."""


def suggested(text: str, catalogue: Catalogue, most: int) -> list[Item]:
    """At most so many items, the likeliest first; none where the words say nothing."""
    items = [item for item in catalogue.items.values() if not item.retired]
    spread = Counter(piece for item in items for piece in _pieces(_words(item)))
    worth = {
        piece: log(1 + len(items) / spread[piece]) * (1 if len(piece) > 1 else SINGLE_WEIGHT)
        for piece in _pieces(text)
        if piece in spread
    }
    scored = ((_score(item, worth), item) for item in items)
    likely = [(score, item) for score, item in scored if score >= LEAST * log(1 + len(items))]
    likely.sort(key=lambda each: (-each[0], each[1].item_id))
    return [item for _, item in likely[:most]]


def _words(item: Item) -> str:
    return f"{item.name} {item.class_name}"


def _score(item: Item, worth: Mapping[str, float]) -> float:
    name = _pieces(item.name)
    own = sum(worth.get(piece, 0.0) for piece in name)
    of_class = sum(worth.get(piece, 0.0) for piece in _pieces(item.class_name) - name)
    return own + CLASS_WEIGHT * of_class


def _pieces(text: str) -> set[str]:
    """Characters, and pairs of neighbours, as far as they are letters or digits."""
    return set(_runs(text.casefold()))


def _runs(text: str) -> Iterator[str]:
    for one, two in pairwise(f"{text} "):
        if one.isalnum():
            yield one
            if two.isalnum():
                yield one + two
