"""The metrics of chat, which k6 does not have. They have a section of their own in the summary."""

from collections.abc import Mapping
from types import MappingProxyType

from ktb_load.metrics.metric import Contains, MetricSpec, MetricType

_COUNTER, _TREND = MetricType.COUNTER, MetricType.TREND
_TIME, _PLAIN = Contains.TIME, Contains.DEFAULT

_SPECS = (
    MetricSpec("chat_connecting", _TREND, _TIME, "socket dial to the answer to CONNECT"),
    MetricSpec("chat_joining", _TREND, _TIME, "asking to join a room to being in it"),
    MetricSpec("chat_round_trip", _TREND, _TIME, "sending a message to one's own echo of it"),
    MetricSpec(
        "chat_delivery", _TREND, _TIME, "sending a message to its arrival at another member"
    ),
    MetricSpec("chat_notification", _TREND, _TIME, "from its cause to a notification's arrival"),
    MetricSpec("chat_messages_sent", _COUNTER, _PLAIN, "messages sent"),
    MetricSpec("chat_messages_received", _COUNTER, _PLAIN, "messages received, echoes included"),
    MetricSpec("chat_messages_lost", _COUNTER, _PLAIN, "messages that never reached a member"),
    MetricSpec("chat_messages_duplicated", _COUNTER, _PLAIN, "messages that came more than once"),
    MetricSpec("chat_timeouts", _COUNTER, _PLAIN, "answers that never came; tag: event"),
    MetricSpec("chat_errors", _COUNTER, _PLAIN, "exchanges that failed; tags: kind, code"),
    MetricSpec(
        "chat_disconnections",
        _COUNTER,
        _PLAIN,
        "sockets that ended; tag: cause (server, client, ping_timeout, transport)",
    ),
    MetricSpec(
        "chat_unexpected_disconnections", _COUNTER, _PLAIN, "sockets that the client did not close"
    ),
    MetricSpec("chat_ai_first_chunk", _TREND, _TIME, "question to the AI to its first words"),
    MetricSpec("chat_ai_complete", _TREND, _TIME, "question to the AI to the end of its answer"),
)

CHAT: Mapping[str, MetricSpec] = MappingProxyType({spec.name: spec for spec in _SPECS})

ONLY_HERE = frozenset({"chat_notification"})
"""Those of event streams, which k6 cannot read."""
