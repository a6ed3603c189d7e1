"""Our HTTP client against a scripted server, against uvicorn and against ``http.server``."""

import http.server
import socket
import ssl
import threading
import time
from contextlib import contextmanager
from socket import AF_INET

import gevent
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse, StreamingResponse
from starlette.routing import Route

from ktb_load.clients.http_samples import _METRICS
from ktb_load.clients.resolver import Rules
from ktb_load.clients.tls import TlsOptions

pytestmark = pytest.mark.system
NINE = dict.fromkeys(_METRICS, 1)


# Samples.


def test_round_trip_is_nine_samples_with_one_set_of_tags(client, vu, server):
    assert client.get("/ok").json() == {"hello": "world"}
    assert vu.counts() == NINE
    assert {tuple(sorted(dict(tags).items())) for _, _, tags in vu.samples} == {
        (
            ("expected_response", "true"),
            ("method", "GET"),
            ("name", "/ok"),
            ("proto", "HTTP/1.1"),
            ("status", "200"),
            ("url", "/ok"),
        )
    }
    assert vu.values("http_req_failed") == [0]


def test_phases_of_a_round_trip_add_up(client, vu):
    client.get("/late")
    client.get("/slow")
    for number in (0, 1):
        sending, waiting, receiving, duration = (
            vu.values(f"http_req_{phase}")[number]
            for phase in ("sending", "waiting", "receiving", "duration")
        )
        assert duration == pytest.approx(sending + waiting + receiving)
    assert vu.values("http_req_waiting")[0] >= 95
    assert vu.values("http_req_receiving")[1] >= 95
    assert vu.values("http_req_connecting")[0] > 0
    assert vu.values("http_req_connecting")[1] == 0


def test_nothing_is_emitted_after_an_interruption(client, vu):
    vu.recorder.enabled = False
    assert client.get("/ok").status == 200
    assert vu.samples == []


def test_exchanges_are_told_for_the_table_of_locust(client, vu):
    told = []
    vu.recorder.on_exchange = told.append
    client.get("/ok?id=7", name="/ok?id")
    client.get("/404")
    client.get("/eof")
    assert [(one.kind, one.name, one.body_bytes) for one in told] == [
        ("GET", "/ok?id", 17),
        ("GET", "/404", 4),
        ("GET", "/eof", 0),
    ]
    assert [str(one.error or "") for one in told] == ["", "HTTP 404", "EOF"]


def test_bytes_are_counted_for_the_vu(client, vu, server):
    client.get("/ok")
    sent = f"GET /ok HTTP/1.1\r\nHost: {server.host}:{server.port}\r\nUser-Agent: ktb-load\r\n\r\n"
    assert vu.recorder.data_sent == len(sent)
    assert vu.recorder.data_received == len(b"HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n") + 17


# Failures: status 0 and k6's code, never an exception.


@pytest.mark.parametrize(
    ("path", "error", "code"),
    [
        ("/eof", "EOF", 1000),
        ("/half-head", "unexpected EOF", 1000),
        ("/short-body", "unexpected EOF", 1000),
        ("/short-chunk", "unexpected EOF", 1000),
        ("/no-last-chunk", "unexpected EOF", 1000),
        ("/reset", "read: connection reset by peer", 1220),
        ("/reset-in-body", "read: connection reset by peer", 1220),
        ("/garbage", 'malformed HTTP status code "is"', 1000),
        ("/bad-chunk", "invalid byte in chunk length", 1000),
        ("/hang", "request timeout", 1050),
        ("/hang-in-body", "request timeout", 1050),
        ("/to-hang", "request timeout", 1050),
        ("/to-eof", "EOF", 1000),
    ],
)
def test_failure_is_in_the_response_and_in_the_samples(client, vu, path, error, code):
    response = client.get(path, timeout_s=0.3)
    assert (response.status, response.error, response.error_code) == (0, error, code)
    assert (response.body, response.json()) == (b"", None)
    tags = vu.of("http_reqs")[-1][1]
    assert (tags["status"], tags["error"], tags["error_code"]) == ("0", error, str(code))
    assert (tags["expected_response"], "proto" in tags) == ("false", False)
    assert vu.values("http_req_failed")[-1] == 1
    assert client.get("/ok").status == 200, "the client is as good as before"


