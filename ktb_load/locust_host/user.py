"""``LoadUser``: the class that a locustfile's users derive from.

A task run is an iteration, ``on_start`` is this VU's first iteration of the scenario,
``wait_time`` is think time at an iteration's end. Attributes set on ``self`` belong to one VU and
one class.
"""

from __future__ import annotations

from locust import User

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from ktb_load.clients.http import HttpClient
    from ktb_load.locust_host.vu import LocustVU


class LoadUser(User):
    """A virtual user. Derive from it, or from a system's class, and write ``@task`` methods."""

    abstract = True

    system: ClassVar[str] = ""
    """The folder of ``config/`` where plans are looked up by name."""

    options: ClassVar[Mapping[str, Any]] = {}
    """k6 options that hold for this class whatever the plan says (thresholds, tags, ...)."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Deriving a class is what makes Locust listen to us."""
        super().__init_subclass__(**kwargs)
        from ktb_load.locust_host import hooks  # noqa: F401, PLC0415  # hooks know this class

    vu: LocustVU
    """Who this is: ``vu.id``, ``vu.random``, ``vu.iteration``."""

    @property
    def http(self) -> HttpClient:
        """The VU's HTTP client: one pool of connections and one cookie jar per VU."""
        return self.vu.http_for(self.host or "")

    @property
    def data(self) -> Any:
        """What this class's ``setup()`` returned, read-only; None without one."""
        return self.vu.run.setup_data.get(type(self).__name__)

    def on_start(self) -> None:
        """Runs before this VU's first iteration of a scenario."""

    def on_stop(self) -> None:
        """Runs when this VU leaves a scenario; may only close what it has opened."""

    def setup(self) -> Any:
        """Runs once before the test. What it returns (JSON) is ``self.data`` in all VUs."""
        return None

    def teardown(self, data: Any) -> None:
        """Runs once after the test."""

    def handle_summary(self, data: dict[str, Any]) -> Mapping[str, str | bytes] | None:
        """Runs once at the very end, with what k6 gives to its ``handleSummary``.

        Returns:
            What to write: ``stdout``, ``stderr`` or a file's path -> its content. None: the usual
            summary; an empty mapping: nothing at all.
        """
        return None

    @classmethod
    def endpoints(cls) -> Mapping[str, str]:
        """URLs that must accept connections before a run starts, by what they are."""
        return {"host": cls.host} if cls.host else {}

    def run(self) -> None:  # type: ignore[misc]  # final in Locust; iterations are ours to run
        """Iterate until Locust stops this user: the way without a plan (``-u``, ``-r``, the web
        form).
        """
        from ktb_load.locust_host.host import host_of  # noqa: PLC0415  # both need each other

        host_of(self.environment).run_freely(self)
