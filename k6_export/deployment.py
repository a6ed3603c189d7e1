"""``--with operator`` and ``--with compose``: how a test runs on many machines."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import yaml

OPERATOR, COMPOSE = "operator", "compose"
KINDS = (OPERATOR, COMPOSE)
_PARALLELISM = 4
_K6_IMAGE = "grafana/k6:1.8.1"


def operator(name: str, script: str, text: str) -> str:
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
                    {"name": "BASE_URL", "value": "http://chat:5001"},
                    {"name": "SOCKET_URL", "value": "http://chat:5002"},
                    {"name": "KTB_LOAD_SEED", "value": "1"},
                ],
            },
        },
    }
    return _documents(config, run)


def compose(locustfile: str, plan: str) -> str:
    """A master that judges, and workers: ``docker compose up --scale worker=4``."""
    image = {
        "image": "python:3.12-slim",
        "working_dir": "/test",
        "volumes": [".:/test"],
    }
    install = "pip install --quiet --no-cache-dir -c constraints.txt . &&"
    load = f"locust -f {locustfile}"
    where = "--host $$CHAT_URL --socket-host $$CHAT_SOCKET_URL"
    environment = {
        "CHAT_URL": "${CHAT_URL:-http://host.docker.internal:5001}",
        "CHAT_SOCKET_URL": "${CHAT_SOCKET_URL:-http://host.docker.internal:5002}",
    }
    chosen = f" --plan {plan}" if plan else ""
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


def files_for(
    kinds: Sequence[str], locustfile: str, plan: str, single: dict[str, str]
) -> dict[str, str]:
    """The files that were asked for, beside an export; ``single``: its scripts as one file each."""
    files: dict[str, str] = {}
    for script, text in single.items():
        if OPERATOR in kinds:
            name = Path(script).stem.replace("_", "-")
            files[f"{name}.operator.yaml"] = operator(name, script, text)
    if COMPOSE in kinds:
        files["compose.yaml"] = compose(locustfile, plan)
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
