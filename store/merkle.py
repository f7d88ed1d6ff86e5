"""The Merkle tree of RFC 9162 over the events' hashes, cut into tiles of 256 (C2SP tlog-tiles).

Pure: says which nodes a root or a proof is made of; whoever asks brings their hashes.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

LEVEL = 8
"""How many heights of the tree one level of tiles holds."""
WIDTH = 1 << LEVEL
EMPTY = hashlib.sha256().digest()
"""The root of a tree without leaves."""

Range = tuple[int, int]
"""Leaves from the first number up to, not including, the second: always a subtree of RFC 9162."""
Proof = tuple[bytes, ...]


class Node(NamedTuple):
    """A full subtree: the leaves from `number << height`, `1 << height` of them."""

    height: int
    number: int


class Place(NamedTuple):
    """Where a node's hash comes from: `many` hashes from `first` on of a tile."""

    level: int
    tile: int
    first: int
    many: int


def leaf(event_hash: bytes) -> bytes:
    """The leaf of an event; its index is the event's number less one."""
    return hashlib.sha256(b"\0" + event_hash).digest()


def parent(left: bytes, right: bytes) -> bytes:
    """The node above two."""
    return hashlib.sha256(b"\1" + left + right).digest()


def place(node: Node) -> Place:
    """The tile that holds what a node is made of."""
    level, above = divmod(node.height, LEVEL)
    tile, first = divmod(node.number << above, WIDTH)
    return Place(level, tile, first, 1 << above)


def above(hashes: Sequence[bytes]) -> bytes:
    """The node over 1, 2, 4 … neighbours."""
    row = list(hashes)
    while len(row) > 1:
        row = [parent(row[n], row[n + 1]) for n in range(0, len(row), 2)]
    return row[0]


# -- which nodes --------------------------------------------------------------


def nodes_of(part: Range) -> list[Node]:
    """The full subtrees of a range, from the left; the largest come first."""
    begin, end = part
    found = []
    while begin < end:
        height = (end - begin).bit_length() - 1
        if begin:
            height = min(height, (begin & -begin).bit_length() - 1)
        found.append(Node(height, begin >> height))
        begin += 1 << height
    return found


def inclusion(index: int, size: int) -> list[Range]:
    """The neighbours that lead from a leaf up to the root of a tree of that size."""
    if not 0 <= index < size:
        msg = f"leaf {index} is not in a tree of {size}"
        raise ValueError(msg)
    begin, end = 0, size
    found: list[Range] = []
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((begin, middle))
            begin = middle
    return found[::-1]


def consistency(first: int, second: int) -> list[Range]:
    """What shows that the tree of `first` leaves is the beginning of that of `second`."""
    if not 0 < first <= second:
        msg = f"no way from a tree of {first} to one of {second}"
        raise ValueError(msg)
    begin, end = 0, second
    found: list[Range] = []
    whole = True  # the smaller tree is a full subtree whose root the reader knows
    while first != end:
        middle = begin + _split(end - begin)
        if first <= middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((begin, middle))
            begin, whole = middle, False
    return [*([] if whole else [(begin, end)]), *found[::-1]]


def _split(leaves: int) -> int:
    """The largest power of two below the number of leaves."""
    return 1 << ((leaves - 1).bit_length() - 1)


def needed(ranges: Iterable[Range]) -> list[Node]:
    """The nodes whose hashes make the ranges' roots."""
    return [node for part in ranges for node in nodes_of(part)]


def root_of(part: Range, hashes: Mapping[Node, bytes]) -> bytes:
    """The root of a range."""
    return folded([hashes[node] for node in nodes_of(part)])


def folded(peaks: Sequence[bytes]) -> bytes:
    """The root over full subtrees that stand side by side, the largest first."""
    if not peaks:
        return EMPTY
    root = peaks[-1]
    for left in peaks[-2::-1]:
        root = parent(left, root)
    return root


def proof(ranges: Iterable[Range], hashes: Mapping[Node, bytes]) -> Proof:
    """The proof that ranges make."""
    return tuple(root_of(part, hashes) for part in ranges)


class Growing:
    """A tree that only grows; holds a hash for each bit of its size, and knows its root."""

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        self.size = size
        self._peaks = list(peaks)

    def add(self, hashed: bytes) -> None:
        """One leaf more."""
        below = self.size
        while below & 1:
            hashed = parent(self._peaks.pop(), hashed)
            below >>= 1
        self._peaks.append(hashed)
        self.size += 1

    @property
    def peaks(self) -> tuple[bytes, ...]:
        """The full subtrees, the largest first."""
        return tuple(self._peaks)

    def root(self) -> bytes:
        """The root of what there is so far."""
        return folded(self._peaks)


# -- verification (RFC 9162, 2.1.3.2 and 2.1.4.2) -----------------------------


def includes(root: bytes, size: int, index: int, hashed: bytes, path: Sequence[bytes]) -> bool:
    """Whether a leaf is in the tree of that root and size, at that index."""
    if not 0 <= index < size:
        return False
    at, last = index, size - 1
    for neighbour in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            hashed = parent(neighbour, hashed)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            hashed = parent(hashed, neighbour)
        at, last = at >> 1, last >> 1
    return last == 0 and hashed == root


def extends(first: int, before: bytes, second: int, after: bytes, path: Sequence[bytes]) -> bool:
    """Whether the tree of `first` leaves and root `before` is the beginning of the other."""
    if not 0 < first <= second:
        return False
    if first == second:
        return not path and before == after
    steps = [before, *path] if first & (first - 1) == 0 else list(path)
    if not steps:
        return False
    at, last = first - 1, second - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = steps[0]
    for node in steps[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = parent(node, old), parent(node, new)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            new = parent(new, node)
        at, last = at >> 1, last >> 1
    return last == 0 and old == before and new == after
