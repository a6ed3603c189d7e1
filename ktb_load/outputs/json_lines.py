"""Samples as JSON lines, in the form of k6's ``--out json`` (k6 1.8.1).

    {"type":"Metric","data":{"name":...,"type":...,"contains":...,...},"metric":...}   once a metric
    {"metric":...,"type":"Point","data":{"time":...,"value":...,"tags":{...}}}         every sample

``json_replay`` reads them back.
"""

import json
from collections.abc import Callable
from functools import lru_cache
from math import isfinite
from typing import Any, TextIO

from ktb_load.metrics.store import Store
from ktb_load.metrics.tags import Tags
from ktb_load.metrics.threshold import Threshold, Thresholds
from ktb_load.outputs.output import OutputContext
from ktb_load.outputs.spelling import rfc3339
from ktb_load.outputs.text_lines import TextLines, open_lines, open_named
from ktb_load.quantities import format_duration

__all__ = ["JsonLines", "open_json", "open_lines"]

_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_json_of: Callable[[Tags], str] = lru_cache(maxsize=4096)(lambda tags: _json(dict(tags)))


def open_json(argument: str, context: OutputContext) -> "JsonLines":
    """``json=FILE[.gz]``; no name or ``-`` is stdout. Raises OSError."""
    out = open_named(argument or "-")
    return JsonLines(context.store, context.thresholds, out, context.complain)


class JsonLines:
    """Writes the samples that come from now on. The owner calls ``flush`` now and then.

    A disk that fails ends the file, not the run; ``complain`` is told so, once.
    """

    def __init__(
        self, store: Store, thresholds: Thresholds, out: TextIO, complain: Callable[[str], None]
    ) -> None:
        self._store, self._thresholds = store, thresholds
        self._lines = TextLines(out, complain, "the file of samples")
        self._described: set[str] = set()
        store.subscribe(self._take)

    def flush(self) -> None:
        """Write what waits."""
        self._lines.flush()

    def close(self) -> None:
        """Write what waits, and close the file. Samples that come later are left out."""
        self._lines.close()

    def _take(self, metric: str, value: float, tags: Tags, epoch_s: float) -> None:
        if not self._lines.is_open or not isfinite(value):  # JSON has no word for infinity
            return
        if metric not in self._described:
            self._described.add(metric)
            self._lines.add(_json(self._description(metric)) + "\n")
        number = repr(float(value)).removesuffix(".0")
        point = f'"time":"{rfc3339(epoch_s)}","value":{number},"tags":{_json_of(tags)}'
        self._lines.add(f'{{"metric":"{metric}","type":"Point","data":{{{point}}}}}\n')

    def _description(self, metric: str) -> dict[str, Any]:
        spec, asked = self._store.specs[metric], self._thresholds.by_selector.get(metric, ())
        subs = [
            {"name": name, "suffix": name.partition("{")[2][:-1], "tags": dict(tags)}
            for name, tags in self._store.watched(metric).items()
        ]
        data = {"name": metric, "type": spec.type, "contains": spec.contains}
        more = {"thresholds": list(map(_threshold, asked)), "submetrics": subs or None}
        return {"type": "Metric", "data": {**data, **more}, "metric": metric}


def _threshold(asked: Threshold) -> str | dict[str, Any]:
    if not asked.abort_on_fail:
        return asked.source
    delay = format_duration(asked.delay_abort_eval_s) if asked.delay_abort_eval_s else None
    return {"threshold": asked.source, "abortOnFail": True, "delayAbortEval": delay}
