"""Tags as monitoring systems take them: without empty ones, and in text that UTF-8 can carry."""

from __future__ import annotations

from collections.abc import Callable

from ktb_load.metrics.tags import Tags


def labels_of(tags: Tags, spell: Callable[[str], str] = str) -> Tags:
    """The labels, sorted; ``spell`` makes the name of a label of that of a tag.

    Different tags can give equal labels: they are one series then.
    """
    return tuple(sorted({_carried(spell(k)): _carried(v) for k, v in tags if v}.items()))


def _carried(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
