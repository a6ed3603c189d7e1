"""Which task an iteration runs: ``exec`` of a scenario, or a weighted pick (Locust's weights)."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from ktb_load.locust_host.user import LoadUser
from ktb_load.plan.turns import turn_of
from ktb_load.vocabulary.random import Random

Task = Callable[[Any], object]


@dataclass(frozen=True)
class Work:
    """What the VUs of one scenario do: for each class its tasks, repeated by weight."""

    classes: Sequence[type[LoadUser]]
    """One entry per unit of weight; VU ``n`` is of class ``classes[(n - 1) % len]``."""
    task: Task | None = None
    """The one task of every iteration; None: a weighted pick among the class's tasks."""

    def class_for(self, vu_id: int) -> type[LoadUser]:
        return self.classes[(vu_id - 1) % len(self.classes)]

    def pick(self, user: LoadUser, random: Random) -> Task:
        if self.task is not None:
            return self.task
        tasks = tasks_of(type(user))
        return tasks[0] if len(tasks) == 1 else random.choice(tasks)


def tasks_of(user_class: type[LoadUser]) -> list[Task]:
    """The ``@task`` methods of a class, each as often as its weight says."""
    return cast("list[Task]", user_class.tasks)


class UnknownTask(ValueError):
    """``exec`` names nothing; ``near`` says what would have worked."""

    def __init__(self, name: str, near: str) -> None:
        super().__init__(f"no task or user class '{name}'")
        self.near = near


def find_work(name: str, classes: Sequence[type[LoadUser]]) -> Work:
    """What ``exec`` means: ``default``, ``ChatUser``, ``chat`` or ``ChatUser.chat``.

    Raises:
        UnknownTask: nothing has that name.
    """
    if name == "default":
        return Work(_by_weight(classes))
    choices: dict[str, Work] = {}
    for user_class in classes:
        choices[user_class.__name__] = Work([user_class])
        for task in tasks_of(user_class):
            work = Work([user_class], task)
            choices.setdefault(task.__name__, work)
            choices[f"{user_class.__name__}.{task.__name__}"] = work
    if name in choices:
        return choices[name]
    near = difflib.get_close_matches(name, choices, n=1)
    names = ", ".join(n for n in choices if "." not in n)
    raise UnknownTask(name, f"did you mean `{near[0]}`?" if near else f"known are: {names}")


def _by_weight(classes: Sequence[type[LoadUser]]) -> list[type[LoadUser]]:
    """The classes interleaved by weight over one full turn."""
    return turn_of({user_class: max(1, round(user_class.weight)) for user_class in classes})
