"""What the figures depend on: the machine and the versions of everything that runs."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path

from benchmarks import node
from benchmarks.machine import CORES
from benchmarks.peers.k6 import binary


def facts() -> dict[str, str]:
    return {
        "CPU": f"{_cpu_model()}, {len(CORES)} cores",
        "kernel": platform.release(),
        "Python": platform.python_version(),
        "Locust": version("locust"),
        "gevent": version("gevent"),
        "Node.js": _said(node.BINARY, "--version"),
        "k6": _said(binary(), "version"),
        "load before": f"{os.getloadavg()[0]:.2f}",
    }


def _cpu_model() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _said(*command: str) -> str:
    if shutil.which(command[0]) is None:
        return "none"
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip().removeprefix("k6").partition("(")[0].strip(" v")
