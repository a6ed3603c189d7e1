"""Who is next, by weight: the same for Locust's users and for an exported script."""

from collections.abc import Mapping
from functools import reduce
from math import gcd
from typing import TypeVar

T = TypeVar("T")


def turn_of(weights: Mapping[T, int]) -> list[T]:
    """One full turn with each key as often as its weight says, interleaved as evenly as possible
    (smooth weighted round-robin). VU ``n`` takes the place ``(n - 1) % len(turn)``.
    """
    common = reduce(gcd, weights.values())
    shares = {key: weight // common for key, weight in weights.items()}
    credit = dict.fromkeys(shares, 0)
    turn: list[T] = []
    for _ in range(sum(shares.values())):
        for key, share in shares.items():
            credit[key] += share
        chosen = max(credit, key=credit.__getitem__)
        credit[chosen] -= sum(shares.values())
        turn.append(chosen)
    return turn
