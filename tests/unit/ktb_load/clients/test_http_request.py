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
        ("a line break in a value", {"headers": {"A": "b\r\nC: d"}}, "line break"),
        ("a line break in a name", {"headers": {"A\n": "b"}}, "line break"),
        ("a body of another kind", {"body": 5}, "int"),
    ],
)
def test_what_cannot_be_sent_is_refused(case, params, said):
    with pytest.raises(TypeError, match=said):
        build("POST", "http://h/", params)


def test_what_is_no_url_is_refused():
    with pytest.raises(ValueError, match="http://"):
        build("GET", "/relative", {})


HEADERS = {"Content-Type": "text/plain", "Authorization": "t", "X-Own": "1", "Cookie": "c=1"}


@pytest.mark.parametrize(
    ("status", "method", "becomes", "keeps_body"),
    [
        (301, "GET", "GET", False),
        (301, "POST", "GET", False),
        (302, "POST", "GET", False),
        (303, "PUT", "GET", False),
        (302, "HEAD", "HEAD", False),
        (303, "DELETE", "GET", False),
        (307, "POST", "POST", True),
        (308, "PUT", "PUT", True),
    ],
)
def test_redirection_changes_method_and_body(status, method, becomes, keeps_body):
    first = build(method, "http://h/a/b", {"body": "x", "headers": HEADERS})
    hop = first.redirected(status, "c")
    assert (hop.method, hop.url.target) == (becomes, "/a/c")
    assert hop.body == (b"x" if keeps_body else b"")
    assert ("Content-Type" in hop.headers) == keeps_body
    assert hop.headers["Referer"] == "http://h/a/b"
    assert hop.headers["Authorization"] == "t"
    assert "Cookie" not in hop.headers, "that is the jar's from now on"


@pytest.mark.parametrize("status", [300, 304, 305, 306, 200])
def test_other_statuses_lead_nowhere(status):
    assert build("GET", "http://h/", {}).redirected(status, "/a") is None


def test_redirection_without_a_location_leads_nowhere():
    assert build("GET", "http://h/", {}).redirected(302, "") is None


@pytest.mark.parametrize("location", ["ftp://h/", "http://[::1", "http://h:x/"])
def test_redirection_to_no_url_is_an_error(location):
    first = build("GET", "http://h/", {})
    with pytest.raises(ValueError, match=r"URL|[Pp]ort"):
        first.redirected(302, location)


@pytest.mark.parametrize(
    ("case", "location", "kept"),
    [
        ("the same host", "http://h:2/x", {"Authorization", "X-Own"}),
        ("another host", "http://other/x", {"X-Own"}),
    ],
)
def test_secrets_stay_with_their_host(case, location, kept):
    hop = build("GET", "http://h/", {"headers": HEADERS}).redirected(302, location)
    assert set(hop.headers) - {"Referer"} == kept, case


def test_way_from_https_to_http_is_not_told():
    hop = build("GET", "https://h/secret", {}).redirected(302, "http://h/")
    assert "Referer" not in hop.headers


def test_credentials_go_along_only_where_no_other_host_is_named():
    first = build("GET", "http://u:p@h/", {})
    assert first.redirected(302, "/a").url.user == "u:p"
    assert first.redirected(302, "http://other/a").url.user is None
    assert "u:p" not in first.redirected(302, "/a").headers["Referer"]
