"""How rare a count is by chance: exactly where few are counted, from above where many. No I/O.

From `MANY` on the exact numbers would have more digits than can be multiplied in passing. There it
is a bound in fixed decimals, never below the true chance, the same on every machine; no floats.
"""

from decimal import Context, Decimal, localcontext
from math import comb

MANY = 2_000
"""Cases from which the chance is bounded, not added up exactly."""
TERMS = 2_000
"""Terms of the sum that are added one by one; all after them are taken for a geometric series."""
DECIMALS = Context(prec=50)
PI = Decimal("3.1415926535897932384626433832795028841971693993751")
ROUNDING = Decimal("1e-25")
"""More than all roundings can come to together, as a share of the chance."""


def rarer(whole: int, count: int, here: int, there: int, once_in: int) -> bool:
    """Whether at least `count` of `whole` fall here at most once in so many times by chance.

    Each falls here with the chance of `here` among both. Of many it is said only where it is sure.
    """
    if count * there <= (whole - count) * here:
        return False
    if whole < MANY:
        return _exactly(whole, count, here, there, once_in)
    return at_most(whole, count, here, there) * once_in <= 1


def _exactly(whole: int, count: int, here: int, there: int, once_in: int) -> bool:
    term = comb(whole, count) * here**count * there ** (whole - count)
    total, summed = (here + there) ** whole, 0
    for number in range(count, whole + 1):
        summed += term
        if summed * once_in > total:
            return False
        term = term * (whole - number) * here // ((number + 1) * there)
        if (summed + term * (whole - number)) * once_in <= total:  # each further term is smaller
            return True
    return True


def at_most(whole: int, count: int, here: int, there: int) -> Decimal:
    """A bound from above of the chance that `count` or more of `whole` fall here.

    `count` is more than the expected number. The first term by Stirling's formula with Robbins'
    bounds, at most 0.7 % too high; the others by their ratios, which fall.
    """
    with localcontext(DECIMALS):
        summed = ratio = Decimal(1)
        term, number = Decimal(1), count
        for number in range(count, min(count + TERMS, whole + 1)):
            ratio = Decimal((whole - number) * here) / ((number + 1) * there)
            term *= ratio
            summed += term
        rest = term * ratio / (1 - ratio)
        return _first(whole, count, here, there) * (summed + rest) * (1 + ROUNDING)


def _first(whole: int, count: int, here: int, there: int) -> Decimal:
    """At least the chance of exactly `count`."""
    left, both = whole - count, here + there
    share = count * (Decimal(here * whole) / (count * both)).ln()
    if not left:
        return share.exp()
    share += left * (Decimal(there * whole) / (left * both)).ln()
    robbins = Decimal(1) / (12 * whole)
    robbins -= Decimal(1) / (12 * count + 1) + Decimal(1) / (12 * left + 1)
    return (share + robbins).exp() * (Decimal(whole) / (2 * PI * count * left)).sqrt()
