"""How far a worker's clock is off, from its answers."""

import pytest

from ktb_load.locust_host.clocks import Clocks


@pytest.mark.parametrize(
    ("answers", "complaint"),
    [
        ([(10.0, 10.001, 10.002)], None),  # exact: it was asked half a trip ago
        ([(10.0, 10.006, 10.002)], None),  # 5 ms ahead is near enough
        ([(10.0, 10.021, 10.002)], "20 ms ahead of"),
        ([(10.0, 9.961, 10.002)], "40 ms behind"),
        ([(10.0, 10.050, 10.100)], None),  # a slow trip
        ([(10.0, 10.020, 10.100)], None),  # what a slow trip says is no more exact than the trip
        ([(10.0, 10.300, 10.100), (11.0, 11.001, 11.002)], None),  # the quickest trip tells best
        ([(11.0, 11.041, 11.002), (12.0, 12.300, 12.100)], "40 ms ahead of"),
    ],
)
def test_the_quickest_answer_counts(answers, complaint):
    clocks = Clocks()
    for answer in answers:
        clocks.answered("w", *answer)
    assert clocks.answers("w") == len(answers)
    complaints = list(clocks.complaints())
    if complaint is None:
        assert complaints == []
    else:
        [said] = complaints
        assert f"the clock of worker w is {complaint} the master's" in said


def test_every_worker_has_a_clock_of_its_own():
    clocks = Clocks()
    clocks.answered("a", 10.0, 10.1, 10.0)
    clocks.answered("b", 10.0, 10.0, 10.0)
    assert [said.split()[4] for said in clocks.complaints()] == ["a"]
    assert clocks.answers("c") == 0
