"""A worker whose clock is wrong is found before the load begins."""

import pytest

pytestmark = pytest.mark.system


@pytest.mark.parametrize(
    ("ahead_s", "said"), [(2.5, "ahead of the master's"), (-1.5, "behind the master's")]
)
def test_a_clock_that_is_off_is_said_once(fleet, steady, ahead_s, said):
    master = fleet.master(2, "--plan", fleet.plan(each={**steady, "duration": "2s"}))
    fleet.worker()
    fleet.worker(CLOCK_AHEAD=str(ahead_s))
    assert master.wait(30).code == 0, master.err
    [complaint] = [line for line in master.err.splitlines() if "the clock of worker" in line]
    number = float(complaint.partition(" is ")[2].split()[0])
    assert number == pytest.approx(abs(ahead_s) * 1000, abs=500)  # a busy machine measures worse
    assert said in complaint
