"""A headless browser, and Locust's web site in a process of its own.

A machine without Chromium and its driver skips these tests and says why; where the environment says
CI, that is a failure. Selenium never looks for a driver itself: it is given the one on the path.
"""

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
DRIVERS = ("chromedriver",)
FLAGS = (
    "--headless=new",
    "--no-sandbox",  # Chromium refuses to run as root with one, and containers are root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # nothing leaves this machine
    "--window-size=1280,1000",  # a narrow window hides the header behind a menu
)
ANSWERS_WITHIN_S = 30.0
ENDS_WITHIN_S = 10.0


def _load(name: str, path: Path) -> ModuleType:
    """Import a helper by its file: the test folders are no packages."""
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


locust_page = _load("ktb_tests_locust_page", Path(__file__).parent / "locust_page.py")


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[webdriver.Chrome]:
    """Chromium without a window and without a past."""
    options = webdriver.ChromeOptions()
    options.binary_location = _first_of(BROWSERS)
    for flag in (*FLAGS, f"--user-data-dir={tmp_path / 'browser'}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(_first_of(DRIVERS)))
    try:
        driver.set_page_load_timeout(ANSWERS_WITHIN_S)
        yield driver
    finally:
        driver.quit()


@pytest.fixture
def start_locust(tmp_path: Path) -> Iterator[Callable[..., str]]:
    """Start Locust with these arguments and its site on a free port; returns the site's origin."""
    with ExitStack() as running:
        yield lambda *arguments, **more: running.enter_context(
            _locust(tmp_path / "locust.log", *arguments, **more)
        )


@pytest.fixture
def open_page(browser: webdriver.Chrome) -> Callable[[str], Any]:
    """Open a Locust site; returns its page object."""
    return lambda origin: locust_page.LocustPage(browser, origin).open()


@contextmanager
def _locust(log: Path, *arguments: str, env: dict[str, str] | None = None) -> Iterator[str]:
    port = _free_port()
    command = [sys.executable, "-m", "locust", *arguments]
    command += ["--web-host", "127.0.0.1", "--web-port", str(port)]
    with (
        log.open("w") as output,
        subprocess.Popen(
            command, stdout=output, stderr=subprocess.STDOUT, env={**os.environ, **(env or {})}
        ) as process,
    ):
        try:
            origin = f"http://127.0.0.1:{port}"
            _wait_until_it_answers(origin, process, log)
            yield origin
        finally:
            process.terminate()
            try:
                process.wait(ENDS_WITHIN_S)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait_until_it_answers(origin: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + ANSWERS_WITHIN_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(origin, timeout=ANSWERS_WITHIN_S):
                return
        except URLError:
            time.sleep(0.1)
    pytest.fail(f"Locust's web site did not come up:\n{log.read_text()[-2000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _first_of(names: tuple[str, ...]) -> str:
    for name in names:
        if path := shutil.which(name):
            return path
    _cannot(f"{' or '.join(names)} is not installed")


def _cannot(reason: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
