"""The same requests by real k6 and by our client; ``requests.k6.js`` is k6's half."""

from __future__ import annotations

import base64
import json
import os
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ktb_load.clients.http import HttpClient

SCRIPT = Path(__file__).parent / "requests.k6.js"
Case = Mapping[str, Any]
"""``case`` is its name, ``url``, ``method`` and the rest are what ``HttpClient.request`` takes."""


class Seen(NamedTuple):
    """What came of one case."""

    status: int
    code: int
    error: str
    body: bytes


class K6Run(NamedTuple):
    """What k6 made of all cases."""

    seen: dict[str, Seen]
    samples: list[tuple[str, float, dict[str, str]]]
    """Metric, value, tags."""


def run_k6(
    k6: str,
    cases: Iterable[Case],
    folder: Path,
    options: Mapping[str, Any] | None = None,
    env: Mapping[str, str] | None = None,
) -> K6Run:
    """Let k6 make the requests, under k6's ``options`` and with ``env`` in its environment."""
    (folder / "cases.json").write_text(json.dumps(list(cases)))
    out = folder / "samples.json"
    given = {"CASES": str(folder / "cases.json"), "OPTIONS": json.dumps(options or {})}
    flags = ["--quiet", "--no-usage-report", "--no-summary", "--log-format=raw"]
    done = subprocess.run(
        [k6, "run", *flags, "--out", f"json={out}", SCRIPT],
        env={**os.environ, **given, **(env or {})},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = [line for line in done.stderr.splitlines() if line.startswith("SEEN ")]
    seen = {}
    for case, status, code, error, body in map(json.loads, (line[5:] for line in lines)):
        seen[case] = Seen(status, code, error, base64.b64decode(body))
    points = [json.loads(line) for line in out.read_text().splitlines()]
    samples = [
        (point["metric"], point["data"]["value"], point["data"]["tags"])
        for point in points
        if point["type"] == "Point" and point["metric"].startswith("http_")
    ]
    return K6Run(seen, samples)


def ask(client: HttpClient, cases: Iterable[Case]) -> dict[str, Seen]:
    """Let our client make the requests."""
    seen = {}
    for case in cases:
        params = {k: v for k, v in case.items() if k not in ("case", "url", "method")}
        params["tags"] = {"case": case["case"], **case.get("tags", {})}
        answer = client.request(case.get("method", "GET"), case["url"], **params)
        seen[case["case"]] = Seen(answer.status, answer.error_code, answer.error, answer.body)
    return seen
