import pytest

from ktb_load.metrics.recorder import Exchange, Recorder
from ktb_load.metrics.tags import tag_set

_HOME = tag_set({"scenario": "home"})


@pytest.fixture
def recorder(store):
    return Recorder(store, _HOME)


@pytest.fixture
def heard(store):
    samples = []
    store.subscribe(lambda metric, value, tags, _: samples.append((metric, value, dict(tags))))
    return samples


def test_sample_carries_the_tags_of_the_vu_and_its_own(recorder, heard):
    recorder.add("iterations", 1)
    recorder.add("http_reqs", 1, {"status": "200"})
    recorder.add("http_reqs", 1, {"scenario": "other"})
    assert heard == [
        ("iterations", 1, {"scenario": "home"}),
        ("http_reqs", 1, {"scenario": "home", "status": "200"}),
        ("http_reqs", 1, {"scenario": "other"}),
    ]


def test_tags_of_the_vu_may_change_but_not_those_of_a_series_that_is_kept(recorder, heard):
    kept = recorder.series("iterations")
    recorder.tags = tag_set({"scenario": "home", "group": "::g"})
    kept.add(1)
    recorder.add("iterations", 2)
    assert [tags for _, _, tags in heard] == [
        {"scenario": "home"},
        {"scenario": "home", "group": "::g"},
    ]


def test_samples_are_dropped_after_an_interruption(recorder, heard):
    recorder.enabled = False
    recorder.add("iterations", 1)
    recorder.add("iterations", 1, {"a": "b"})
    assert heard == []
    recorder.enabled = True
    recorder.add("iterations", 1)
    assert len(heard) == 1


@pytest.mark.parametrize("enabled", [True, False])
def test_bytes_of_an_iteration_are_emitted_once_even_if_it_was_interrupted(
    recorder, heard, enabled
):
    recorder.data_sent, recorder.data_received = 12, 345
    recorder.enabled = enabled
    recorder.flush_data()
    recorder.flush_data()
    assert [(metric, value) for metric, value, _ in heard] == [
        ("data_sent", 12),
        ("data_received", 345),
        ("data_sent", 0),
        ("data_received", 0),
    ]


def test_recorders_with_equal_tags_share_their_series(store, recorder):
    assert Recorder(store, _HOME).series("iterations") is recorder.series("iterations")


def test_nobody_has_to_listen_to_exchanges(recorder):
    assert recorder.on_exchange is None
    assert Exchange("GET", "/", 1.0, 5).error is None
