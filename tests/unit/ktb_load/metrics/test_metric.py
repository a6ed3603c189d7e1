import pytest

from ktb_load.metrics.builtin import BUILTIN
from ktb_load.metrics.chat import CHAT
from ktb_load.metrics.generator import GENERATOR
from ktb_load.metrics.known import KNOWN
from ktb_load.metrics.metric import Contains, MetricSpec, MetricType, check_name


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("ab", id="two letters are enough"),
        pytest.param("_x", id="an underscore may come first"),
        pytest.param("A9_", id="digits and underscores may follow"),
        pytest.param("a" * 129, id="129 signs: one more than the text says, as in k6"),
    ],
)
def test_name_is_allowed(name):
    check_name(name)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("", id="nothing"),
        pytest.param("a", id="one letter"),
        pytest.param("9a", id="a digit first"),
        pytest.param("a-b", id="a hyphen"),
        pytest.param("a b", id="a space"),
        pytest.param("ab\n", id="a new line at the end"),
        pytest.param("채팅", id="Hangul"),
        pytest.param("a٣", id="a digit of another script"),
        pytest.param("a" * 130, id="130 signs"),
    ],
)
def test_name_is_refused_in_the_words_of_k6(name):
    with pytest.raises(ValueError, match="must only include up to 128 ASCII") as caught:
        check_name(name)
    assert str(caught.value).startswith(f"Invalid metric name: '{name}'. ")


def test_description_does_not_tell_specs_apart():
    assert MetricSpec("ab", MetricType.RATE) == MetricSpec("ab", MetricType.RATE, description="x")
    assert MetricSpec("ab", MetricType.TREND) != MetricSpec("ab", MetricType.TREND, Contains.TIME)


def test_every_metric_that_is_known_has_an_allowed_name_and_a_description():
    assert len(KNOWN) == len(BUILTIN) + len(CHAT) + len(GENERATOR)
    for name, spec in KNOWN.items():
        check_name(name)
        assert spec.name == name
        assert spec.description


@pytest.mark.parametrize(
    ("name", "type_", "contains"),
    [
        ("checks", "rate", "default"),
        ("http_req_duration", "trend", "time"),
        ("http_req_failed", "rate", "default"),
        ("http_reqs", "counter", "default"),
        ("vus", "gauge", "default"),
        ("data_sent", "counter", "data"),
        ("ws_sessions", "counter", "default"),
        ("ws_session_duration", "trend", "time"),
    ],
)
def test_builtin_metrics_are_what_they_are_in_k6(name, type_, contains):
    assert (BUILTIN[name].type, BUILTIN[name].contains) == (type_, contains)
