"""Lists of meetings: near a place or the next ones, page by page, perhaps with a word in them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from starlette.requests import Request

from ktb_load.reference_server.systems.meeting.answers import server_error
from ktb_load.reference_server.systems.meeting.meetings import Meeting

_TEXTS: dict[str, Callable[[Meeting], str]] = {
    "TITLE": lambda meeting: meeting.plan.title,
    "ADDRESS": lambda meeting: meeting.plan.address,
    "CONTENT": lambda meeting: meeting.plan.content,
}


@dataclass(frozen=True)
class Cursor:
    """Where a page ended; null where there was none."""

    id: int | None
    distance: float | None
    date_time: str | None

    @property
    def shape(self) -> dict[str, Any]:
        return {"id": self.id, "distance": self.distance, "meetingDateTime": self.date_time}

    @property
    def place(self) -> tuple[float | str, int]:
        """What lists are in the order of."""
        rank = self.date_time or "" if self.distance is None else self.distance
        return rank, self.id or 0


@dataclass(frozen=True)
class Query:
    """What a list is asked for."""

    here: tuple[float, float] | None
    """Latitude and longitude."""
    after: Cursor | None
    size: int
    search_type: str
    keyword: str
    category: str

    @classmethod
    def of(cls, request: Request) -> "Query":
        """
        Raises:
            Refused: 500, a number is none: that is what the document knows.
        """
        query = request.query_params
        latitude, longitude, last_id, distance, size = (
            _number(query.get(name))
            for name in ("latitude", "longitude", "lastId", "lastDistance", "pageSize")
        )
        here = None if latitude is None or longitude is None else (latitude, longitude)
        date_time = query.get("lastMeetingDateTime")
        last = Cursor(int(last_id or 0), distance if here else None, date_time)
        begun = distance is not None if here else bool(date_time)
        if query.get("searchType", "TITLE") not in _TEXTS:
            raise server_error()
        return cls(
            here,
            last if begun else None,
            int(max(1, min(100, size or 20))),
            query.get("searchType", "TITLE"),
            query.get("keyword", "").lower(),
            query.get("foodCategory", ""),
        )

    def fits(self, meeting: Meeting) -> bool:
        if self.category and self.category not in meeting.plan.category:
            return False
        return self.keyword in _TEXTS[self.search_type](meeting).lower()

    def cursor(self, meeting: Meeting) -> Cursor:
        distance = meeting.plan.distance_km(*self.here) if self.here else None
        return Cursor(meeting.id, distance, meeting.plan.date_time)


def found(
    meetings: Iterable[Meeting], query: Query
) -> tuple[Sequence[tuple[Cursor, Meeting]], bool]:
    """A page, each with its place, and whether there is more.

    Args:
        meetings: the next ones first.
    """
    places: Iterable[tuple[Cursor, Meeting]] = ((query.cursor(one), one) for one in meetings)
    if query.here:
        places = sorted(places, key=lambda one: one[0].place)
    if (after := query.after) is not None:
        places = (one for one in places if one[0].place > after.place)
    shown = list(islice(places, query.size + 1))
    return shown[: query.size], len(shown) > query.size


def _number(text: str | None) -> float | None:
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        raise server_error() from None
    if not abs(number) < 2**53:
        raise server_error()
    return number
