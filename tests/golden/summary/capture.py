"""Run a case on the real k6, and keep what it emitted and printed.

    python tests/golden/summary/capture.py [case file ...]

writes the captures of all cases, or of these, anew; k6 is the binary that K6_BINARY names, else
`k6`. A case is a JSON file for ``samples.js``: ``metrics``, ``steps``, ``options``; ``arguments``
for k6's command line; ``colors``: whether stdout is a terminal. Three files are kept in
``captured`` beside the cases: k6's samples (``--out json``), the argument of ``handleSummary``, and
stdout. In the samples the run begins in 1970 and the server is called ``host``, so that a capture
does not say when and where it was made. ``replayed`` makes of the samples what we would have
collected.
"""

import json
import os
import pty
import re
import subprocess
import sys
import tempfile
import termios
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from ktb_load.clock import RealClock
from ktb_load.metrics.metric import Contains, MetricSpec, MetricType
from ktb_load.metrics.store import Store
from ktb_load.metrics.threshold import Thresholds
from ktb_load.outputs.breakdown import Breakdown
from ktb_load.outputs.json_replay import replay
from ktb_load.outputs.summary_data import (
    DEFAULT_TREND_STATS,
    NO_SETUP_DATA,
    RunSummary,
    SummaryOptions,
)
from ktb_load.outputs.summary_text import SummaryMode, summary_text

HERE = Path(__file__).parent
_TIMEOUT_S = 60
_CROSSED = 99
_TIME = re.compile('"time":"([^"]*)"')


@dataclass(frozen=True)
class Capture:
    """What k6 had to say about a case."""

    case: dict[str, Any]
    samples: list[str]
    data: dict[str, Any]
    text: str


def cases_in(folder: Path) -> list[Path]:
    return sorted((folder / "cases").glob("*.json"))


def read_capture(case: Path) -> Capture:
    """What is kept of an earlier run."""
    samples = _kept(case, ".samples.jsonl").read_text("utf-8").splitlines()
    data = _numbers(_kept(case, ".data.json").read_text("utf-8"))
    text = _kept(case, ".txt").read_bytes().decode()
    return Capture(_read_case(case), samples, data, text)


def run_case(path: Path, k6: str) -> Capture:
    """Run k6 now."""
    case = _read_case(path)
    with tempfile.TemporaryDirectory() as folder, _server() as host:
        out, told = Path(folder, "samples.jsonl"), Path(folder, "console.txt")
        command = [k6, "run", "--quiet", "--no-usage-report", "--address", ""]
        command += ["--log-format", "raw", "--console-output", str(told), "--out", f"json={out}"]
        command += ["--env", f"CASE={path}", "--env", f"HOST={host}"]
        command += [*case.get("arguments", []), str(HERE / "samples.js")]
        text = _on_terminal(command) if case.get("colors") else _plainly(command)
        data = json.loads(told.read_text("utf-8"), object_hook=_double)
        samples = anonymous(out.read_text("utf-8").splitlines(), host)
        return Capture(case, samples, data, text)


def anonymous(samples: Sequence[str], host: str) -> list[str]:
    """The samples with times since the first one, and without the address of the server."""
    began = min((_when(found[1]) for line in samples if (found := _TIME.search(line))), default=0.0)

    def since(found: re.Match[str]) -> str:
        moment = datetime.fromtimestamp(_when(found[1]) - began, UTC)
        return f'"time":"{moment:%Y-%m-%dT%H:%M:%S.%fZ}"'

    return [_TIME.sub(since, line).replace(host, "http://host") for line in samples]


