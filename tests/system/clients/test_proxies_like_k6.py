"""Ways through proxies: the real k6 and we ask them the same things and end in the same way."""

import json
import os
import socket
import subprocess
from contextlib import ExitStack
from pathlib import Path

import pytest

from ktb_load.clients.http_request import build
from ktb_load.clients.http_samples import Shown
from ktb_load.clients.http_stream import open_stream
from ktb_load.clients.proxies import Proxies
from ktb_load.clients.resolver import Rules
from ktb_load.clients.websocket import WebSocket, WebSocketOptions
from ktb_load.errors import ConnectFailed
from tests.servers.proxy import Proxy
from tests.servers.scripted import answer
from tests.system.clients.ear import Ear
from tests.system.clients.k6_side import ask, run_k6

pytestmark = [pytest.mark.system, pytest.mark.k6]

SOCKETS = Path(__file__).parent / "sockets.k6.js"
OTHER_WORDS = (1200,)
"""Go says more about a proxy that it cannot reach."""


@pytest.fixture
def start_proxy():
    with ExitStack() as stack:
        yield lambda *args, **more: stack.enter_context(Proxy(*args, **more))


@pytest.fixture
def judged(k6, new_vu, new_client, trusted, tmp_path):
    """What k6 and we saw, and what each asked of the proxies."""

    def judge(urls, environ, proxies, hosts=()):
        cases = [one if isinstance(one, dict) else {"case": one, "url": one} for one in urls]
        hosts = dict(hosts)
        theirs = run_k6(k6, cases, tmp_path, {"hosts": hosts}, environ).seen
        asked_by_k6 = [asked(proxy) for proxy in proxies]
        vu = new_vu(rules=Rules(hosts=hosts), proxies=Proxies(environ))
        vu.network.user_agent = "judge"
        ours = ask(new_client(vu), cases)
        assert {name: said(seen) for name, seen in ours.items()} == {
            name: said(seen) for name, seen in theirs.items()
        }
        assert [asked(proxy) for proxy in proxies] == asked_by_k6
        return ours, asked_by_k6

    return judge


def said(seen):
    words = "" if seen.code in OTHER_WORDS else seen.error
    return seen.status, seen.code, words, seen.body if seen.status else b""


def asked(proxy):
    """Everything but who asked, since the last time."""
    found = [
        (one.method, one.target, {k: v for k, v in one.headers.items() if k != "user-agent"})
        for one in proxy.asked
    ]
    proxy.asked.clear()
    return found


def test_plain_requests_are_handed_to_the_proxy(judged, server, start_proxy):
    proxy = start_proxy(server.port)
    environ = {"HTTP_PROXY": f"http://u:p%40@127.0.0.1:{proxy.port}"}
    urls = [
        "http://a.test/ok?q=1",
        "http://b.test:81/ok",
        "http://a.test/302",
        "http://[fd00::1]/ok",
        {"case": "own host", "url": "http://a.test/ok", "headers": {"Host": "other.test"}},
        {"case": "credentials", "url": "http://me:pw@a.test/ok"},
        {"case": "POST", "url": "http://a.test/ok", "method": "POST", "body": "text"},
        {"case": "large", "url": "http://a.test/ok", "method": "POST", "body": "x" * 5_000_000},
    ]
    _, [connections] = judged(urls, environ, [proxy])
    assert len(connections) == 1, "one connection serves all hosts"
    half = len(server.received) // 2
    sides = [
        [(one.method, one.target, sorted(one.headers), one.body) for one in side]
        for side in (server.received[:half], server.received[half:])
    ]
    assert sides[0] == sides[1]


def test_https_goes_through_tunnels(judged, start_server, start_proxy, tls):
    behind = start_server(tls=tls("a.test", "b.test"))
    refusals = {
        "407.test:443": answer("407 Proxy Authentication Required"),
        "502.test:443": b"HTTP/1.1 502 Bad Gateway\r\n\r\n",
        "204.test:443": b"HTTP/1.1 204 No Content\r\n\r\n",
        "nothing.test:443": b"",
        "garbage.test:443": b"nonsense\r\n\r\n",
        "half.test:443": b"HTTP/1.1 200",
    }
    proxy = start_proxy(behind.port, refusals=refusals)
    environ = {"https_proxy": f"u:p@127.0.0.1:{proxy.port}"}
    urls = ["https://a.test/ok", "https://a.test/404", "https://b.test:444/ok", "https://c.test/ok"]
    urls += [f"https://{target.partition(':')[0]}/ok" for target in refusals]
    seen, [tunnels] = judged(urls, environ, [proxy])
    assert seen["https://a.test/ok"].status == 200
    assert tunnels[0] == (
        "CONNECT",
        "a.test:443",
        {"host": "a.test:443", "proxy-authorization": "basic dtpw"},
    )
    assert len(tunnels) == len(urls) - 1, "a tunnel is kept"


