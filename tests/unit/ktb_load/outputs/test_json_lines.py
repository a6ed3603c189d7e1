import errno
import gzip
import io
import json
from math import inf, nan

import pytest

from ktb_load.metrics.tags import tag_set
from ktb_load.metrics.threshold import Thresholds
from ktb_load.outputs.json_lines import JsonLines, open_lines


class FullDisk(io.StringIO):
    """A file on a disk that is full from the first byte on."""

    def __init__(self, fails_at):
        super().__init__()
        self._fails_at = fails_at

    def writelines(self, lines):
        self._may_fail("write")

    def flush(self):
        self._may_fail("flush")

    def close(self):
        super().close()
        self._may_fail("close")

    def _may_fail(self, doing):
        if doing == self._fails_at:
            raise OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def written(store):
    """Let something happen, and give the lines that were written of it."""

    def write(happen, entries=None):
        out, thresholds = io.StringIO(), Thresholds(entries or {})
        for selector in thresholds.selectors:
            store.watch(selector)
        lines = JsonLines(store, thresholds, out, pytest.fail)
        happen()
        lines.flush()
        return out.getvalue().split("\n")[:-1]

    return write


def test_metric_is_described_once_before_its_first_sample(store, written):
    series = store.series("vus", tag_set({"b": "2", "a": "1"}))
    lines = written(lambda: [series.add(value) for value in (1, 2.5)])
    assert lines == [
        '{"type":"Metric","data":{"name":"vus","type":"gauge","contains":"default",'
        '"thresholds":[],"submetrics":null},"metric":"vus"}',
        '{"metric":"vus","type":"Point","data":{"time":"1970-01-01T00:16:40.25Z","value":1,'
        '"tags":{"a":"1","b":"2"}}}',
        '{"metric":"vus","type":"Point","data":{"time":"1970-01-01T00:16:40.25Z","value":2.5,'
        '"tags":{"a":"1","b":"2"}}}',
    ]


def test_series_without_a_sample_is_not_mentioned(store, written):
    assert written(lambda: store.series("vus", ())) == []


def test_description_tells_thresholds_and_submetrics(store, written):
    entries = {
        "vus": [
            " value<5",
            {"threshold": "value<6", "delayAbortEval": "5s"},
            {"threshold": "value<7", "abortOnFail": True},
            {"threshold": "value<8", "abortOnFail": True, "delayAbortEval": "90s"},
        ],
        "vus{ b:'x y',a:c }": ["value<1"],
    }
    first, *_ = written(lambda: store.series("vus", ()).add(1), entries)
    data = json.loads(first)["data"]
    assert data["thresholds"] == [
        " value<5",
        "value<6",
        {"threshold": "value<7", "abortOnFail": True, "delayAbortEval": None},
        {"threshold": "value<8", "abortOnFail": True, "delayAbortEval": "1m30s"},
    ]
    assert data["submetrics"] == [
        {"name": "vus{b:'x y',a:c}", "suffix": "b:'x y',a:c", "tags": {"a": "c", "b": "x y"}}
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(3.0, "3", id="a whole number"),
        pytest.param(True, "1", id="true is one"),
        pytest.param(0.1 + 0.2, "0.30000000000000004", id="every digit"),
        pytest.param(1e21, "1e+21", id="a large number"),
        pytest.param(1e-7, "1e-07", id="a small one"),
    ],
)
def test_value_is_written_in_full(store, written, value, text):
    _, line = written(lambda: store.series("vus", ()).add(value))
    assert f'"value":{text},' in line


@pytest.mark.parametrize("value", [inf, -inf, nan])
def test_value_that_json_cannot_say_is_left_out(store, written, value):
    assert written(lambda: store.series("vus", ()).add(value)) == []


def test_tags_are_escaped(store, written):
    tags = {"키": 'say "값"\n\x01\\ \u2028'}
    _, line = written(lambda: store.series("vus", tag_set(tags)).add(1))
    assert json.loads(line)["data"]["tags"] == tags
    assert "키" in line


def test_many_samples_do_not_wait_for_a_flush(store):
    out = io.StringIO()
    JsonLines(store, Thresholds({}), out, pytest.fail)
    for value in range(5000):
        store.series("vus", ()).add(value)
    assert 1000 < out.getvalue().count("\n") <= 5000


@pytest.mark.parametrize("fails_at", ["write", "flush", "close"])
def test_full_disk_is_complained_of_once_and_the_run_goes_on(store, fails_at):
    said = []
    lines = JsonLines(store, Thresholds({}), FullDisk(fails_at), said.append)
    for value in range(10_000):
        store.series("vus", ()).add(value)
    for finish in (lines.flush, lines.flush, lines.close, lines.close):
        finish()
    store.series("vus", ()).add(1)
    assert len(said) == 1
    assert "No space left on device" in said[0]
    assert store.sink("vus").count == 10_001


def test_sample_that_comes_after_the_end_is_left_out(store, tmp_path):
    path = tmp_path / "samples.json"
    lines = JsonLines(store, Thresholds({}), open_lines(path), pytest.fail)
    store.series("vus", ()).add(1)
    lines.close()
    store.series("vus", ()).add(2)
    lines.flush()
    assert path.read_text("utf-8").count("\n") == 2


@pytest.mark.parametrize(
    ("name", "opened"), [("s.json", open), ("s.json.gz", gzip.open), ("s.gz.json", open)]
)
def test_file_is_compressed_if_its_name_says_so(store, tmp_path, name, opened):
    lines = JsonLines(store, Thresholds({}), open_lines(tmp_path / name), pytest.fail)
    store.series("vus", tag_set({"half": "\ud800", "whole": "값"})).add(1)
    lines.close()
    with opened(tmp_path / name, "rt", encoding="utf-8") as file:
        _, line = file.read().splitlines()
    assert json.loads(line)["data"]["tags"] == {"half": "\ud800", "whole": "값"}


def test_file_that_cannot_be_opened_is_an_error(tmp_path):
    with pytest.raises(OSError, match="No such file"):
        open_lines(tmp_path / "no folder" / "s.json")
