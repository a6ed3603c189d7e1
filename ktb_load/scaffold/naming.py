"""Names: words of any spelling -> snake_case that Python, Locust's users and the exporter can take.

Names are ASCII, so that everybody can type them; Korean stays in docstrings.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable, Iterator


def table(text: str) -> frozenset[str]:
    """The names of a text, for tables that are nothing but names."""
    return frozenset(text.split())


_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_STEADY = frozenset({"status", "news", "address", "process", "access", "series", "class", "us"})
"""Words that end with an s and are no plurals."""

RESERVED = table(
    """
    abs all any bin bool bytes callable chr dict divmod enumerate filter float format frozenset
    getattr hasattr hex id input int isinstance iter len list map max min next object oct open ord
    pow print property range repr reversed round set setattr slice sorted str sum super tuple type
    vars zip
    append capitalize casefold center clear copy count decode difference discard encode endswith
    expandtabs extend find fromhex fromkeys get head post put patch delete request index insert
    intersection items join keys ljust lower lstrip partition pop popitem remove removeprefix
    removesuffix replace reverse rfind rindex rjust rpartition rsplit rstrip setdefault sort split
    splitlines startswith strip swapcase symmetric title translate union update upper values zfill
    body call close connect emit error expect first_of headers json on status text url
    abstract context credentials data endpoints environment fixed_count fullname greenlet group
    handle_summary host http max_wait min_wait on_start on_stop options run setup sign_in
    socket_host start stop system tasks teardown vu wait wait_function wait_time weight
    check fail quote setting taken think urlencode
    """
)
"""What a method or an attribute must not be called: names of Python and of its types, since the
exporter goes by a method's name; of the users that Locust and we have; of what generated modules
import.
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
    all any body bytes check dict fail files filter format hash id input int len list map max min
    next object open print query quote range response self set setting str sum taken tuple type
    urlencode vars zip
    """
)


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
