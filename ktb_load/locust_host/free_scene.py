"""The one scenario of a run without a plan: Locust decides how many users there are."""

from __future__ import annotations

from locust.user.task import LOCUST_STATE_RUNNING, LOCUST_STATE_STOPPING

from itertools import count
from typing import TYPE_CHECKING

import gevent

from ktb_load.executors.share import WHOLE, Share
from ktb_load.locust_host.user import LoadUser

if TYPE_CHECKING:
    from ktb_load.locust_host.run import Run

_LOOK_EVERY_S = 0.5


class FreeScene:
    """Counts iterations over all users, as a scenario of a plan does."""

    name = "default"
    exec = "default"

    def __init__(self, share: Share = WHOLE) -> None:
        self._share = share
        self._numbers = count()

    def next_iteration(self) -> int:
        return self._share.number(next(self._numbers))

    def iterate(self, run: Run, user: LoadUser) -> None:
        """Be a VU until Locust stops the user (gracefully within ``--stop-timeout``, else at
        once).
        """
        vu = run.join(user)
        user._state = LOCUST_STATE_RUNNING
        try:
            vu.activate(self)
            while user._state != LOCUST_STATE_STOPPING:
                vu.iterate()
        finally:
            vu.deactivate()
            run.leave(vu)


def stand_by(user: LoadUser) -> None:
    """Do nothing until Locust stops the user."""
    while user._state != LOCUST_STATE_STOPPING:
        gevent.sleep(_LOOK_EVERY_S)
