import pytest

from benchmarks.cases import Case
from benchmarks.peers.peer import Peer, Work
from benchmarks.results import Results
from benchmarks.rounds import Asked, run_case
from benchmarks.servers import Failed

OURS = Peer("ours", "Ours", lambda work: "", command=None)
OTHER = Peer("other", "Other", lambda work: "", command=None)
ONCE = Peer("once", "Once", lambda work: "", command=None)
ABSENT = Peer("absent", "Absent", lambda work: "it is not installed", command=None)
PEERS = (OURS, OTHER, ONCE, ABSENT)


def _run(measure, asked):
    order, results = [], Results({})

    def measured(peer):
        order.append(peer.name)
        return {"cpu_us": measure(peer)}

    case = Case("echo", "echo", "cpu_us", PEERS, measured, Work("echo", "", 1), once=(ONCE,))
    run_case(case, asked, results, say=lambda text: None)
    return order, results.cases["echo"]


def test_generators_take_turns():
    order, _ = _run(lambda peer: 1.0, Asked(rounds=2))
    assert order == ["ours", "other", "once", "ours", "other"]


def test_who_cannot_take_part_has_no_figure_but_a_reason():
    _, outcomes = _run(lambda peer: 1.0, Asked(rounds=1))
    assert (outcomes["absent"].runs, outcomes["absent"].absent) == ({}, "it is not installed")


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        (Asked(1, hurry=True), ["ours", "other"]),
        (Asked(1, ["once"]), ["ours", "once"]),
        (Asked(1, ["once"], hurry=True), ["ours", "once"]),
        (Asked(1, ["nobody"]), ["ours"]),
    ],
)
def test_only_those_run_that_were_asked_for(asked, wanted):
    assert _run(lambda peer: 1.0, asked)[0] == wanted


def test_a_run_that_failed_is_missing_and_the_others_are_not():
    figures = iter([1.0, None, 3.0])

    def once_more(peer):
        figure = next(figures) if peer is OTHER else 1.0
        if figure is None:
            raise Failed("it fell over")
        return figure

    _, outcomes = _run(once_more, Asked(rounds=3))
    assert outcomes["other"].values("cpu_us") == {1: 1.0, 3: 3.0}
    assert outcomes["other"].absent == "it fell over"


def test_who_failed_the_first_time_is_not_asked_again():
    def fails(peer):
        if peer is OTHER:
            raise Failed("no such server")
        return 1.0

    assert _run(fails, Asked(rounds=3))[0].count("other") == 1
