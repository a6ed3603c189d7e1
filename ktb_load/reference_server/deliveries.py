"""What faults do to that which the server sends of its own accord: losing it, doubling it, delaying
it, cutting the connection instead.
"""

import asyncio
from typing import Any, Protocol

from ktb_load.reference_server.faults import Fault, Faults


class Receiver(Protocol):
    """A connection that can be sent something encoded."""

    def send(self, encoded: Any) -> None: ...

    def cut(self) -> None:
        """End the connection without another word."""


class Deliveries:
    """The last thing that a push passes on its way out."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._of_push: dict[tuple[str, bool], tuple[Fault, ...]] = {}

    def send(self, receiver: Receiver, push: str, encoded: Any, to_other: bool = False) -> None:
        """
        Args:
            push: the name that faults know it by.
            to_other: it goes to another than who caused it.
        """
        key = (push, to_other)
        faults = self._of_push.get(key)
        if faults is None:
            faults = self._of_push[key] = self._faults.of_push(push, to_other)
        if not faults:
            receiver.send(encoded)
            return
        struck = [fault.spec.kind for fault in faults if fault.strikes()]
        if "lose" in struck:
            return
        if "drop" in struck:
            receiver.cut()
            return
        delay_s = sum(fault.draw() for fault in faults)
        for _ in range(1 + struck.count("duplicate")):
            if delay_s:
                asyncio.get_running_loop().call_later(delay_s, receiver.send, encoded)
            else:
                receiver.send(encoded)
