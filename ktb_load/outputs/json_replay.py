"""Samples from JSON lines in the form of k6's ``--out json`` (k6 1.8.1) back into a store.

With it every summary can be made again later, from our samples or from k6's own.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from ktb_load.metrics.metric import Contains, MetricSpec, MetricType
from ktb_load.metrics.store import Store
from ktb_load.metrics.tags import tag_set


def replay(lines: Iterable[str], store: Store) -> None:
    """Declare the metrics and take the samples of ``lines``.

    Raises:
        ValueError: a line is not of the form, or a metric is at odds with one of the same name.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                _take(json.loads(line), store)
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(f"line {number} is not of k6's form: {error}") from error


def _take(record: Mapping[str, Any], store: Store) -> None:
    data = record["data"]
    if record["type"] == "Metric":
        kinds = MetricType(data["type"]), Contains(data["contains"])
        store.declare(MetricSpec(data["name"], *kinds))
        return
    tags = dict(data["tags"])
    if record["metric"] == "checks" and "check" in tags:
        name = tags.pop("check")
        store.check(tags.get("group", ""), name, bool(data["value"]), tag_set(tags))
    else:
        store.series(record["metric"], tag_set(tags)).add(data["value"])
