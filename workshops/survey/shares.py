"""Shares in whole percent."""

from collections.abc import Sequence
from fractions import Fraction


def adding_up(counts: Sequence[int]) -> list[int]:
    """Return the percentages of counts that exclude each other; together they are 100.

    The largest remainders are rounded up (Hamilton's method); of equal ones the larger count,
    then the first. Of nothing every share is 0.
    """
    total = sum(counts)
    if not total:
        return [0 for _count in counts]
    exact = [Fraction(100 * count, total) for count in counts]
    shares = [int(share) for share in exact]
    order = sorted(range(len(counts)), key=lambda n: (shares[n] - exact[n], -counts[n], n))
    for number in order[: 100 - sum(shares)]:
        shares[number] += 1
    return shares


def of(count: int, total: int) -> int:
    """Return a share in whole percent, halves rounded up; 0 of nothing."""
    return (200 * count + total) // (2 * total) if total else 0
