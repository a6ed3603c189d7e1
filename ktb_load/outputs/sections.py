"""Which section of the text summary a metric stands in: prefixes decide, as in k6 1.8.1."""

from collections.abc import Mapping
from types import MappingProxyType

from ktb_load.metrics.chat import CHAT
from ktb_load.metrics.generator import GENERATOR
from ktb_load.metrics.metric import MetricSpec
from ktb_load.metrics.selector import parse_selector

CUSTOM = "CUSTOM"

_HTTP_PHASES = (
    "http_req_blocked",
    "http_req_connecting",
    "http_req_receiving",
    "http_req_sending",
    "http_req_tls_handshaking",
    "http_req_waiting",
)
_PREFIXES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "HTTP": ("http_reqs", "http_req_failed", "http_req_duration", *_HTTP_PHASES),
        "EXECUTION": ("vus", "iterations", "iteration_duration", "dropped_iterations"),
        "NETWORK": ("data_sent", "data_received"),
        "WEB_VITALS": ("browser_web_vital_",),
        "BROWSER": ("browser_",),
        "GRPC": ("grpc_",),
        "WEBSOCKET": ("ws_",),
    }
)
_OURS: Mapping[str, Mapping[str, MetricSpec]] = MappingProxyType(
    {"CHAT": CHAT, "GENERATOR": GENERATOR}
)
_NOT_SHOWN = ("checks", "group_duration")

ORDER = (
    CUSTOM,
    "CHAT",
    "HTTP",
    "EXECUTION",
    "NETWORK",
    "GENERATOR",
    "BROWSER",
    "WEB_VITALS",
    "GRPC",
    "WEBSOCKET",
)


def section_of(name: str, *, phases: bool) -> str | None:
    """The section of a metric or submetric; None if it is not shown.

    Args:
        name: as the summary names it.
        phases: whether the phases of an HTTP request are shown; ``compact`` leaves them out.
    """
    if name.startswith(_NOT_SHOWN) or (not phases and name.startswith(_HTTP_PHASES)):
        return None
    metric = parse_selector(name).metric
    for section, ours in _OURS.items():
        if metric in ours:
            return section
    for section, prefixes in _PREFIXES.items():
        if name.startswith(prefixes):
            return section
    return CUSTOM