def test_refused_dial_has_no_timings(client, vu, closed_port):
    response = client.get(f"http://127.0.0.1:{closed_port}/")
    assert (response.error, response.error_code) == ("dial: connection refused", 1212)
    times = [value for name, value, _ in vu.samples if name.startswith("http_req_")][:-1]
    assert times == [0.0] * 7


def test_no_such_host_has_a_code_of_its_own(client):
    response = client.get("http://nowhere.invalid/")
    assert (response.error, response.error_code) == ("lookup: no such host", 1101)


@pytest.mark.parametrize(("status", "code"), [(400, 1400), (404, 1404), (500, 1500)])
def test_refusal_of_the_system_has_a_code_but_no_error(client, vu, status, code):
    response = client.get(f"/{status}")
    assert (response.status, response.error, response.error_code) == (status, "", code)
    assert vu.of("http_reqs")[0][1]["error_code"] == str(code)


def test_expected_status_is_no_failure(client, vu):
    client.get("/404", expected={404})
    client.get("/ok", expected={404})
    assert vu.values("http_req_failed") == [0, 1]


def test_fault_of_the_author_sends_nothing(client, server):
    with pytest.raises(TypeError):
        client.get("/ok", headers={"A": "b\nc"})
    with pytest.raises(ValueError, match="http://"):
        client.get("ws://h/")
    assert server.received == []


# Connections.


def connections(server):
    return [one.connection for one in server.received]


def test_connection_is_kept_as_long_as_the_server_keeps_it(client, server):
    for path in ("/ok", "/404", "/chunked", "/no-content", "/continue", "/closing", "/ok"):
        client.get(path)
    assert connections(server) == [1, 1, 1, 1, 1, 1, 2]


def test_as_many_connections_are_kept_as_were_needed_at_once(client, server):
    for _ in range(3):
        asking = [gevent.spawn(client.get, "/slow") for _ in range(3)]
        gevent.joinall(asking, raise_error=True, timeout=5)
    assert sorted(connections(server)) == [1, 1, 1, 2, 2, 2, 3, 3, 3]


def test_answers_of_two_versions_have_their_own_tags(client, vu):
    for path in ("/http10", "/ok", "/http10"):
        client.get(path, name="either")
    seen = [tags["proto"] for _, tags in vu.of("http_reqs")]
    assert seen == ["HTTP/1.0", "HTTP/1.1", "HTTP/1.0"]


def test_head_leaves_the_connection_in_order(client, server):
    assert client.head("/head").body == b""
    assert client.get("/ok").json() == {"hello": "world"}
    assert connections(server) == [1, 1]


def test_connection_with_an_unasked_answer_is_not_used_again(client, server):
    assert client.get("/unasked").body == b'{"hello":"world"}'
    assert client.get("/404").status == 404
    assert connections(server) == [1, 2]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_connection_that_was_closed_when_idle_is_made_anew(client, server, vu, method):
    client.get("/close-when-idle")
    time.sleep(0.05)
    assert client.request(method, "/ok").status == 200
    assert connections(server) == [1, 2]
    assert vu.values("http_req_connecting")[1] > 0


