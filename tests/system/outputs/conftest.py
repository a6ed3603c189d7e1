"""A run to write about, with the real clock."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gevent
import pytest

from ktb_load.clock import RealClock
from ktb_load.metrics.store import Store
from ktb_load.metrics.threshold import Thresholds
from ktb_load.outputs.out import Output, OutputContext, open_outputs

Open = Callable[..., list[Output]]


@pytest.fixture
def store() -> Store:
    return Store(RealClock())


@pytest.fixture
def said() -> list[str]:
    """What was complained of."""
    return []


@pytest.fixture
def open_(store: Store, said: list[str]) -> Open:
    """``open_(*specs, **environ)``: outputs of the run."""

    def open_all(*specs: str, **environ: str) -> list[Output]:
        clock = RealClock()
        context = OutputContext(store, Thresholds({}), clock, said.append, environ)
        return open_outputs(specs, context)

    return open_all


@pytest.fixture
def until() -> Callable[[Callable[[], Any]], None]:
    """Waits until something is so."""

    def wait(so: Callable[[], Any]) -> None:
        with gevent.Timeout(10):
            while not so():
                gevent.sleep(0.01)

    return wait


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[str, str]:
    """The files of a certificate for 127.0.0.1 that only itself vouches for, and of its key."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl to make a certificate with")
    files = str(tmp_path / "certificate.pem"), str(tmp_path / "key.pem")
    command = [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    command += ["-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    command += ["-addext", "subjectAltName=IP:127.0.0.1", "-out", files[0], "-keyout", files[1]]
    subprocess.run(command, check=True, capture_output=True, timeout=30)
    return files
