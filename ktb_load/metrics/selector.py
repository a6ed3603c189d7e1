"""Selectors: ``metric`` or ``metric{tag:value,tag2:value2}``, as thresholds name them.

Rules and texts are those of k6 1.8.1: tags are split at ``,``, key and value at the first ``:``;
quotes and outer spaces are dropped; all tags must be equal for a sample to match.
"""

from dataclasses import dataclass
from functools import lru_cache

from ktb_load.metrics.tags import NO_TAGS, Tags, tag_set


@dataclass(frozen=True)
class Selector:
    """A metric, or the samples of it that carry all of ``tags``."""

    metric: str
    tags: Tags = NO_TAGS

    def matches(self, tags: Tags) -> bool:
        """Whether a sample with ``tags`` belongs to it."""
        return set(self.tags) <= set(tags)


class SelectorError(ValueError):
    """The text is not a selector; the message is k6's."""


@lru_cache(maxsize=4096)
def parse_selector(text: str) -> Selector:
    """Read a selector.

    Raises:
        SelectorError: a brace or a tag is malformed.
    """
    metric, brace, rest = text.partition("{")
    if not brace and "}" not in text:
        return Selector(text)
    if not brace or "}" not in rest:
        raise SelectorError(f'metric "{text}" has unmatched opening/close curly brace')
    if not rest.endswith("}"):
        raise SelectorError(f'metric "{text}" lacks a closing curly brace in its last position')
    return Selector(metric, tag_set(dict(map(_read_tag, rest[:-1].split(",")))))


def selector_name(text: str) -> str:
    """A selector as k6 shows it: without the spaces at its braces. Raises SelectorError."""
    parse_selector(text)
    metric, brace, rest = text.partition("{")
    return f"{metric}{{{rest[:-1].strip()}}}" if brace else metric


def _read_tag(text: str) -> tuple[str, str]:
    key, colon, value = text.partition(":")
    key, value = _bare(key), _bare(value)
    if not (colon and key and value):
        raise SelectorError(f'metric "{text}" tag expression is malformed')
    return key, value


def _bare(text: str) -> str:
    return text.strip().strip("\"'")
