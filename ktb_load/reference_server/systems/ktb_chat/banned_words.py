"""10,000 random words of 4 to 10 letters and digits, matched as substrings: the measured filter of
a deployment. ``badword`` and ``forbidden`` are always among them, so that a test has one to say.
"""

from random import Random

_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"
_COUNT = 10_000
_LENGTHS = range(4, 11)
FIXED = ("badword", "forbidden")


class BannedWords:
    """The same words for the same seed."""

    def __init__(self, seed: str) -> None:
        random = Random(f"banned words {seed}")
        words = set(FIXED)
        while len(words) < _COUNT:
            words.add("".join(random.choices(_ALPHABET, k=random.choice(_LENGTHS))))
        self.words = frozenset(words)

    def in_text(self, text: str) -> bool:
        lower, words = text.lower(), self.words
        return any(
            lower[start : start + length] in words
            for length in _LENGTHS
            for start in range(len(lower) - length + 1)
        )
