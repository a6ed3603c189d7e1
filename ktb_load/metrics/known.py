"""Every metric that there is before an author declares one."""

from collections.abc import Mapping
from types import MappingProxyType

from ktb_load.metrics.builtin import BUILTIN
from ktb_load.metrics.chat import CHAT
from ktb_load.metrics.generator import GENERATOR
from ktb_load.metrics.metric import MetricSpec

KNOWN: Mapping[str, MetricSpec] = MappingProxyType({**BUILTIN, **CHAT, **GENERATOR})
