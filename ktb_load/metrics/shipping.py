"""Metrics on their way from a worker to the master: what each series collected since the last time.

A shipment holds mergeable states of sinks, not samples; counts and sums arrive exactly, trends with
all values up to ``EXACT_VALUES`` of a series and shipment, past it as a histogram. It is made of
dicts, lists, strings, numbers and bytes, and so goes through any wire format.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import Any

from ktb_load.metrics.sinks import SINKS, Sink, TrendSink, sink_from_dict
from ktb_load.metrics.store import Series, Store
from ktb_load.metrics.tags import tag_set

EXACT_VALUES = 50_000

Shipment = Mapping[str, Any]


class Shipper:
    """The worker's end: collects beside the store from the moment it is made."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._parcels: list[_Parcel] = []
        store.each_series(self._attach)

    def ship(self) -> Shipment:
        """Everything since the last time."""
        series = [parcel.ship() for parcel in self._parcels if parcel.sink.count]
        return {"series": series, "checks": self._store.checks.take_counts()}

    def _attach(self, series: Series) -> None:
        parcel = _Parcel(series)
        self._parcels.append(parcel)
        series.feed(parcel)


class _Parcel:
    """One series since the last shipment."""

    def __init__(self, series: Series) -> None:
        self._series = series
        self.sink = _empty(series)

    def add(self, value: float) -> None:
        self.sink.add(value)

    def merge(self, sink: Sink) -> None:
        """Nothing is merged into what a worker ships."""

    def ship(self) -> Sequence[Any]:
        sink, self.sink = self.sink, _empty(self._series)
        state = sink.to_dict()
        if "values" in state:
            state["values"] = array("d", state["values"]).tobytes()
        return [self._series.metric.name, dict(self._series.tags), state]


def _empty(series: Series) -> Sink:
    kind = SINKS[series.metric.type]
    return TrendSink(EXACT_VALUES) if kind is TrendSink else kind()


def receive(store: Store, shipment: Shipment) -> None:
    """The master's end: as if every sample had been taken here, outputs aside."""
    for metric, tags, state in shipment.get("series", ()):
        store.series(metric, tag_set(tags)).merge(_unpack(state))
    for group, name, passes, fails in shipment.get("checks", ()):
        store.checks.add_counts(group, name, passes, fails)


def _unpack(state: Mapping[str, Any]) -> Sink:
    if "values" not in state:
        return sink_from_dict(state)
    values = array("d")
    values.frombytes(state["values"])
    return sink_from_dict({**state, "values": values.tolist()})
