"""Our remote write held against k6's: the same receiver decodes both."""

from __future__ import annotations

import struct
from typing import Any

import pytest

pytest.importorskip("cramjam")
pytest.importorskip("opentelemetry.proto")

from tests.system.outputs.receiver import Receiver, receiving

pytestmark = [pytest.mark.k6, pytest.mark.system]

EVERY_STAT = "p(95),p(99.9),avg,min,max,med,count,sum"


def _last_values(receiver: Receiver) -> dict[tuple[tuple[str, str], ...], float]:
    found = {}
    for request in receiver.received:
        for labels, value, at_ms in request.written():
            assert 1.6e12 < at_ms < 3e12
            found[labels] = value
    return found


def _both(judge: Any, case: Any, **environ: str) -> tuple[Receiver, Receiver]:
    with receiving() as theirs, receiving() as ours:
        prefix = "K6_PROMETHEUS_RW_"
        settings = {f"{prefix}{key}": value for key, value in environ.items()}
        out = ["experimental-prometheus-rw"]
        lines = judge.run(case, out, {**settings, f"{prefix}SERVER_URL": theirs.url})
        judge.replay(case, lines, out, {**settings, f"{prefix}SERVER_URL": ours.url})
    return theirs, ours


@pytest.mark.parametrize("stats", ["", EVERY_STAT])
def test_names_labels_and_values_are_those_of_k6(judge: Any, case: Any, stats: str) -> None:
    theirs, ours = _both(judge, case, TREND_STATS=stats)
    expected = _last_values(theirs)
    assert _last_values(ours) == pytest.approx(expected, rel=1e-12)
    assert len(expected) > 15


def test_headers_are_those_of_k6(judge: Any, case: Any) -> None:
    environ = {"HTTP_HEADERS": "X-One:1,X-Two: b", "HEADERS_X-Three": "c, d"}
    theirs, ours = _both(judge, case, **environ)
    names = ["X_ONE", "X_TWO", "X_THREE", "CONTENT_TYPE", "CONTENT_ENCODING"]
    names += ["X_PROMETHEUS_REMOTE_WRITE_VERSION"]
    for receiver in (theirs, ours):
        assert receiver.received[0].path == "/in?a=b"
    assert [ours.received[0].headers[n] for n in names] == [
        theirs.received[0].headers[n] for n in names
    ]


@pytest.mark.parametrize(
    ("environ", "sent"),
    [
        ({"USERNAME": "me", "PASSWORD": "p:w"}, "Basic bWU6cDp3"),
        ({"USERNAME": "me"}, "Basic bWU6"),
        ({"BEARER_TOKEN": "abc"}, "Bearer abc"),
        ({"BEARER_TOKEN": "abc", "USERNAME": "me"}, "Bearer abc"),
        ({"BEARER_TOKEN": "abc", "HEADERS_Authorization": "other"}, "Bearer abc"),
    ],
)
def test_authorization_is_that_of_k6(
    judge: Any, case: Any, environ: dict[str, str], sent: str
) -> None:
    for receiver in _both(judge, case, **environ):
        assert receiver.received[0].headers["AUTHORIZATION"] == sent


def test_stale_markers_end_the_same_series(judge: Any, case: Any) -> None:
    theirs, ours = _both(judge, case, STALE_MARKERS="true", TREND_STATS="avg")
    ended = [{labels for labels, *_ in r.received[-1].written()} for r in (theirs, ours)]
    assert ended[0] == ended[1]
    marks = [{_bits(value) for _, value, _ in r.received[-1].written()} for r in (theirs, ours)]
    assert marks == [{0x7FF0000000000002}] * 2


def test_user_and_password_in_the_url_are_those_of_k6(judge: Any, case: Any) -> None:
    with receiving() as theirs, receiving() as ours:
        out, variable = ["experimental-prometheus-rw"], "K6_PROMETHEUS_RW_SERVER_URL"
        url = "http://me:p%3Aw@{}/"
        lines = judge.run(case, out, {variable: url.format(theirs.host)})
        judge.replay(case, lines, out, {variable: url.format(ours.host)})
    for receiver in (theirs, ours):
        assert receiver.received[0].headers["AUTHORIZATION"] == "Basic bWU6cDp3"


def _bits(value: float) -> int:
    return int(struct.unpack("<Q", struct.pack("<d", value))[0])
