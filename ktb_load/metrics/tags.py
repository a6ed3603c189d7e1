"""Tags of a sample: a sorted tuple of pairs, so that equal tags are equal and hash alike.

Nothing here knows a metric. Building a tag set costs a sort; callers on a hot path keep the result.
"""

from collections.abc import Mapping
from functools import lru_cache

Tags = tuple[tuple[str, str], ...]
"""Sorted by key; the empty tuple is "no tags"."""

NO_TAGS: Tags = ()

SYSTEM_TAGS = frozenset(
    {
        *("scenario", "group", "check", "name", "url", "method", "status", "proto", "subproto"),
        *("tls_version", "error", "error_code", "expected_response"),
    }
)
"""The tags that k6 sets by itself, as far as they can occur here (k6 1.8.1
``metrics/system_tag.go``).
"""

_KEPT = 65_536
"""How many tag sets are kept to hand out again; past it the oldest are built anew."""


@lru_cache(maxsize=_KEPT)
def _interned(tags: Tags) -> Tags:
    return tags


@lru_cache(maxsize=_KEPT)
def _merged(tags: Tags, extra: Tags) -> Tags:
    return _interned(tuple(sorted({**dict(tags), **dict(extra)}.items())))


def tag_set(mapping: Mapping[str, str]) -> Tags:
    """The tags of a mapping. Equal mappings give the same object."""
    return _interned(tuple(sorted(mapping.items())))


def with_tags(tags: Tags, extra: Mapping[str, str]) -> Tags:
    """``tags`` and ``extra`` together; where both have a key, ``extra`` wins."""
    return _merged(tags, tuple(extra.items()))
