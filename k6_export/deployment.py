"""``--with operator`` and ``--with compose``: how a test runs on many machines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

OPERATOR, COMPOSE = "operator", "compose"
KINDS = (OPERATOR, COMPOSE)
_PARALLELISM = 4
_K6_IMAGE = "grafana/k6:1.8.1"


@dataclass(frozen=True)
class Order:
    """What is run on many machines."""

    locustfile: str
    plan: str
    hosts: Mapping[str, str]
    """Variable of the k6 script -> URL; empty where the script follows another."""


_FLAGS = {"BASE_URL": "--host", "SOCKET_URL": "--socket-host"}
"""Variable of a k6 script -> the option of Locust that means the same."""


def operator(name: str, script: str, text: str, hosts: Mapping[str, str]) -> str:
    """A ConfigMap with a script of one file, and a ``TestRun`` of the k6 operator that runs it."""
    config = {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": name},
        "data": {script: text},
    }
    run = {
        "apiVersion": "k6.io/v1alpha1",
        "kind": "TestRun",
        "metadata": {"name": name},
        "spec": {
            "parallelism": _PARALLELISM,
            "script": {"configMap": {"name": name, "file": script}},
            "runner": {
                "image": _K6_IMAGE,
                "env": [
                    *({"name": n, "value": _at("chat", url)} for n, url in hosts.items() if url),
                    {"name": "KTB_LOAD_SEED", "value": "1"},
                ],
            },
        },
    }
    return _documents(config, run)


def _at(machine: str, url: str) -> str:
    """The same port of another machine; nothing stays nothing."""
    return f"http://{machine}:{url.rpartition(':')[2]}" if url else ""


def compose(order: Order) -> str:
    """A master that judges, and workers: ``docker compose up --scale worker=4``."""
    image = {
        "image": "python:3.12-slim",
        "working_dir": "/test",
        "volumes": [".:/test"],
    }
    install = "pip install --quiet --no-cache-dir -c constraints.txt . &&"
    load = f"locust -f {order.locustfile}"
    where = " ".join(f'{_FLAGS[name]} "$${name}"' for name in order.hosts)
    environment = {
        name: f"${{{name}:-{_at('host.docker.internal', url)}}}"
        for name, url in order.hosts.items()
    }
    chosen = f" --plan {order.plan}" if order.plan else ""
    master = f"{install} {load} --master --expect-workers $$WORKERS --headless{chosen} {where}"
    services = {
        "master": {
            **image,
            "environment": {**environment, "WORKERS": "${WORKERS:-4}"},
            "command": ["sh", "-c", master],
        },
        "worker": {
            **image,
            "environment": environment,
            "command": ["sh", "-c", f"{install} {load} --worker --master-host master"],
            "depends_on": ["master"],
            "deploy": {"replicas": "${WORKERS:-4}"},
        },
    }
    return _documents({"services": services})


def files_for(kinds: Sequence[str], order: Order, single: Mapping[str, str]) -> dict[str, str]:
    """The files that were asked for, beside an export; ``single``: its scripts as one file each."""
    files: dict[str, str] = {}
    for script, text in single.items():
        if OPERATOR in kinds:
            name = Path(script).stem.replace("_", "-")
            files[f"{name}.operator.yaml"] = operator(name, script, text, order.hosts)
    if COMPOSE in kinds:
        files["compose.yaml"] = compose(order)
    return files


class _Dumper(yaml.SafeDumper):
    """Texts of several lines as they are, and no anchors."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def _documents(*documents: object) -> str:
    return yaml.dump_all(
        documents, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10_000
    )