@pytest.mark.parametrize("end", ["farewell", "close"])
def test_tls_connection_that_was_closed_when_idle_is_made_anew(
    vu, new_client, start_server, tls, trusted, end
):
    server = start_server(tls=tls("localhost"), host="localhost")
    server.also["/last"] = [b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", end]
    client = new_client(vu, server.url)
    for path in ("/ok", "/ok", "/last"):
        assert client.post(path).status == 200
    time.sleep(0.1)
    assert client.post("/ok").status == 200
    assert connections(server) == [1, 1, 1, 2]


def test_get_is_sent_again_where_the_kept_connection_ends_unanswered(client, server):
    server.also["/once"] = ["close"]
    client.get("/ok")
    response = client.get("/once")
    assert (response.error, connections(server)) == ("EOF", [1, 1, 2])


@pytest.mark.parametrize(("headers", "times"), [({}, 1), ({"Idempotency-Key": "1"}, 2)])
def test_post_is_sent_twice_only_where_its_author_allows_it(client, server, headers, times):
    server.also["/once"] = ["close"]
    client.get("/ok")
    assert client.post("/once", headers=headers).error == "EOF"
    assert connections(server) == [1, 1, 2][: 1 + times]


@pytest.mark.parametrize(
    ("option", "expected"),
    [
        ({}, [1, 1, 1]),
        ({"no_connection_reuse": True}, [1, 2, 3]),
        ({"no_vu_connection_reuse": True}, [1, 1, 2]),
    ],
)
def test_options_say_how_long_connections_are_kept(vu, server, new_client, option, expected):
    client = new_client(vu, server.url, **option)
    client.get("/ok")
    client.get("/ok")
    client.end_iteration()
    client.get("/ok")
    assert connections(server) == expected


def test_connection_after_a_timeout_is_another(client, server):
    client.get("/hang", timeout_s=0.05)
    client.get("/ok")
    assert connections(server) == [1, 2]


# Redirections and cookies.


@pytest.mark.parametrize(("left", "hops", "status"), [(0, 1, 302), (1, 2, 302), (2, 3, 302)])
def test_redirections_are_followed_as_often_as_allowed(client, vu, left, hops, status):
    assert client.get("/loop", redirects=left).status == status
    assert len(vu.values("http_reqs")) == hops


def test_every_hop_has_its_own_samples_and_the_timeout_is_for_all(client, vu, server):
    response = client.get(f"{server.url}/302")
    assert (response.status, response.url) == (200, f"{server.url}/ok")
    assert [tags["name"] for _, tags in vu.of("http_reqs")] == [
        f"{server.url}/302",
        f"{server.url}/ok",
    ]


def test_redirection_to_nowhere_has_failed(client, vu):
    response = client.get("/to-nonsense")
    assert (response.status, response.error_code) == (0, 1000)
    assert response.error.startswith('failed to parse Location header "http://[::1"')
    assert vu.counts() == NINE


def test_cookies_last_for_an_iteration(client, server):
    client.get("/cookie-and-on")
    client.get("/cookie")
    client.get("/ok")
    client.end_iteration()
    client.get("/ok")
    cookies = [one.header("Cookie") for one in server.received]
    assert cookies == [None, "hop=1", "hop=1", "b=2; hop=1; a=1", None]


def test_cookies_may_be_kept(vu, server, new_client):
    client = new_client(vu, server.url, no_cookies_reset=True)
    client.get("/cookie")
    client.end_iteration()
    client.get("/ok")
    assert server.received[-1].header("Cookie") == "b=2; a=1"


# Addresses and TLS.


def test_ipv6_works(client, start_server):
    six = start_server(family=socket.AF_INET6)
    assert client.get(f"{six.url}/ok").status == 200
    assert six.received[0].header("Host") == f"[::1]:{six.port}"


def test_name_is_looked_up_once(client, server, monkeypatch):
    client.get("/ok")
    monkeypatch.setattr("gevent.socket.getaddrinfo", None)
    client.get("/closing")
    assert client.get("/ok").status == 200


def test_https_is_tagged_with_its_version(client, vu, start_server, tls, trusted):
    url = start_server(tls=tls("localhost"), host="localhost").url
    for _ in range(3):
        assert client.get(f"{url}/ok").status == 200
    assert [tags["tls_version"] for _, tags in vu.of("http_reqs")] == ["tls1.3"] * 3
    first, *later = vu.values("http_req_tls_handshaking")
    assert (first > 0, later) == (True, [0.0, 0.0])


def test_tls_before_1_3_works(client, vu, start_server, tls, trusted):
    context = tls("localhost")
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    url = start_server(tls=context, host="localhost").url
    assert client.get(f"{url}/chunked").body == b"abcdefg"
    assert vu.of("http_reqs")[0][1]["tls_version"] == "tls1.2"


@pytest.mark.parametrize(
    ("case", "ours", "names", "error", "code"),
    [
        ("an unknown authority", False, ["localhost"], "x509: unknown authority", 1310),
        ("another name", True, ["other.example"], "x509: certificate doesn't match hostname", 1311),
        ("another address", True, ["127.0.0.9"], "x509: certificate doesn't match hostname", 1311),
    ],
)
def test_certificate_that_is_not_trusted(
    client, vu, new_vu, new_client, start_server, tls, foreign_tls, trusted,
    case, ours, names, error, code,
):  # fmt: skip
    url = start_server(tls=(tls if ours else foreign_tls)(*names), host="localhost").url
    response = client.get(f"{url}/ok")
    assert (response.error, response.error_code) == (error, code), case
    assert vu.values("http_req_connecting")[0] > 0
    careless = new_client(new_vu(tls=TlsOptions(insecure_skip_verify=True)), url)
    assert careless.get("/ok").status == 200


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
@pytest.mark.parametrize("careless", [False, True], ids=["verified", "insecure"])
def test_server_is_told_the_name(new_vu, new_client, start_server, tls, trusted, host, careless):
    context, told = tls("localhost", "127.0.0.1"), []
    context.sni_callback = lambda sock, name, ours: told.append(name)
    url = start_server(tls=context, host=host).url
    client = new_client(new_vu(tls=TlsOptions(insecure_skip_verify=careless)), url)
    assert client.get("/ok").status == 200
    assert told == [host if host == "localhost" else None], "an address is no name (RFC 6066)"


def test_every_address_of_a_name_is_tried(new_client, new_vu, server):
    def two_addresses(_host, _port, *, type):
        return [(AF_INET, type, 6, "", (ip, 0)) for ip in ("127.1.2.3", "127.0.0.1")]

    vu = new_vu(rules=Rules(select="first"), look_up=two_addresses)
    url = server.url.replace("127.0.0.1", "two.test")
    assert new_client(vu, url).get("/ok").status == 200


# Other people's servers.


async def _echo(request):
    body, fields = await request.body(), {}
    if "form" in request.headers.get("content-type", ""):
        async with request.form() as form:
            for name, value in form.items():
                text = isinstance(value, str)
                fields[name] = value if text else [value.filename, (await value.read()).decode()]
    return JSONResponse(
        {
            "method": request.method,
            "query": dict(request.query_params),
            "own": request.headers.get("x-own"),
            "body": "" if fields else body.decode(),
            "form": fields,
        }
    )


async def _stream(request):
    return StreamingResponse(iter([b"a" * 70_000, b"b", "가".encode()]), media_type="text/plain")


@pytest.fixture(scope="module")
def uvicorn_url():
    app = Starlette(
        routes=[
            Route("/echo", _echo, methods=["GET", "POST", "PUT", "PATCH", "DELETE"]),
            Route("/stream", _stream),
        ]
    )
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()  # who comes before the server is ready waits
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="none"))
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(5)


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_uvicorn_understands_every_method(vu, new_client, uvicorn_url, method):
    client = new_client(vu, uvicorn_url)
    act = getattr(client, method.lower())
    said = act("/echo?a=1&b=가", body="안녕", headers={"X-Own": "x"}).json()
    assert said == {
        "method": method,
        "query": {"a": "1", "b": "가"},
        "own": "x",
        "body": "안녕",
        "form": {},
    }


