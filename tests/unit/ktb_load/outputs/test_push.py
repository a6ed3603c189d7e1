import gevent
import pytest

from ktb_load.outputs import push
from ktb_load.outputs.output import CannotOpen
from ktb_load.outputs.push import Endpoint, Parcel, Pusher, basic_authorization


class FakeEndpoint:
    """An endpoint that answers at once, late, or with a failure."""

    url = "http://fake/"

    def __init__(self):
        self.bodies = []
        self.answer = ""
        self.error = None
        self.opens = None

    def post(self, body):
        if self.opens is not None:
            self.opens.wait()
        if self.error is not None:
            raise self.error
        self.bodies.append(body)
        return self.answer


@pytest.fixture
def endpoint():
    return FakeEndpoint()


@pytest.fixture
def waiting():
    """What is to be sent; what got lost comes back."""
    return []


@pytest.fixture
def pusher(endpoint, clock, waiting, said):
    def pack():
        if not waiting:
            return None
        body = waiting.pop(0)
        return Parcel(body, lambda: waiting.insert(0, body))

    return Pusher(endpoint, clock, 5.0, pack, said.append)


def let_run():
    for _ in range(5):
        gevent.sleep(0)


def test_push_happens_when_it_is_time(pusher, endpoint, clock, waiting):
    waiting += [b"a", b"b", b"c"]
    for second in range(11):
        clock.passed_s = float(second)
        pusher.tick()
        let_run()
    assert endpoint.bodies == [b"a", b"b"]


def test_nothing_is_sent_if_nothing_happened(pusher, endpoint):
    assert pusher.finish()
    assert endpoint.bodies == []


def test_one_push_at_a_time(pusher, endpoint, clock, waiting):
    waiting += [b"a", b"b"]
    endpoint.opens = gevent.event.Event()
    for second in (5.0, 10.0, 15.0):
        clock.passed_s = second
        pusher.tick()
        let_run()
    assert waiting == [b"b"]
    endpoint.opens.set()
    let_run()
    pusher.tick()
    let_run()
    assert endpoint.bodies == [b"a", b"b"]


def test_missed_pushes_are_not_made_up_for(pusher, endpoint, clock, waiting):
    waiting += [b"a", b"b", b"c"]
    for second in (100.0, 100.5, 104.0, 105.0):
        clock.passed_s = second
        pusher.tick()
        let_run()
    assert endpoint.bodies == [b"a", b"b"]


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        ("it answered 500: no", None, "http://fake/: it answered 500: no"),
        ("", OSError("refused"), "refused"),
        ("", ValueError(), "ValueError"),
    ],
)
def test_failure_is_complained_of_once_and_the_next_push_is_tried(
    pusher, endpoint, waiting, said, clock, answer, error, words
):
    waiting += [b"a"]
    endpoint.answer, endpoint.error = answer, error
    for second in (5.0, 10.0, 15.0):
        clock.passed_s = second
        pusher.tick()
        let_run()
    (text,) = said
    assert text.endswith(words)
    assert waiting == [b"a"]  # what got lost is to be sent again
    endpoint.answer, endpoint.error, endpoint.bodies = "", None, []
    assert pusher.finish()
    assert endpoint.bodies == [b"a"]


def test_endpoint_that_hangs_is_given_up(pusher, endpoint, waiting, said, monkeypatch):
    monkeypatch.setattr(push, "PUSH_S", 0.0)
    waiting += [b"a"]
    endpoint.opens = gevent.event.Event()
    assert not pusher.finish()
    assert said == ["metrics could not be sent to http://fake/: no answer within 0s"]


def test_push_that_hangs_at_the_end_is_cut_off_and_sent_with_the_last(
    pusher, endpoint, waiting, clock, monkeypatch
):
    monkeypatch.setattr(push, "GRACE_S", 0.0)
    waiting += [b"a"]
    endpoint.opens = gevent.event.Event()
    clock.passed_s = 5.0
    pusher.tick()
    let_run()
    assert waiting == []
    endpoint.opens.set()
    endpoint.opens = None
    assert pusher.finish()
    assert endpoint.bodies == [b"a"]


def test_nothing_is_sent_after_the_end(pusher, endpoint, waiting, clock):
    pusher.finish()
    waiting += [b"a"]
    clock.passed_s = 50.0
    pusher.tick()
    let_run()
    assert endpoint.bodies == []


@pytest.mark.parametrize(
    "url", ["", "h", "h:1", "//h", "ftp://h", "http://", "http://h:0", "http://h:1:2", "http://[h"]
)
def test_url_that_nobody_could_ask_is_refused(url):
    with pytest.raises(CannotOpen, match="is not the URL of an endpoint"):
        Endpoint(url, {})


@pytest.mark.parametrize("url", ["http://h", "https://h:1/a?b", "http://[::1]:1/"])
def test_url_that_can_be_asked_is_taken(url):
    assert Endpoint(url, {}).url == url


def test_password_in_a_url_becomes_a_header_and_is_not_shown():
    endpoint = Endpoint("http://me:%3Aw@h:1/a?b", {})
    assert endpoint.url == "http://h:1/a?b"
    assert endpoint._headers["Authorization"] == basic_authorization("me", ":w")


def test_basic_authorization_is_base64():
    assert basic_authorization("me", "값") == "Basic bWU66rCS"
