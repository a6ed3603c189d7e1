"""``ktb-load inspect``: the options that hold, and where each one came from. What it writes is a
plan again.
"""

from __future__ import annotations

from math import isfinite

import yaml

from ktb_load.plan.layers import Layers
from ktb_load.plan.schema import Options
from ktb_load.quantities import format_duration


def inspect(layers: Layers, options: Options) -> str:
    """The consolidated options as YAML, each key with its origin."""
    return "\n".join([*_requirements(options), *_keys(layers)]) + "\n"


def _requirements(options: Options) -> list[str]:
    ends = [config.end_s for config in options.scenarios.values()]
    length = format_duration(max(ends)) if ends and isfinite(max(ends)) else "no limit"
    total = f"# at most {options.max_vus} VUs, {length} with every gracefulStop"
    each = [f"#   {name}: {config.describe()}" for name, config in options.scenarios.items()]
    return [total, *each, "# What is not here has k6's default."]


def _keys(layers: Layers) -> list[str]:
    lines = []
    for key in sorted(layers.values):
        text = yaml.safe_dump(
            {key: layers.values[key]}, allow_unicode=True, sort_keys=False, width=100
        )
        lines += ["", f"# from {_origin(layers, key)}", text.rstrip()]
    return lines


def _origin(layers: Layers, key: str) -> str:
    """Where a key stands; the scenario of k6's shortcuts stands where they do."""
    shortcuts = layers.aliases.values() if key == "scenarios" else ()
    keys = [shortcut for shortcut in shortcuts if shortcut in layers.origins] or [key]
    return " and ".join(str(layers.document().place((shown,))) for shown in keys)
