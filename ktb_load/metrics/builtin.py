"""k6's own metrics (k6 1.8.1, ``metrics/builtin.go``), in the order of k6's summary.

Those that only gRPC and the browser module emit are left out: nothing here can emit them.
"""

from collections.abc import Mapping
from types import MappingProxyType

from ktb_load.metrics.metric import Contains, MetricSpec, MetricType

_COUNTER, _GAUGE = MetricType.COUNTER, MetricType.GAUGE
_RATE, _TREND = MetricType.RATE, MetricType.TREND
_TIME, _DATA = Contains.TIME, Contains.DATA

_SPECS = (
    MetricSpec("checks", _RATE, description="checks that passed"),
    MetricSpec("group_duration", _TREND, _TIME, "one pass through a group"),
    MetricSpec("http_req_blocked", _TREND, _TIME, "waiting for a connection, dial included"),
    MetricSpec("http_req_connecting", _TREND, _TIME, "TCP connect; 0 on a reused connection"),
    MetricSpec("http_req_duration", _TREND, _TIME, "sending + waiting + receiving"),
    MetricSpec("http_req_failed", _RATE, description="requests with an unexpected answer or none"),
    MetricSpec("http_req_receiving", _TREND, _TIME, "first byte of the answer to its last"),
    MetricSpec("http_req_sending", _TREND, _TIME, "writing the request"),
    MetricSpec(
        "http_req_tls_handshaking", _TREND, _TIME, "TLS handshake; 0 on a reused connection"
    ),
    MetricSpec("http_req_waiting", _TREND, _TIME, "request written to first byte of the answer"),
    MetricSpec("http_reqs", _COUNTER, description="HTTP round trips, each redirect hop included"),
    MetricSpec("dropped_iterations", _COUNTER, description="iterations that could not be started"),
    MetricSpec("iteration_duration", _TREND, _TIME, "one completed iteration"),
    MetricSpec("iterations", _COUNTER, description="completed iterations"),
    MetricSpec("vus", _GAUGE, description="VUs that run an iteration"),
    MetricSpec("vus_max", _GAUGE, description="VUs that are initialised"),
    MetricSpec("data_received", _COUNTER, _DATA, "bytes received, headers and TLS included"),
    MetricSpec("data_sent", _COUNTER, _DATA, "bytes sent, headers and TLS included"),
    MetricSpec("ws_connecting", _TREND, _TIME, "dial and WebSocket handshake"),
    MetricSpec("ws_msgs_received", _COUNTER, description="WebSocket data messages received"),
    MetricSpec("ws_msgs_sent", _COUNTER, description="WebSocket messages sent"),
    MetricSpec("ws_ping", _TREND, _TIME, "own WebSocket ping to its pong"),
    MetricSpec("ws_session_duration", _TREND, _TIME, "start of the dial to the end of the socket"),
    MetricSpec("ws_sessions", _COUNTER, description="WebSocket connection attempts"),
)

BUILTIN: Mapping[str, MetricSpec] = MappingProxyType({spec.name: spec for spec in _SPECS})
