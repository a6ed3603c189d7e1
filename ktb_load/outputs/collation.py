"""The order in which k6 lists names: JavaScript's ``localeCompare`` without a locale.

That is Unicode collation: spaces, punctuation in an order of its own, digits, letters; among equal
letters first the accents decide, then lower case comes before upper. The order of the ASCII signs
was read off k6 1.8.1. Other signs come by code point, which is right for Hangul.
"""

import unicodedata

_SIGNS = " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789abcdefghijklmnopqrstuvwxyz"
_RANKS = {sign: rank for rank, sign in enumerate(_SIGNS)}

Key = tuple[tuple[int, ...], tuple[int, ...], tuple[bool, ...]]


def collation_key(text: str) -> Key:
    """Sort by this to sort as k6 does."""
    letters: list[int] = []
    accents: list[int] = []
    upper: list[bool] = []
    for sign in unicodedata.normalize("NFKD", text):
        if unicodedata.combining(sign):
            accents.append(ord(sign))
            continue
        folded = sign.lower()
        letters.append(_RANKS.get(folded, len(_SIGNS) + ord(folded[0])))
        upper.append(folded != sign)
    return tuple(letters), tuple(accents), tuple(upper)


def metric_key(name: str) -> tuple[Key, Key]:
    """Sorts submetrics behind their metric."""
    metric, brace, rest = name.partition("{")
    return collation_key(metric), collation_key(brace + rest)
