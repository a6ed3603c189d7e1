"""The seeded generator behind every choice that a VU makes: PCG32, the same in Python and in
JavaScript.

PCG-XSH-RR 64/32 (O'Neill 2014), seeded by the FNV-1a 64-bit hash of a text. The text of an
iteration is ``test seed/scenario/iteration number in the test``, that of ``on_start`` is ``test
seed/scenario/vu N``, so that the same iteration makes the same choices whichever VU and whichever
runner gets it.
"""

from collections.abc import MutableSequence, Sequence
from itertools import pairwise
from typing import TypeVar

T = TypeVar("T")

_MASK_32 = 0xFFFFFFFF
_MASK_64 = 0xFFFFFFFFFFFFFFFF
_MULTIPLIER = 6364136223846793005
_STREAM = 1442695040888963407
_FNV_OFFSET = 0xCBF29CE484222325
_FNV_PRIME = 0x100000001B3


def hash_text(text: str) -> int:
    """FNV-1a, 64 bits, of the text in UTF-8."""
    value = _FNV_OFFSET
    for byte in text.encode():
        value = ((value ^ byte) * _FNV_PRIME) & _MASK_64
    return value


class Random:
    """A stream of repeatable choices."""

    def __init__(self, seed: str = "") -> None:
        self.reseed(seed)

    def reseed(self, seed: str) -> None:
        """Begin the stream of ``seed``; the work is left until the first choice."""
        self._seed: str | None = seed

    def _begin(self, seed: str) -> None:
        self._seed = None
        self._state = (_STREAM + hash_text(seed)) & _MASK_64
        self.next32()

    def next32(self) -> int:
        """The next 32 random bits."""
        if self._seed is not None:
            self._begin(self._seed)
        state = self._state
        self._state = (state * _MULTIPLIER + _STREAM) & _MASK_64
        shifted = (((state >> 18) ^ state) >> 27) & _MASK_32
        rotation = state >> 59
        return ((shifted >> rotation) | (shifted << (-rotation & 31))) & _MASK_32

    def random(self) -> float:
        """A float in [0, 1), a multiple of 2**-32."""
        return self.next32() / 4294967296

    def below(self, bound: int) -> int:
        """A whole number in [0, bound), every one equally likely; bound at most 2**32."""
        if not 0 < bound <= 4294967296:
            raise ValueError(f"the bound must be between 1 and 2**32, but is {bound}")
        refused = 4294967296 % bound
        while True:
            bits = self.next32()
            if bits >= refused:
                return bits % bound

    def integer(self, low: int, high: int) -> int:
        """A whole number between ``low`` and ``high``, both included."""
        return low + self.below(high - low + 1)

    def uniform(self, low: float, high: float) -> float:
        """A float in [low, high)."""
        return low + (high - low) * self.random()

    def choice(self, items: Sequence[T]) -> T:
        """One of the items."""
        return items[self.below(len(items))]

    def shuffle(self, items: MutableSequence[T]) -> None:
        """Bring the items into a random order, in place (Fisher-Yates, from the end)."""
        for last in range(len(items) - 1, 0, -1):
            other = self.below(last + 1)
            items[last], items[other] = items[other], items[last]

    def text(self, length: int) -> str:
        """Lower-case letters and digits."""
        return "".join(self.choice("abcdefghijklmnopqrstuvwxyz0123456789") for _ in range(length))

    def uuid4(self) -> str:
        """A version 4 UUID (RFC 9562) of this stream's bits."""
        words = [self.next32() for _ in range(4)]
        words[1] = (words[1] & 0xFFFF0FFF) | 0x4000
        words[2] = (words[2] & 0x3FFFFFFF) | 0x80000000
        digits = "".join(f"{word:08x}" for word in words)
        cuts = (0, 8, 12, 16, 20, 32)
        return "-".join(digits[a:b] for a, b in pairwise(cuts))
