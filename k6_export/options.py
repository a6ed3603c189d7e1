"""A plan -> k6's ``options`` object. The plan is in k6's names already, so little changes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from k6_export.javascript import identifier
from ktb_load.metrics.chat import ONLY_HERE
from ktb_load.metrics.generator import GENERATOR

DEFAULT_EXEC = "default"
USER_AGENT = "ktb-load"
"""What our own client calls itself when a plan says nothing."""


def exec_name(name: str) -> str:
    """The exported function that an ``exec`` of a plan becomes: ``ChatUser.chat`` has a dot."""
    return name if name == DEFAULT_EXEC else identifier(name.replace(".", "_"))


def k6_options(values: Mapping[str, Any]) -> dict[str, Any]:
    """The options of a script."""
    options: dict[str, Any] = {"userAgent": USER_AGENT, **values}
    if judged := options.get("thresholds"):
        options["thresholds"] = {n: one for n, one in judged.items() if not is_only_here(n)}
    options["scenarios"] = {name: _scenario(config) for name, config in values["scenarios"].items()}
    return options


def is_only_here(selector: str) -> bool:
    """Whether k6 does not measure it: itself, and what it cannot read. A threshold on it would pass
    there, unjudged.
    """
    return selector.partition("{")[0] in GENERATOR.keys() | ONLY_HERE


def left_out(values: Mapping[str, Any]) -> list[str]:
    """The thresholds of a plan that its script does not have."""
    return [selector for selector in values.get("thresholds") or () if is_only_here(selector)]


def execs(values: Mapping[str, Any]) -> list[str]:
    """What the scenarios of a plan call, each once."""
    names = [config.get("exec") or DEFAULT_EXEC for config in values["scenarios"].values()]
    return list(dict.fromkeys(names))


def _scenario(config: Mapping[str, Any]) -> dict[str, Any]:
    scenario = {key: value for key, value in config.items() if value is not None}
    if "exec" in scenario:
        scenario["exec"] = exec_name(scenario["exec"])
    for key in ("env", "tags"):
        if key in scenario:
            scenario[key] = {name: _text(value) for name, value in scenario[key].items()}
    return scenario


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def as_text(options: Mapping[str, Any]) -> str:
    """As a JavaScript object literal; an object that fits stays on one line."""
    return _pretty(options, "")


def _pretty(value: Any, indent: str) -> str:
    flat = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict) or len(flat) + len(indent) < 90:
        return flat
    inner = indent + "  "
    lines = [
        f"{inner}{json.dumps(k, ensure_ascii=False)}: {_pretty(v, inner)},"
        for k, v in value.items()
    ]
    return "{\n" + "\n".join(lines) + f"\n{indent}}}"
