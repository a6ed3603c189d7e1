import pytest

from ktb_load.outputs import environ as env
from ktb_load.outputs.output import CannotOpen


@pytest.mark.parametrize(
    ("text", "default", "meant"),
    [("true", False, True), ("1", False, True), ("FALSE", True, False), ("", True, False)],
)
def test_switch_reads_what_k6_reads(text, default, meant):
    assert env.switch({"A": text}, "A", default) is meant


def test_switch_that_is_not_set_has_its_default():
    assert env.switch({}, "A", True) is True


@pytest.mark.parametrize(("text", "seconds"), [("", 7), ("1m", 60), ("250ms", 0.25)])
def test_interval_is_a_duration(text, seconds):
    assert env.interval_s({"A": text}, "A", 7) == seconds


def test_pairs_are_split_at_the_first_sign():
    assert env.pairs({"A": "a=b=c, d = e,"}, "A", "=") == {"a": "b=c", "d": "e"}
    assert env.pairs({}, "A", "=") == {}


def test_refusal_gives_the_reason():
    env.refuse({"A": "false"}, {"A": "why", "B": "why"})
    with pytest.raises(CannotOpen, match="A is not supported: why"):
        env.refuse({"A": "x"}, {"A": "why"})
