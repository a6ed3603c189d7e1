"""Requests as bytes, and what redirections make of them; h11 reads them as a second opinion."""

import h11
import pytest

from ktb_load.clients.http_request import build


def read(data):
    """Method, target, headers and body, as h11 understands them."""
    judge = h11.Connection(h11.SERVER)
    judge.receive_data(data)
    request, body = judge.next_event(), b""
    while isinstance(event := judge.next_event(), h11.Data):
        body += bytes(event.data)
    assert isinstance(event, h11.EndOfMessage)
    assert judge.trailing_data[0] == b""
    headers = [(name.decode(), value.decode()) for name, value in request.headers]
    return request.method.decode(), request.target.decode(), headers, body


def sent(method, url, cookies="", close=False, **params):
    return read(build(method, url, params).encode("ua", cookies, close=close))


def test_plain_request_says_no_more_than_needed():
    assert build("GET", "http://h:1/a?b", {}).encode("ua", "", close=False) == (
        b"GET /a?b HTTP/1.1\r\nHost: h:1\r\nUser-Agent: ua\r\n\r\n"
    )


@pytest.mark.parametrize(
    ("case", "params", "content_type", "body"),
    [
        ("nothing", {}, None, b""),
        ("text", {"body": "안녕"}, None, "안녕".encode()),
        ("bytes", {"body": b"\0\xff"}, None, b"\0\xff"),
        ("a form", {"body": {"a": "1 2", "b": "가"}}, "application/x-www-form-urlencoded",
         b"a=1+2&b=%EA%B0%80"),
        ("JSON", {"json": {"a": [1, "가"]}}, "application/json", '{"a":[1,"가"]}'.encode()),
        ("JSON null", {"json": None}, "application/json", b"null"),
        ("an own type", {"json": 1, "headers": {"content-type": "x/y"}}, "x/y", b"1"),
    ],
)  # fmt: skip
def test_body_goes_with_its_type_and_length(case, params, content_type, body):
    _, _, headers, read_body = sent("POST", "http://h/", **params)
    named = dict(headers)
    assert (named.get("content-type"), read_body) == (content_type, body), case
    assert named["content-length"] == str(len(body)), case
    assert len(headers) == len(named), case


def test_files_go_with_fields():
    _, _, headers, body = sent(
        "POST", "http://h/", body={"a": 1}, files={"f": ("n.txt", b"data", "text/plain")}
    )
    assert dict(headers)["content-type"].startswith("multipart/form-data; boundary=")
    assert body.index(b'name="a"\r\n\r\n1') < body.index(b'filename="n.txt"')
    assert b"data" in body


@pytest.mark.parametrize(
    ("method", "length"),
    [("POST", "0"), ("PUT", "0"), ("PATCH", "0"), ("GET", None), ("DELETE", None), ("HEAD", None)],
)
def test_empty_body_has_a_length_where_one_is_expected(method, length):
    assert dict(sent(method, "http://h/")[2]).get("content-length") == length


@pytest.mark.parametrize(
    ("case", "url", "headers", "expected"),
    [
        ("credentials", "http://u:p%40@h/", {}, "Basic dTpwQA=="),
        ("a user alone", "http://u@h/", {}, "Basic dTo="),
        ("an own header wins", "http://u:p@h/", {"authorization": "Bearer t"}, "Bearer t"),
        ("none", "http://h/", {}, None),
    ],
)
def test_credentials_of_the_url_are_sent(case, url, headers, expected):
    assert dict(sent("GET", url, headers=headers)[2]).get("authorization") == expected, case


def test_own_user_agent_takes_the_place_of_ours():
    headers = sent("GET", "http://h/", headers={"user-agent": "mine"})[2]
    assert [value for name, value in headers if name == "user-agent"] == ["mine"]


@pytest.mark.parametrize(
    ("own", "jar", "expected"),
    [
        ({}, "", []),
        ({}, "a=1", ["a=1"]),
        ({"cookie": "own=1"}, "", ["own=1"]),
        ({"cookie": "own=1"}, "a=1", ["own=1; a=1"]),
    ],
)
def test_cookies_of_the_jar_follow_own_ones(own, jar, expected):
    headers = sent("GET", "http://h/", cookies=jar, headers=own)[2]
    assert [value for name, value in headers if name == "cookie"] == expected


def test_connection_that_is_not_kept_is_told_so():
    assert ("connection", "close") in sent("GET", "http://h/", close=True)[2]


@pytest.mark.parametrize(
    ("case", "params", "said"),
    [
        ("a parameter nobody knows", {"jsn": 1}, "jsn"),
        ("a line break in a value", {"headers": {"A": "b\r\nC: d"}}, "'A' has a character"),
        ("a line break in a name", {"headers": {"A\n": "b"}}, "has a character"),
        ("a blank in a name", {"headers": {"A B": "b"}}, "'A B' has a character"),
        ("a header without a name", {"headers": {"": "b"}}, "has a character"),
        ("a body of another kind", {"body": 5}, "int"),
    ],
)
def test_what_cannot_be_sent_is_refused(case, params, said):
    with pytest.raises(TypeError, match=said):
        build("POST", "http://h/", params)


def test_what_is_no_method_is_refused():
    assert build("PURGE", "http://h/", {}).method == "PURGE"
    with pytest.raises(TypeError, match="'A B' is no method"):
        build("A B", "http://h/", {})


def test_what_is_no_url_is_refused():
    with pytest.raises(ValueError, match="http://"):
        build("GET", "/relative", {})


@pytest.mark.parametrize(
    ("case", "headers", "sent_as"),
    [
        ("a host", {"Host": "other"}, {"host": "other", "content-length": "3"}),
        ("a length", {"Content-Length": "9"}, {"host": "h", "content-length": "3"}),
        ("chunks", {"transfer-encoding": "chunked"}, {"host": "h", "content-length": "3"}),
        ("trailers", {"Trailer": "X"}, {"host": "h", "content-length": "3"}),
        ("no agent", {"User-Agent": ""}, {"host": "h", "content-length": "3"}),
        ("a word in two spellings", {"X-A": "1", "x-a": "2"},
         {"host": "h", "content-length": "3", "x-a": "2"}),
    ],
)  # fmt: skip
def test_framing_and_host_are_said_once(case, headers, sent_as):
    lines = sent("POST", "http://h/", body="abc", headers={"User-Agent": "", **headers})[2]
    assert sorted(lines) == sorted(sent_as.items()), case


@pytest.mark.parametrize(
    ("method", "headers", "replayable"),
    [
        ("GET", {}, True),
        ("HEAD", {}, True),
        ("TRACE", {}, True),
        ("POST", {}, False),
        ("DELETE", {}, False),
        ("POST", {"Idempotency-Key": "1"}, True),
        ("PATCH", {"x-idempotency-key": "1"}, True),
    ],
)
def test_what_may_be_sent_twice(method, headers, replayable):
    assert build(method, "http://h/", {"headers": headers}).replayable == replayable
