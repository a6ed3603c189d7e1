"""Marks in messages: who sent it, the how-manieth of this sender in this room, and when.

A mark travels inside the text, so that any receiver can measure the delivery without sharing
memory with the sender, in k6 as well. KTB Chat refuses texts that contain a banned word of 4 to 10
characters, so no run of letters and digits in a mark is longer than three:

    ~<vu>~<number>~<microseconds since 1970>~       base 36, "." after every three digits
    ~1f~2b~2ly.9pq.x0z.4~
"""

from typing import NamedTuple

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_LETTERS = _DIGITS + "."
_LONGEST = 40


class Mark(NamedTuple):
    vu: int
    number: int
    """Counts the messages of one sender in one room, from 1."""
    sent_us: int
    """The sender's wall clock."""


def write_mark(mark: Mark) -> str:
    """The text to append to a message."""
    return f"~{_base36(mark.vu)}~{_base36(mark.number)}~{_base36(mark.sent_us)}~"


def read_mark(content: str) -> Mark | None:
    """The mark at the end of a message, None if it has none."""
    parts = content.rsplit("~", 4)
    if len(parts) < 5 or parts[4] or not all(map(_is_number, parts[1:4])):
        return None
    return Mark(*(int(part.replace(".", ""), 36) for part in parts[1:4]))


def _is_number(text: str) -> bool:
    return len(text) <= _LONGEST and text.strip(".") != "" and text.strip(_LETTERS) == ""


def _base36(number: int) -> str:
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
        if not number:
            break
    return ".".join(digits[i : i + 3] for i in range(0, len(digits), 3))
