"""The environment's proxies reach the clients of a run; one that is none is said before it."""

from urllib.parse import urlsplit

import pytest

from tests.servers.proxy import Proxy

pytestmark = pytest.mark.system
PLAN = """
scenarios:
  chat:
    {executor: per-vu-iterations, vus: 2, iterations: 1, maxDuration: 20s, exec: chat,
     env: {ROOM_SIZE: "2", MESSAGES: "1"}}
thresholds: {http_req_failed: ["rate==0"]}
"""


@pytest.fixture
def plan(tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN, encoding="utf-8")
    return str(path)


def test_a_run_goes_through_the_proxy_of_its_environment(runner, reference, plan):
    host = "http://chat.test"  # nobody resolves it, and it is no loopback: only the proxy can help
    with Proxy(urlsplit(reference.rest).port) as proxy:
        environ = {"HTTP_PROXY": f"http://127.0.0.1:{proxy.port}"}
        ended = runner.load(reference, "--host", host, "--plan", plan, **environ)
        asked = [one.target for one in proxy.asked]
    assert ended.code == 0, ended.err + ended.out
    assert asked
    assert all(target.startswith(f"{host}/") for target in asked), asked
    assert "Traceback" not in ended.err


def test_a_proxy_that_is_none_is_refused(runner, reference, plan):
    ended = runner.load(reference, "--plan", plan, HTTP_PROXY="ftp://x")
    assert ended.code == 104
    assert "environment: HTTP_PROXY begins with ftp://" in ended.err
    assert "write http://..." in ended.err
    assert "Traceback" not in ended.err