def test_uvicorn_understands_forms_and_files(vu, new_client, uvicorn_url):
    client = new_client(vu, uvicorn_url)
    file = {"file": ("사진.txt", b"data", "text/plain")}
    assert client.post("/echo", body={"a": "1 2"}, files=file).json("form") == {
        "a": "1 2",
        "file": ["사진.txt", "data"],
    }
    assert client.post("/echo", body={"a": "1 2"}).json("form") == {"a": "1 2"}
    assert client.post("/echo", json={"a": [1]}).json("body") == '{"a":[1]}'


def test_uvicorn_streams(vu, new_client, uvicorn_url):
    client = new_client(vu, uvicorn_url)
    for _ in range(3):
        assert client.get("/stream").text == "a" * 70_000 + "b가"
    assert [value > 0 for value in vu.values("http_req_connecting")] == [True, False, False]


class _Files(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"x" * 200_000)

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        size = len(self.rfile.read(length))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(str(size).encode())

    def log_message(self, *_):
        pass


@contextmanager
def plain_server():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Files) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join(5)


def test_http_server_of_python_speaks_the_old_protocol(vu, new_client):
    with plain_server() as url:
        client = new_client(vu, url)
        response = client.get("/")
        assert (response.proto, len(response.body)) == ("HTTP/1.0", 200_000)
        assert client.post("/", body=b"y" * 2_000_000).text == "2000000"
