"""``Person``: whose connection it is. A ``ChatMember`` is one, and so is any user with as much."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ktb_load.locust_host.vu import LocustVU


class Person(Protocol):
    """What a connection needs of its user."""

    vu: LocustVU
    answer_timeout_s: float
    message_numbers: dict[str, int]
