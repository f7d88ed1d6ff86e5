"""The words that tell what a group of cases is about, from their titles. No I/O.

A word that fewer than `VOICES` residents used is never one: it might be somebody's name.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain import masking
from domain.sealing import ERASED

VOICES = 3
"""Residents who used a word at least."""
SHOWN = 5
LONGEST = 6
"""Characters of a Chinese word at most; the shortest has two."""
_CHINESE = re.compile("[㐀-鿿]{2,}")
_LATIN = re.compile(r"[^\W\d_㐀-鿿]{4,}")
_EMPTY = frozenset("的了是在和与及也都又就把被给向对从到请我你他您们这那个很没")
"""A word neither begins nor ends with one of these."""

Said = tuple[str, str]
"""Whose voice (a keyed hash or a case id), and the title."""


@dataclass(frozen=True, slots=True)
class Around:
    """How many of how many titles each word stands in."""

    titles: int
    words: Mapping[str, int]


def around(titles: Sequence[str]) -> Around:
    """The words of all of them, to hold those of a group against."""
    return Around(len(titles), Counter(word for title in titles for word in words(title)))


def telling(said: Iterable[Said], others: Around, names: Collection[str]) -> list[str]:
    """At most `SHOWN` words, those first that stand more often here than among the `others`.

    `names` are never shown, nor are words they are a part of.
    """
    heard = list(said)
    voices = Counter(w for w, _ in {(w, who) for who, title in heard for w in words(title)})
    whole, outside = len({who for who, _ in heard}), max(1, others.titles)
    common = {word: n for word, n in voices.items() if n >= VOICES}

    def weight(word: str) -> tuple[int, int, str]:
        more = common[word] * outside - others.words.get(word, 0) * whole
        return -more * min(len(word), 4), -len(word), word

    whole_words = _whole(common)
    found = sorted((w for w in whole_words if not _names(w, names)), key=weight)
    return found[:SHOWN]


def words(title: str) -> set[str]:
    """What may be a word of the title: parts of its Chinese runs, words of letters."""
    if title == ERASED:
        return set()
    covered = masking.text(title)
    found = {word.lower() for word in _LATIN.findall(covered)}
    for run in _CHINESE.findall(covered):
        for start in range(len(run)):
            for end in range(start + 2, min(start + LONGEST, len(run)) + 1):
                found.add(run[start:end])
    return {word for word in found if word[0] not in _EMPTY and word[-1] not in _EMPTY}


def _whole(common: dict[str, int]) -> list[str]:
    """Without those that are hardly ever said but as a part of a longer one."""
    parts = {
        part
        for word, count in common.items()
        for part in _parts(word)
        if part != word and 4 * count >= 3 * common.get(part, 2 * count)
    }
    return [word for word in common if word not in parts]


def _parts(word: str) -> Iterator[str]:
    """Everything of two characters or more that stands in the word, itself too."""
    return (word[a:b] for a in range(len(word)) for b in range(a + 2, len(word) + 1))


def _names(word: str, names: Collection[str]) -> bool:
    """Whether somebody's name stands in the word."""
    return any(part in names for part in _parts(word))
