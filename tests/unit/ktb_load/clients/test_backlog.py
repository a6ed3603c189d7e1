from ktb_load.clients.backlog import Backlog


def test_the_most_that_waited_is_told_once():
    backlog = Backlog()
    backlog.grow(10)
    backlog.grow(5)
    backlog.shrink(12)
    assert [backlog.take_most(), backlog.take_most()] == [15, 3]


def test_what_waits_on_is_told_again():
    backlog = Backlog()
    backlog.grow(7)
    assert [backlog.take_most(), backlog.take_most()] == [7, 7]
    backlog.shrink(7)
    assert [backlog.take_most(), backlog.take_most()] == [7, 0]
