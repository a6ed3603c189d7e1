"""Who is called what, and who shares a room with whom: VUs that know nothing of each other work it
out by their numbers.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Room:
    """A room that people share; ``password`` is empty where it has none."""

    id: str
    name: str = ""
    password: str = ""


def room_name(run: str, number: int) -> str:
    """The name that all VUs of a run know; ``number`` counts from 0."""
    return f"room {run} {number + 1}"


def login_name(run: str, number: int) -> str:
    """What the person of VU ``number`` logs in as, where lower-case letters and digits are all that
    is allowed.
    """
    return f"{run}x{number:06}"


def seat_of(vu_id: int, size: int, smallest: int = 0) -> tuple[int, int]:
    """The room (from 0) and the seat in it (from 0) of a VU.

    Rooms have ``size`` people; with ``smallest`` given their sizes go round from it to ``size``.
    """
    if not smallest:
        return divmod(vu_id - 1, size)
    sizes = range(smallest, size + 1)
    rounds, left = divmod(vu_id - 1, sum(sizes))
    place = 0
    while left >= sizes[place]:
        left -= sizes[place]
        place += 1
    return rounds * len(sizes) + place, left
