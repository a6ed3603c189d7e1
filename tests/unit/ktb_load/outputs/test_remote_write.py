import pytest

from ktb_load.metrics.tags import tag_set
from ktb_load.outputs.remote_write import RemoteWrite


class FakeEndpoint:
    url = "http://fake/"

    def __init__(self):
        self.bodies = []
        self.answer = ""

    def post(self, body):
        self.bodies.append(body)
        return self.answer


@pytest.fixture
def endpoint():
    return FakeEndpoint()


@pytest.fixture
def opened(context, endpoint):
    def open_(environ=None):
        named = {f"K6_PROMETHEUS_RW_{key}": value for key, value in (environ or {}).items()}
        return RemoteWrite(context(named), endpoint, lambda body: body)

    return open_


def test_last_values_are_sent_at_the_end(opened, endpoint, store):
    output = opened()
    store.series("vus", tag_set({"a": "b"})).add(1)
    output.flush()
    output.close()
    (body,) = endpoint.bodies
    assert b"k6_vus" in body and b"\x0a\x01a\x12\x01b" in body


def test_lost_values_are_sent_again(opened, endpoint, store):
    output = opened()
    store.series("vus", ()).add(1)
    endpoint.answer = "it answered 500"
    assert not output._pusher.push(output._pack)
    endpoint.answer = ""
    output.close()
    assert [b"k6_vus" in body for body in endpoint.bodies] == [True, True]


def test_only_what_changed_is_sent(opened, endpoint, store):
    output = opened()
    store.series("vus", ()).add(1)
    output._pusher.push(output._pack)
    store.series("vus_max", ()).add(1)
    output.close()
    assert b"k6_vus\x12" not in endpoint.bodies[1]
    assert b"k6_vus_max" in endpoint.bodies[1]


def test_series_are_ended_if_that_is_asked_for(opened, endpoint, store):
    output = opened({"STALE_MARKERS": "true"})
    store.series("vus", ()).add(1)
    output.close()
    values, ends = endpoint.bodies
    assert bytes.fromhex("020000000000f07f") in ends
    assert bytes.fromhex("020000000000f07f") not in values


def test_endpoint_that_is_away_is_not_asked_to_end_series(opened, endpoint, store):
    output = opened({"STALE_MARKERS": "true"})
    store.series("vus", ()).add(1)
    endpoint.answer = "it answered 500"
    output.close()
    assert len(endpoint.bodies) == 1
