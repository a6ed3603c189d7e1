"""check, group and fail, with k6's meaning (spec: k6 1.8.1 ``js/modules/k6/k6.go``)."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import NoReturn, TypeVar

from ktb_load.errors import KtbLoadError
from ktb_load.metrics.checks import refuse_separator
from ktb_load.metrics.tags import with_tags
from ktb_load.vocabulary.context import current

T = TypeVar("T")


class IterationFailed(KtbLoadError):
    """``fail(message)`` ended the iteration; it still counts as completed, as in k6."""


def check(
    value: T,
    sets: Mapping[str, Callable[[T], object] | object],
    tags: Mapping[str, str] | None = None,
) -> bool:
    """Record one sample of ``checks`` for each name; whether all passed.

    Args:
        value: what the functions are called with.
        sets: check name -> a function of ``value``, or a value; its truth is the result.
        tags: added to the samples.

    A failed check does not end the iteration. A function that raises counts as failed, and the
    exception goes on; the checks after it are not made.
    """
    context = current()
    recorder = context.recorder
    passed_all = True
    for name, predicate in sets.items():
        passed = False
        try:
            passed = bool(predicate(value) if callable(predicate) else predicate)
        finally:
            recorder.check(context.group, name, passed, tags)
        passed_all = passed_all and passed
    return passed_all


@contextmanager
def group(name: str) -> Iterator[None]:
    """Tag everything inside with the group's path, and measure it as ``group_duration``.

    Raises:
        ValueError: the name holds ``::``, which stands between groups.
    """
    refuse_separator(name)
    context = current()
    recorder = context.recorder
    outer_path = context.group
    context.group = f"{outer_path}::{name}"
    recorder.tags = with_tags(recorder.tags, {"group": context.group})
    began = context.now()
    try:
        yield
    finally:
        recorder.add("group_duration", (context.now() - began) * 1000)
        context.group = outer_path
        recorder.tags = with_tags(recorder.tags, {"group": outer_path})


def fail(message: str = "") -> NoReturn:
    """End this iteration. It is logged and counts as completed; the VU goes on with the next
    one.
    """
    raise IterationFailed(message)