@pytest.mark.parametrize("user", ["", "u:p@"])
def test_socks(judged, start_server, start_proxy, tls, server, user):
    behind = start_server(tls=tls("a.test"))
    refusals = {
        f"refused-{number}.test:443": b"\x05%c\x00\x01" % number + bytes(6) for number in (1, 2, 9)
    }
    plain, secure = start_proxy(server.port), start_proxy(behind.port, refusals=refusals)
    environ = {
        "HTTP_PROXY": f"socks5://{user}127.0.0.1:{plain.port}",
        "HTTPS_PROXY": f"socks5h://{user}127.0.0.1:{secure.port}",
    }
    urls = ["http://a.test/ok", "http://10.1.2.3/ok", "http://[fd00::1]:81/ok", "https://a.test/ok"]
    urls += [f"https://{target.partition(':')[0]}/ok" for target in refusals]
    seen, _ = judged(urls, environ, [plain, secure])
    assert [seen[url].status for url in urls[:4]] == [200] * 4
    assert [one.target for one in server.received] == ["/ok"] * 6


@pytest.mark.parametrize(
    "environ", [{"HTTP_PROXY": "http://127.0.0.1:{closed}"}, {"HTTP_PROXY": "nowhere.invalid:1"}]
)
def test_proxy_that_is_not_there(judged, closed_port, environ):
    environ = {name: value.format(closed=closed_port) for name, value in environ.items()}
    seen, _ = judged(["http://a.test/ok"], environ, [])
    assert seen["http://a.test/ok"].code == 1200


HOSTS = (
    "a.test", "b.a.test", "ba.test", "below.test", "x.below.test", "star.test", "x.star.test",
    "port.test", "10.1.2.3", "10.2.0.1", "10.3.0.1", "10.3.0.2", "other.test",
)  # fmt: skip
EXCEPTIONS = "a.test, .below.test,*.star.test,port.test:81,,10.1.2.3,10.2.0.0/16,10.3.0.1:81"


def test_exceptions_are_gos(judged, server, start_server, start_proxy):
    direct = start_server()
    direct.also["/ok"] = [answer("200 OK", b"direct")]
    proxy = start_proxy(server.port)
    environ = {"HTTP_PROXY": f"127.0.0.1:{proxy.port}", "NO_PROXY": EXCEPTIONS}
    urls = [f"http://{host}{port}/ok" for host in HOSTS for port in ("", ":81")]
    seen, _ = judged(urls, environ, [proxy], dict.fromkeys(HOSTS, f"127.0.0.1:{direct.port}"))
    bodies = {url: one.body == b"direct" for url, one in seen.items()}
    assert bodies["http://b.a.test/ok"]
    assert bodies["http://port.test:81/ok"]
    assert not bodies["http://port.test/ok"]
    assert not bodies["http://below.test/ok"]


def test_this_machine_is_spoken_to_directly(judged, server, start_server, start_proxy):
    six = start_server(family=socket.AF_INET6)
    proxy = start_proxy(server.port)
    environ = {"HTTP_PROXY": f"127.0.0.1:{proxy.port}"}
    urls = [f"http://{host}:{server.port}/ok" for host in ("127.0.0.1", "localhost")]
    _, [ways] = judged([*urls, f"{six.url}/ok"], environ, [proxy])
    assert ways == []


def test_streams_are_asked_of_the_proxy_like_requests(new_vu, server, start_proxy):
    proxy = start_proxy(server.port)
    network = new_vu(proxies=Proxies({"HTTP_PROXY": f"127.0.0.1:{proxy.port}"})).network
    request = build("GET", "http://a.test/ok", {})
    shown = Shown("GET", "", "/ok", None, {})
    stream = open_stream(network, request, shown, 5)
    stream.close()
    assert (stream.status, [one.target for one in proxy.asked]) == (200, ["http://a.test/ok"])


@pytest.mark.parametrize("scheme", ["http://u:p@", "socks5://u:p@"])
def test_websockets_go_through_tunnels_too(
    k6, new_vu, start_proxy, serving_script, tmp_path, scheme
):
    port = int(serving_script("hello").rpartition(":")[2])
    proxy = start_proxy(port, refusals={"refused.test:80": answer("407 Who are you")})
    environ = {"HTTP_PROXY": f"{scheme}127.0.0.1:{proxy.port}"}
    urls = ["ws://a.test/x", "ws://refused.test/", f"ws://127.0.0.1:{port}/"]
    (tmp_path / "urls.json").write_text(json.dumps(urls))
    done = subprocess.run(
        [k6, "run", "--quiet", "--no-usage-report", "--no-summary", SOCKETS],
        env={**os.environ, **environ, "CASES": str(tmp_path / "urls.json")},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stderr.count("hello") == 2, done.stderr
    asked_by_k6 = asked(proxy)
    vu, ear = new_vu(proxies=Proxies(environ)), Ear()
    for number, url in enumerate((urls[0], urls[2])):
        connection = WebSocket.connect(vu.network, url, ear, WebSocketOptions())
        assert ear.wait_for(number + 1) == ["hello"] * (number + 1)
        connection.close()
    with pytest.raises(ConnectFailed):
        WebSocket.connect(vu.network, urls[1], ear, WebSocketOptions())
    assert sorted(asked(proxy)) == sorted(asked_by_k6)
