"""What all clients of one VU share: where samples go, how to dial, cookies, the User-Agent."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ktb_load.clients.backlog import Backlog
from ktb_load.clients.dialer import Dialer
from ktb_load.metrics.recorder import Recorder
from ktb_load.wire.cookies import CookieJar

if TYPE_CHECKING:
    from ktb_load.clients.drivers import Driver

USER_AGENT = "ktb-load"


@dataclass
class Network:
    """One VU's way out."""

    recorder: Recorder
    dialer: Dialer = field(default_factory=Dialer)
    user_agent: str = USER_AGENT
    """Sent with every request and handshake."""
    cookies: CookieJar = field(default_factory=CookieJar)
    backlog: Backlog = field(default_factory=Backlog)
    mark: str = ""
    """Sent as ``X-Ktb-Iteration`` unless it is empty, so that two runners can be compared by what
    a server saw of each iteration.
    """

    driver: Driver | None = None
    """Who speaks the sockets' protocols instead of us."""

    @property
    def marks(self) -> dict[str, str]:
        """The headers that say which iteration this is."""
        return {"X-Ktb-Iteration": self.mark} if self.mark else {}
