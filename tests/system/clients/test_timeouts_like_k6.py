"""The time of a request runs out in each of its phases: what the real k6 says of it, and what we
say, which phases took time among it.
"""

import socket
from contextlib import ExitStack, contextmanager

import pytest

from ktb_load.clients.proxies import Proxies
from tests.system.clients.k6_side import ask, run_k6

pytestmark = [pytest.mark.system, pytest.mark.k6]

TIMEOUT_S = 0.5
PHASES = ("blocked", "connecting", "tls_handshaking", "sending", "waiting", "receiving")


@contextmanager
def listening(*, full=False):
    """The port of somebody who says nothing, or whose queue has no place for one more."""
    with ExitStack() as stack:
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(2 if full else 0):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        if not full:
            listener.listen(16)
        yield listener.getsockname()[1]


@pytest.fixture
def silent():
    with listening() as port:
        yield port


@pytest.fixture
def full():
    with listening(full=True) as port:
        yield port


CASES = {
    "TCP": ("http://127.0.0.1:{full}/", {}),
    "TCP to a proxy": ("http://a.test/", {"HTTP_PROXY": "127.0.0.1:{full}"}),
    "TLS": ("https://127.0.0.1:{silent}/", {}),
    "CONNECT": ("https://a.test/", {"HTTPS_PROXY": "127.0.0.1:{silent}"}),
    "SOCKS": ("http://a.test/", {"HTTP_PROXY": "socks5://127.0.0.1:{silent}"}),
    "the answer": ("http://127.0.0.1:{silent}/", {}),
    "a proxy's answer": ("http://a.test/", {"HTTP_PROXY": "127.0.0.1:{silent}"}),
}


@pytest.mark.parametrize("phase", CASES)
def test_time_runs_out_in(phase, k6, new_vu, new_client, tmp_path, silent, full):
    url, environ = CASES[phase]
    ports = {"silent": silent, "full": full}
    environ = {name: value.format(**ports) for name, value in environ.items()}
    case = {"case": phase, "url": url.format(**ports), "timeout_s": TIMEOUT_S}
    theirs = run_k6(k6, [case], tmp_path, env=environ)
    vu = new_vu(proxies=Proxies(environ))
    ours = ask(new_client(vu), [case])
    assert ours == theirs.seen
    assert ours[phase].code == 1050
    assert took_time(vu.samples) == took_time(theirs.samples)


def took_time(samples):
    """The phases that took any time, and those that took most of it."""
    values = {metric: value for metric, value, _ in samples}
    took = {phase: values[f"http_req_{phase}"] for phase in PHASES}
    most = {phase for phase, ms in took.items() if ms > TIMEOUT_S * 500}
    return {phase for phase, ms in took.items() if ms > 0}, most
