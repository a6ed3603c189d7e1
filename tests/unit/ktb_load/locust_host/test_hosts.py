import pytest

from ktb_load.errors import AuthorError
from ktb_load.locust_host.hosts import set_hosts

A, B = "http://a:1", "http://b:2"


@pytest.fixture
def people():
    class One:
        system = "one"
        host = "http://one"
        socket_host = ""

    class Two:
        system = "two"
        host = "http://two"

    class Anybody:
        system = ""
        host = None

    return One, Two, Anybody


def test_one_url_is_that_of_the_only_system(people):
    one, _, anybody = people
    set_hosts([one, anybody], [one, anybody], {"host": A, "socket_host": B})
    assert (one.host, one.socket_host, anybody.host) == (A, B, A)


def test_nothing_given_leaves_every_class_its_own(people):
    set_hosts(people, people, {"host": "", "socket_host": ""})
    assert [one.host for one in people] == ["http://one", "http://two", None]


def test_each_system_gets_its_own(people):
    set_hosts(people, people, {"host": f"one={A}, two={B}", "socket_host": B})
    assert [one.host for one in people] == [A, B, None]
    assert people[0].socket_host == B
    assert not hasattr(people[1], "socket_host")


def test_one_url_is_that_of_the_system_that_the_plan_is_for(people):
    set_hosts(people, people[1:2], {"host": B})
    assert [one.host for one in people] == ["http://one", B, None]


def test_who_is_not_named_keeps_his_own(people):
    set_hosts(people, people, {"host": f"two={B}"})
    assert [one.host for one in people] == ["http://one", B, None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (A, f"--host {A}: one URL for 2 systems; write --host one=URL,two=URL"),
        (
            f"one={A},two={A}/",
            f"--host one={A},two={A}: 2 systems at one URL; "
            "give each its own: --host one=URL,two=URL",
        ),
        (f"tow={A}", f"--host tow={A}: no user class is for 'tow'; did you mean `two`?"),
        (f"x={A}", f"--host x={A}: no user class is for 'x'; loaded: one, two"),
    ],
)
def test_a_host_that_cannot_be_told_whose_it_is_is_refused(people, text, expected):
    with pytest.raises(AuthorError) as refused:
        set_hosts(people, people, {"host": text})
    assert str(refused.value) == expected
