"""Samples as rows, in the form of k6's ``--out csv`` (k6 1.8.1).

    metric_name,timestamp,metric_value,check,error,...,url,extra_tags,metadata

k6's own tags have a column each, sorted; whatever else a sample carries stands in ``extra_tags`` as
``key=value&key=value``, sorted as well, unescaped. ``metadata`` stays empty: nothing here sets the
tags that k6 fills it from.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from math import floor
from types import MappingProxyType

from ktb_load.metrics.tags import Tags
from ktb_load.outputs.output import CannotOpen, OutputContext
from ktb_load.outputs.spelling import rfc3339
from ktb_load.outputs.text_lines import TextLines, open_named

DEFAULT_FILE = "file.csv"
SYSTEM_TAGS = (
    *("check", "error", "error_code", "expected_response", "group", "method", "name", "proto"),
    *("scenario", "service", "status", "subproto", "tls_version", "url"),
)
"""The tags that k6 sets unless told otherwise, in the order of their columns."""

_INDEXED = frozenset((*SYSTEM_TAGS, "ip", "ocsp_status"))
"""All tags that can have a column; k6 has ``vu`` and ``iter`` as metadata."""


def _micros(epoch_s: float) -> int:
    return floor(epoch_s * 1_000_000 + 0.5)


_TIMES: Mapping[str, Callable[[float], str]] = MappingProxyType(
    {
        "unix": lambda epoch_s: str(_micros(epoch_s) // 1_000_000),
        "unix_milli": lambda epoch_s: str(_micros(epoch_s) // 1_000),
        "unix_micro": lambda epoch_s: str(_micros(epoch_s)),
        "unix_nano": lambda epoch_s: str(_micros(epoch_s) * 1_000),
        "rfc3339": lambda epoch_s: rfc3339(_micros(epoch_s) // 1_000_000),
        "rfc3339_nano": rfc3339,
    }
)
"""``K6_CSV_TIME_FORMAT``. Our clock knows microseconds, so nanoseconds end in zeros."""


def open_csv(argument: str, context: OutputContext) -> CsvRows:
    """``csv=FILE[.gz]`` or ``csv=fileName=FILE,timeFormat=unix``; ``-`` is stdout.

    What is not said there is looked up in ``K6_CSV_FILENAME`` and ``K6_CSV_TIME_FORMAT``. Raises
    OSError, or CannotOpen for what cannot be understood.
    """
    environ = context.environ
    said = _settings(argument)
    time_format = said["timeFormat"] or environ.get("K6_CSV_TIME_FORMAT") or "unix"
    if time_format not in _TIMES:
        what = f"{time_format} does not belong to TimeFormat values"
        raise CannotOpen(what, f"write one of: {', '.join(_TIMES)}")
    name = said["fileName"] or environ.get("K6_CSV_FILENAME") or DEFAULT_FILE
    lines = TextLines(open_named(name), context.complain, f"the rows in {name}")
    return CsvRows(context, lines, _TIMES[time_format])


def _settings(argument: str) -> dict[str, str]:
    """``saveInterval`` is known for k6's sake; rows are written whenever the owner says so."""
    settings = {"fileName": "", "timeFormat": "", "saveInterval": ""}
    if "=" not in argument:
        return {**settings, "fileName": argument}
    for part in argument.split(","):
        key, _, value = part.partition("=")
        if key not in settings:
            raise CannotOpen(f"unknown key {key!r}", f"write one of: {', '.join(settings)}")
        settings[key] = value
    return settings


class CsvRows:
    """Writes the samples that come from now on."""

    def __init__(
        self, context: OutputContext, lines: TextLines, spell_time: Callable[[float], str]
    ) -> None:
        self._lines, self._spell_time = lines, spell_time
        asked = SYSTEM_TAGS if context.system_tags is None else context.system_tags
        self._columns = tuple(sorted(_INDEXED.intersection(asked)))
        self._rest: Callable[[Tags], str] = lru_cache(maxsize=4096)(self._spell_tags)
        self._lines.add(
            _row(
                ["metric_name", "timestamp", "metric_value"],
                [*self._columns, "extra_tags", "metadata"],
            )
        )
        context.store.subscribe(self._take)

    def flush(self) -> None:
        """Write what waits."""
        self._lines.flush()

    def close(self) -> None:
        """Write what waits, and close the file."""
        self._lines.close()

    def _take(self, metric: str, value: float, tags: Tags, epoch_s: float) -> None:
        self._lines.add(f"{metric},{self._spell_time(epoch_s)},{value:.6f}{self._rest(tags)}")

    def _spell_tags(self, tags: Tags) -> str:
        """Everything behind the value; it is the same for all samples of a series."""
        known = dict(tags)
        cells = [known.pop(column, "") for column in self._columns]
        return _row([""], [*cells, "&".join(f"{key}={value}" for key, value in known.items()), ""])


def _row(*parts: Iterable[str] | Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow([cell for part in parts for cell in part])
    return text.getvalue()
