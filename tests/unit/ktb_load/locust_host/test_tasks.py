"""In a process of its own: importing Locust patches the process that imports it."""

import subprocess
import sys
import textwrap

import pytest

PRELUDE = """
from locust import task
from ktb_load.locust_host.tasks import UnknownTask, find_work
from ktb_load.locust_host.user import LoadUser
from ktb_load.vocabulary.random import Random


class Chat(LoadUser):
    weight = 2

    @task(3)
    def talk(self): ...

    @task
    def lurk(self): ...


class Admin(LoadUser):
    @task
    def tidy(self): ...
"""


@pytest.fixture
def python():
    def run(code):
        script = PRELUDE + textwrap.dedent(code)
        ended = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=False
        )
        assert ended.returncode == 0, ended.stderr
        return ended.stdout.splitlines()

    return run


def test_classes_take_turns_by_their_weight(python):
    assert python(
        """
        work = find_work("default", [Chat, Admin])
        print(*(work.class_for(n).__name__ for n in range(1, 7)))
        """
    ) == ["Chat Admin Chat Chat Admin Chat"]


def test_a_task_is_found_by_its_name_or_with_its_class(python):
    assert python(
        """
        for name in ("talk", "Chat.lurk", "Admin"):
            work = find_work(name, [Chat, Admin])
            print(work.classes[0].__name__, work.task and work.task.__name__)
        """
    ) == ["Chat talk", "Chat lurk", "Admin None"]


def test_an_unknown_task_is_refused_with_the_near_name(python):
    assert python(
        """
        try:
            find_work("tallk", [Chat, Admin])
        except UnknownTask as error:
            print(error, error.near)
        """
    ) == ["no task or user class 'tallk' did you mean `talk`?"]


def test_tasks_are_picked_by_weight_from_the_seed(python):
    [counts, again] = python(
        """
        from collections import Counter
        work = find_work("Chat", [Chat])
        for _ in range(2):
            random = Random("seed")
            picks = Counter(work.pick(Chat.__new__(Chat), random).__name__ for _ in range(4000))
            print(picks["talk"], picks["lurk"])
        """
    )
    assert counts == again
    talk, lurk = map(int, counts.split())
    assert 2.7 < talk / lurk < 3.3
