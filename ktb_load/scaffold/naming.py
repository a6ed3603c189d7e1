"""Names: words of any spelling -> snake_case that Python, Locust's users and the exporter can take.

Names are ASCII, so that everybody can type them; Korean stays in docstrings.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable, Iterator
from functools import cache


def table(text: str) -> frozenset[str]:
    """The names of a text, for tables that are nothing but names."""
    return frozenset(text.split())


_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_STEADY = frozenset({"status", "news", "address", "process", "access", "series", "class", "us"})
"""Words that end with an s and are no plurals."""

RESERVED = table(
    """
    abs add all any append bin bit_length bool bytes call callable capitalize casefold center chr
    clear close connect copy count decode delete dict difference difference_update discard divmod
    encode endswith enumerate expandtabs extend filter find first_of float format from_bytes fromhex
    fromkeys frozenset get getattr hasattr head hex id index input insert int intersection
    intersection_update is_integer isalnum isalpha isascii isdecimal isdigit isdisjoint isidentifier
    isinstance islower isnumeric isspace issubset issuperset istitle isupper items iter join keys
    len list ljust lower lstrip map max min next object oct open ord partition patch pop popitem
    post pow print property put range remove removeprefix removesuffix replace repr request reverse
    reversed rfind rindex rjust round rpartition rsplit rstrip set setattr setdefault slice sort
    sorted split splitlines startswith str strip subscribe sum super swapcase symmetric_difference
    symmetric_difference_update title to_bytes translate tuple type union update upper values vars
    zfill zip

    abstract body check context credentials data email emit endpoints environment error expect fail
    fixed_count fullname greenlet group handle_summary headers host http json max_wait min_wait on
    on_start on_stop options password phone quote run setting setup sign_in socket_host start status
    stop system taken tasks teardown text think token url urlencode username vu wait wait_function
    wait_time weight
    """
)
"""What a method or an attribute must not be called: names of Python and of its types, since the
exporter goes by a method's name; of the users that Locust and we have; of what generated modules
import, and of what most of them keep.
"""


def words(text: str) -> list[str]:
    """``getHTTPRoom_by-id2`` -> get, http, room, by, id, 2."""
    return [word.lower() for word in _WORD.findall(text)]


def snake(text: str) -> str:
    """Words in snake_case; empty if there is nothing that ASCII can say."""
    name = "_".join(words(text))
    return f"_{name}" if name[:1].isdigit() else name


def argument(text: str) -> str:
    """A name for an argument or a variable."""
    name = snake(text).lstrip("_") or "value"
    name = f"n{name}" if name[0].isdigit() else name
    return f"{name}_" if keyword.iskeyword(name) or name in _NOT_ARGUMENTS else name


_NOT_ARGUMENTS = table(
    """
    all any as_documented body bytes check dict fail files filter format hash id input int len list
    map max min next object open print query quote range response self set setting str sum taken
    tuple type urlencode vars zip
    """
)


@cache
def norm(text: str) -> str:
    """What is left of a name when its spelling does not count: ``room_ID`` is ``roomId``."""
    return "".join(words(text))


def singular(word: str) -> str:
    """English plurals, as far as paths use them."""
    if word in _STEADY or len(word) < 3:
        return word
    for plural, one in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x")):
        if word.endswith(plural):
            return word.removesuffix(plural) + one
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def is_plural(word: str) -> bool:
    return singular(word) != word


def is_free(name: str) -> bool:
    """Whether a method may be called so."""
    return (
        name.isidentifier()
        and name not in RESERVED
        and not keyword.iskeyword(name)
        and not name.startswith("_")
    )


def unique(candidates: Iterable[str], taken: set[str]) -> str:
    """The first candidate that is free, and then taken; the last one is numbered."""
    last = "call_it"
    for name in candidates:
        last = name.lstrip("_") or last
        if is_free(name) and name not in taken:
            taken.add(name)
            return name
    for name in _numbered(last):
        if is_free(name) and name not in taken:
            taken.add(name)
            return name
    raise AssertionError("there is always another number")


def _numbered(name: str) -> Iterator[str]:
    name = name if not name[:1].isdigit() else f"call_{name}"
    number = 2
    while True:
        yield f"{name}_{number}"
        number += 1
