from collections import Counter
from dataclasses import dataclass

import pytest

from ktb_load.reference_server.faults import Faults, Verdict, parse_fault, scope_problem

ACTIONS = ("POST /api/auth/login", "POST /api/rooms/{roomId}/join", "connect", "chatMessage")


@dataclass
class VirtualClock:
    now: float = 100.0

    def __call__(self) -> float:
        return self.now


def faults(*texts: str, seed: str = "", clock: VirtualClock | None = None) -> Faults:
    return Faults([parse_fault(text) for text in texts], seed, clock or VirtualClock())


# Writing them


def test_everything_about_a_fault_can_be_written() -> None:
    spec = parse_fault("POST /api/auth/login:error=0.5,status=503,code=BUSY,after=10s,for=1m")
    assert (spec.scope, spec.kind, spec.rate) == ("POST /api/auth/login", "error", 0.5)
    assert (spec.status, spec.code, spec.after_s, spec.for_s) == (503, "BUSY", 10, 60)


def test_rate_is_one_and_the_window_endless_unless_told() -> None:
    spec = parse_fault("socket:half-open")
    assert (spec.rate, spec.after_s, spec.for_s) == (1, 0, None)


def test_commas_of_a_distribution_are_its_own() -> None:
    spec = parse_fault("chatMessage:delay=uniform(50ms,150ms),after=1s")
    assert spec.times is not None
    assert spec.times.times_s == (0.05, 0.15)
    assert spec.after_s == 1


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("chatMessage", "write SCOPE:KIND"),
        (":error", "write SCOPE:KIND"),
        ("chatMessage:", "write SCOPE:KIND"),
        ("chatMessage:dely=1s", "did you mean delay"),
        ("chatMessage:delay", "is not a duration"),
        ("chatMessage:error=2", "is not a rate"),
        ("chatMessage:error=often", "is not a rate"),
        ("chatMessage:error=nan", "is not a rate"),
        ("chatMessage:error=1,status=99", "is not a status"),
        ("chatMessage:drop=1,status=500", "does not take 'status'"),
        ("chatMessage:drop=1,after=soon", "is not a duration"),
    ],
)
def test_what_is_no_fault_is_answered_with_what_is(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        parse_fault(text)


@pytest.mark.parametrize(
    "text",
    [
        "chatMessage:drop",
        "POST /api/rooms/{id}/join:error",
        "rest:refuse",
        "socket:no-ping",
        "message:lose=0.1",
        "*:delay=1s",
    ],
)
def test_fault_that_can_strike_has_no_problem(text: str) -> None:
    assert scope_problem(parse_fault(text), ACTIONS) == ""


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("chatMesage:drop", "did you mean chatMessage?"),
        ("POST /api/auth/logon:drop", "did you mean POST /api/auth/login?"),
        ("zzz:drop", "write a route, an event, or *"),
        ("rest:no-ping", "it goes with socket"),
        ("chatMessage:lose", "it goes with message"),
        ("message:error", "a route or an event"),
    ],
)
def test_fault_that_can_never_strike_is_explained(text: str, complaint: str) -> None:
    assert complaint in scope_problem(parse_fault(text), ACTIONS)


# Deciding


def test_no_fault_decides_nothing() -> None:
    assert faults().decide("rest", "GET /api") is None
    assert faults("chatMessage:drop").decide("rest", "GET /api") is None


@pytest.mark.parametrize(
    ("scope", "struck"),
    [
        ("chatMessage", {"chatMessage"}),
        ("socket", {"chatMessage", "connect"}),
        ("rest", {"POST /api/auth/login"}),
        ("*", {"chatMessage", "connect", "POST /api/auth/login"}),
    ],
)
def test_scope_says_what_is_struck(scope: str, struck: set[str]) -> None:
    at_work = faults(f"{scope}:drop")
    actions = [("socket", "chatMessage"), ("socket", "connect"), ("rest", "POST /api/auth/login")]
    assert {action for transport, action in actions if at_work.decide(transport, action)} == struck


def test_delays_add_up_and_the_first_outcome_wins() -> None:
    at_work = faults("*:delay=1s", "chatMessage:delay=2s", "*:never", "*:drop")
    assert at_work.decide("socket", "chatMessage") == Verdict(3, "never")


def test_window_counts_from_when_the_server_is_ready() -> None:
    clock = VirtualClock()
    at_work = faults("chatMessage:drop,after=10s,for=5s", clock=clock)
    clock.now += 50
    at_work.begin()
    open_at = []
    for second in range(20):
        if at_work.decide("socket", "chatMessage"):
            open_at.append(second)
        clock.now += 1
    assert open_at == [10, 11, 12, 13, 14]


def test_window_holds_for_delays_as_well() -> None:
    clock = VirtualClock()
    at_work = faults("chatMessage:delay=1s,for=5s", clock=clock)
    assert at_work.decide("socket", "chatMessage") == Verdict(1)
    clock.now += 5
    assert at_work.decide("socket", "chatMessage") is None


def test_rate_is_kept_and_the_seed_decides() -> None:
    def outcomes(seed: str) -> list[bool]:
        at_work = faults("chatMessage:drop=0.3", seed=seed)
        return [at_work.decide("socket", "chatMessage") is not None for _ in range(2000)]

    assert outcomes("a") == outcomes("a") != outcomes("b")
    assert Counter(outcomes("a"))[True] == pytest.approx(600, rel=0.1)


def test_faults_draw_from_streams_of_their_own() -> None:
    alone = faults("chatMessage:drop=0.5")
    both = faults("chatMessage:drop=0.5", "connect:drop=0.5")
    drawn = []
    for _ in range(100):
        both.decide("socket", "connect")
        pair = (alone.decide("socket", "chatMessage"), both.decide("socket", "chatMessage"))
        drawn.append(pair[0] == pair[1])
    assert all(drawn)


def test_faults_of_a_listener_are_found_by_scope_and_kind() -> None:
    at_work = faults("rest:refuse=0.5", "socket:refuse", "rest:slow-accept=1s")
    assert [fault.spec.text for fault in at_work.of(("rest",), "refuse")] == ["rest:refuse=0.5"]
