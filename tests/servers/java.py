"""The server written in Java: built by Maven once per clone, ended with the test that uses it."""

import hashlib
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.servers.process import speaking
from tests.servers.tools import cannot, one_at_a_time, tool

_FOLDER = Path(__file__).parent / "stomp_spring"
_TOOLS = Path(__file__).parents[2] / ".tools"
_MADE_IN = _TOOLS / _FOLDER.name
BUILT_WITHIN_S = 280.0
"""The first time Maven downloads some 80 MB."""
READY_WITHIN_S = 60.0


@dataclass(frozen=True)
class SpringServer:
    """Where it listens; origins without a slash at the end."""

    http: str
    ws: str
    broker: str
    """Of Artemis: STOMP over WebSocket."""


@contextmanager
def spring_server(heart_beat_ms: int = 10_000) -> Iterator[SpringServer]:
    """Start Spring's simple broker, Artemis and the streams of SseEmitter."""
    command = [tool("java"), "-Xmx256m", "-XX:+UseSerialGC", "-jar", str(_built())]
    command.append(f"--heart-beat-ms={heart_beat_ms}")
    with speaking(command, _FOLDER, within_s=READY_WITHIN_S) as told:
        yield SpringServer(**told)


def _built() -> Path:
    """The program, built unless these very sources are built already."""
    maven = tool("mvn")
    sources = sorted(path for path in _FOLDER.rglob("*") if path.is_file())
    wanted = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()
    stamp = _MADE_IN / ".built-for"
    with one_at_a_time(_FOLDER):
        if not stamp.exists() or stamp.read_text() != wanted:
            _build(maven)
            stamp.write_text(wanted)
    return _MADE_IN / "stomp-spring.jar"


def _build(maven: str) -> None:
    places = [f"-Dmaven.repo.local={_TOOLS / 'm2'}", f"-Dmade.in={_MADE_IN}"]
    command = [maven, "--quiet", "--batch-mode", *places, "package"]
    try:
        done = subprocess.run(
            command,
            cwd=_FOLDER,
            capture_output=True,
            text=True,
            timeout=BUILT_WITHIN_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        cannot(f"Maven was not done within {BUILT_WITHIN_S:g} s; the next run goes on from there")
    if done.returncode != 0:
        cannot(f"Maven could not build {_FOLDER.name}: {done.stdout[-800:]}")
