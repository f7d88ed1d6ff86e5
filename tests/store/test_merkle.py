"""The Merkle tree against the definition of RFC 9162 written down as it stands there."""

import hashlib
from collections.abc import Callable, Iterable
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store import merkle
from store.merkle import Growing, Node, Proof

pytestmark = pytest.mark.rule("R14.2")


@cache
def entry(number: int) -> bytes:
    return hashlib.sha256(f"event {number}".encode()).digest()


# -- the definition: 2.1.1, 2.1.3.1, 2.1.4.1 ---------------------------------


def split(number: int) -> int:
    k = 1
    while k * 2 < number:
        k *= 2
    return k


@cache
def mth(begin: int, end: int) -> bytes:
    n = end - begin
    if n == 0:
        return hashlib.sha256(b"").digest()
    if n == 1:
        return hashlib.sha256(b"\x00" + entry(begin)).digest()
    k = split(n)
    return hashlib.sha256(b"\x01" + mth(begin, begin + k) + mth(begin + k, end)).digest()


def path(m: int, begin: int, end: int) -> list[bytes]:
    n = end - begin
    if n == 1:
        return []
    k = split(n)
    if m < k:
        return [*path(m, begin, begin + k), mth(begin + k, end)]
    return [*path(m - k, begin + k, end), mth(begin, begin + k)]


def subproof(m: int, begin: int, end: int, *, whole: bool) -> list[bytes]:
    n = end - begin
    if m == n:
        return [] if whole else [mth(begin, end)]
    k = split(n)
    if m <= k:
        return [*subproof(m, begin, begin + k, whole=whole), mth(begin + k, end)]
    return [*subproof(m - k, begin + k, end, whole=False), mth(begin, begin + k)]


# -- the same from nodes -----------------------------------------------------


def hashes(nodes: Iterable[Node]) -> dict[Node, bytes]:
    """The nodes of the tree of the entries, by the definition."""
    return {n: mth(n.number << n.height, (n.number + 1) << n.height) for n in nodes}


def inclusion(index: int, size: int) -> Proof:
    ranges = merkle.inclusion(index, size)
    return merkle.proof(ranges, hashes(merkle.needed(ranges)))


def consistency(first: int, second: int) -> Proof:
    ranges = merkle.consistency(first, second)
    return merkle.proof(ranges, hashes(merkle.needed(ranges)))


SIZES = st.integers(1, 1200)


def pairs(draw: Callable[..., int]) -> tuple[int, int]:
    size = draw(SIZES)
    return draw(st.integers(1, size)), size


PAIRS = st.composite(pairs)()


def test_a_tree_that_grows_has_the_root_of_the_definition_at_each_size() -> None:
    tree = Growing()
    assert tree.root() == merkle.EMPTY == mth(0, 0)
    for number in range(600):
        tree.add(merkle.leaf(entry(number)))
        assert tree.root() == mth(0, number + 1)


@given(PAIRS)
def test_a_tree_goes_on_growing_from_its_peaks(sizes: tuple[int, int]) -> None:
    first, second = sizes
    nodes = merkle.nodes_of((0, first))
    tree = Growing(first, [hashes(nodes)[node] for node in nodes])
    for number in range(first, second):
        tree.add(merkle.leaf(entry(number)))
    assert (tree.size, tree.root()) == (second, mth(0, second))


@given(SIZES)
def test_full_subtrees_make_the_root(size: int) -> None:
    assert merkle.root_of((0, size), hashes(merkle.nodes_of((0, size)))) == mth(0, size)


@settings(max_examples=400)
@given(PAIRS)
def test_an_inclusion_proof_is_the_definitions_and_is_believed(sizes: tuple[int, int]) -> None:
    number, size = sizes
    found = inclusion(number - 1, size)
    assert list(found) == path(number - 1, 0, size)
    assert merkle.includes(mth(0, size), size, number - 1, merkle.leaf(entry(number - 1)), found)


@settings(max_examples=400)
@given(PAIRS)
def test_a_consistency_proof_is_the_definitions_and_is_believed(sizes: tuple[int, int]) -> None:
    first, second = sizes
    found = consistency(first, second)
    assert list(found) == subproof(first, 0, second, whole=True)
    assert merkle.extends(first, mth(0, first), second, mth(0, second), found)


@given(PAIRS, st.data())
def test_a_changed_inclusion_proof_is_not_believed(
    sizes: tuple[int, int], data: st.DataObject
) -> None:
    number, size = sizes
    index, hashed, found = number - 1, merkle.leaf(entry(number - 1)), inclusion(number - 1, size)
    root = mth(0, size)
    other = data.draw(st.integers(0, size).filter(lambda n: n != index))
    assert not merkle.includes(root, size, other, hashed, found)
    assert not merkle.includes(root, size, index, merkle.leaf(entry(size + 1)), found)
    assert not merkle.includes(entry(0), size, index, hashed, found)
    assert not merkle.includes(root, size, index, hashed, [*found, entry(0)])
    if found:
        at = data.draw(st.integers(0, len(found) - 1))
        assert not merkle.includes(root, size, index, hashed, changed(found, at))
        assert not merkle.includes(root, size, index, hashed, found[:-1])


@given(PAIRS, st.data())
def test_a_changed_consistency_proof_is_not_believed(
    sizes: tuple[int, int], data: st.DataObject
) -> None:
    first, second = sizes
    found, before, after = consistency(first, second), mth(0, first), mth(0, second)
    assert not merkle.extends(first, entry(0), second, after, found)
    assert not merkle.extends(first, before, second, entry(0), found)
    assert not merkle.extends(first, before, second, after, [*found, entry(0)])
    assert not merkle.extends(second + 1, before, second, after, found)
    if found:
        at = data.draw(st.integers(0, len(found) - 1))
        assert not merkle.extends(first, before, second, after, changed(found, at))
        assert not merkle.extends(first, before, second, after, found[:-1])


def changed(proof: Proof, at: int) -> list[bytes]:
    return [bytes(32) if number == at else each for number, each in enumerate(proof)]


@given(st.integers(0, 40), st.integers(0, 2**40))
def test_a_node_lies_in_one_tile(height: int, number: int) -> None:
    found = merkle.place(Node(height, number))
    assert found.first >= 0
    assert found.first + found.many <= merkle.WIDTH
    leaves = merkle.WIDTH**found.level  # under each hash of the tile
    assert (found.tile * merkle.WIDTH + found.first) * leaves == number << height
    assert found.many * leaves == 1 << height


def test_proofs_at_ten_million_events_are_made_of_few_nodes() -> None:
    nodes = merkle.needed(merkle.inclusion(1_234_567, 10_000_000))
    assert len(nodes) <= 40
    assert len({merkle.place(node)[:2] for node in nodes}) <= 8


def test_there_is_no_proof_of_what_is_not_there() -> None:
    with pytest.raises(ValueError, match="leaf 5 is not in a tree of 5"):
        merkle.inclusion(5, 5)
    for first, second in ((0, 5), (6, 5)):
        with pytest.raises(ValueError, match="no way"):
            merkle.consistency(first, second)


def test_known_values_of_the_standard() -> None:
    """The roots that implementations of Certificate Transparency test with."""
    inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657"]
    tree = Growing()
    for text in inputs:
        tree.add(hashlib.sha256(b"\0" + bytes.fromhex(text)).digest())
    assert tree.root().hex() == "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"