def _when(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def write_capture(case: Path, capture: Capture) -> None:
    _kept(case, "").parent.mkdir(exist_ok=True)
    _kept(case, ".samples.jsonl").write_text("\n".join(capture.samples) + "\n", "utf-8")
    data = json.dumps(capture.data, ensure_ascii=False, indent=1, sort_keys=True)
    _kept(case, ".data.json").write_text(data + "\n", "utf-8")
    _kept(case, ".txt").write_bytes(capture.text.encode())


def _kept(case: Path, ending: str) -> Path:
    return case.parents[1] / "captured" / f"{case.stem}{ending}"


def _read_case(path: Path) -> dict[str, Any]:
    case: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return case


def replayed(
    capture: Capture, attach: Callable[[Store, Thresholds], object] | None = None
) -> RunSummary:
    """The run that had the captured samples, as we would have seen it.

    Args:
        attach: what else is to see the samples; called before the first one.
    """
    options, store = capture.case["options"], Store(RealClock())
    for name, kinds in capture.case["metrics"].items():
        type_, _, contains = kinds.partition(" ")
        store.declare(MetricSpec(name, MetricType(type_), Contains(contains or "default")))
    thresholds = Thresholds(options.get("thresholds", {}))
    for selector in thresholds.selectors:
        store.watch(selector)
    breakdown = Breakdown(store)
    if attach is not None:
        attach(store, thresholds)
    replay(capture.samples, store)
    duration_s = round(capture.data["state"]["testRunDurationMs"] * 1e6) / 1e9
    return RunSummary(
        store,
        thresholds.evaluate(store, duration_s),
        duration_s,
        SummaryOptions(
            options.get("summaryTrendStats", DEFAULT_TREND_STATS),
            options.get("summaryTimeUnit", ""),
        ),
        setup_data=capture.case.get("setupData", NO_SETUP_DATA),
        is_stdout_tty=capture.case.get("colors", False),
        breakdown=breakdown,
    )


def our_text(capture: Capture) -> str:
    """Our summary of the captured samples, in the mode in which k6 ran."""
    arguments = capture.case.get("arguments", ["--summary-mode", "compact"])
    mode = SummaryMode(arguments[arguments.index("--summary-mode") + 1])
    return summary_text(replayed(capture), mode, colors=capture.case.get("colors", False))


def _numbers(text: str) -> dict[str, Any]:
    """JSON whose numbers are doubles, as in JavaScript."""
    data: dict[str, Any] = json.loads(text, parse_int=float)
    return data


def _double(told: dict[str, Any]) -> Any:
    """A number as ``samples.js`` tells it."""
    return float(told["double"]) if told.keys() == {"double"} else told


def _environment() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if not key.startswith("K6_")}


def _plainly(command: list[str]) -> str:
    done = subprocess.run(
        command, capture_output=True, env=_environment(), timeout=_TIMEOUT_S, check=False
    )
    if done.returncode not in (0, _CROSSED):
        raise RuntimeError(done.stderr.decode())
    return done.stdout.decode()


def _on_terminal(command: list[str]) -> str:
    """stdout as k6 writes it to a terminal, without the clearing of each line's end."""
    ours, theirs = pty.openpty()
    modes = termios.tcgetattr(theirs)
    modes[1] &= ~termios.OPOST
    termios.tcsetattr(theirs, termios.TCSANOW, modes)
    process = subprocess.Popen(
        command, stdout=theirs, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, env=_environment()
    )
    os.close(theirs)
    chunks: list[bytes] = []
    reader = threading.Thread(target=lambda: chunks.extend(_read_all(ours)))
    reader.start()
    _, complaints = process.communicate(timeout=_TIMEOUT_S)
    reader.join(_TIMEOUT_S)
    os.close(ours)
    if process.returncode not in (0, _CROSSED):
        raise RuntimeError(complaints.decode())
    return b"".join(chunks).decode().replace("\x1b[0K", "")


def _read_all(descriptor: int) -> Iterator[bytes]:
    try:
        while chunk := os.read(descriptor, 65536):
            yield chunk
    except OSError:  # Linux says so when the other end is closed
        return


@contextmanager
def _server() -> Iterator[str]:
    """Answers ``/200/1234`` with that status and so many bytes."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        _, status, size = self.path.split("/")
        self.send_response(int(status))
        self.send_header("Content-Length", size)
        self.end_headers()
        self.wfile.write(b"x" * int(size))

    def log_message(self, format: str, *args: object) -> None:
        pass


if __name__ == "__main__":
    every = [*cases_in(HERE), *cases_in(HERE.parents[1] / "conformance" / "metrics")]
    for wanted in [Path(argument).resolve() for argument in sys.argv[1:]] or every:
        write_capture(wanted, run_case(wanted, os.environ.get("K6_BINARY", "k6")))
