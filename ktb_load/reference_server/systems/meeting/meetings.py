"""Meetings, and who takes part in them."""

import bisect
import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

RECRUITING, CLOSED = "RECRUITING", "CLOSED"
PENDING, APPROVED, REJECTED, CANCELED = "PENDING", "APPROVED", "REJECTED", "CANCELED"
_EARTH_KM = 6371.0


@dataclass(frozen=True)
class Plan:
    """What the author of a meeting says about it."""

    title: str
    location_id: int
    latitude: float
    longitude: float
    address: str
    date_time: str
    max_count: int
    category: Sequence[str]
    content: str
    thumbnail: str = ""

    @property
    def shape(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "locationId": self.location_id,
            "latitude": self.latitude,
            "longitude": self.longitude,
            "address": self.address,
            "meetingDateTime": self.date_time,
            "maxCount": self.max_count,
            "category": list(self.category),
            "content": self.content,
            "thumbnail": self.thumbnail,
        }

    def distance_km(self, latitude: float, longitude: float) -> float:
        """Along the surface of the earth."""
        here, there = math.radians(latitude), math.radians(self.latitude)
        half_lat = math.sin((there - here) / 2)
        half_long = math.sin(math.radians(self.longitude - longitude) / 2)
        root = half_lat**2 + math.cos(here) * math.cos(there) * half_long**2
        return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(root)))


@dataclass
class Meeting:
    """One meeting."""

    id: int
    author_id: int
    plan: Plan
    status: str = RECRUITING
    participations: dict[int, "Participation"] = field(default_factory=dict)
    """By the user who takes part."""

    @property
    def approved_count(self) -> int:
        return sum(one.status == APPROVED for one in self.participations.values())

    @property
    def shape(self) -> dict[str, Any]:
        counts = {"approvedCount": self.approved_count, "meetingStatus": self.status}
        return {"id": self.id, **self.plan.shape, **counts}


@dataclass
class Participation:
    """One user's wish to take part in a meeting, and what became of it."""

    id: int
    user_id: int
    meeting: Meeting
    status: str = PENDING


class Meetings:
    """All of them."""

    def __init__(self) -> None:
        self._ids = itertools.count(1)
        self._participation_ids = itertools.count(1)
        self._meetings: dict[int, Meeting] = {}
        self._participations: dict[int, Participation] = {}
        self._created: dict[int, list[Meeting]] = {}
        self._applied: dict[int, list[Participation]] = {}
        self._by_time: list[tuple[str, int]] = []

    def add(self, author_id: int, plan: Plan) -> Meeting:
        meeting = Meeting(next(self._ids), author_id, plan)
        self._meetings[meeting.id] = meeting
        self._created.setdefault(author_id, []).append(meeting)
        bisect.insort(self._by_time, (plan.date_time, meeting.id))
        return meeting

    def get(self, meeting_id: int) -> Meeting | None:
        return self._meetings.get(meeting_id)

    def change(self, meeting: Meeting, plan: Plan) -> None:
        self._by_time.remove((meeting.plan.date_time, meeting.id))
        meeting.plan = replace(plan, thumbnail=plan.thumbnail or meeting.plan.thumbnail)
        bisect.insort(self._by_time, (plan.date_time, meeting.id))

    def remove(self, meeting: Meeting) -> None:
        """Those who took part keep a cancelled participation."""
        del self._meetings[meeting.id]
        self._created[meeting.author_id].remove(meeting)
        self._by_time.remove((meeting.plan.date_time, meeting.id))
        for one in meeting.participations.values():
            one.status = CANCELED

    def created_by(self, user_id: int) -> Sequence[Meeting]:
        return self._created.get(user_id, ())

    def by_time(self) -> Iterable[Meeting]:
        """Those that look for people, the next one first."""
        for _, meeting_id in self._by_time:
            meeting = self._meetings[meeting_id]
            if meeting.status == RECRUITING:
                yield meeting

    # Taking part

    def apply(self, meeting: Meeting, user_id: int) -> Participation:
        participation = Participation(next(self._participation_ids), user_id, meeting)
        meeting.participations[user_id] = participation
        self._participations[participation.id] = participation
        self._applied.setdefault(user_id, []).append(participation)
        return participation

    def participation(self, participation_id: int) -> Participation | None:
        return self._participations.get(participation_id)

    def applied_by(self, user_id: int) -> Sequence[Participation]:
        return self._applied.get(user_id, ())

    def withdraw(self, participation: Participation) -> None:
        del self._participations[participation.id]
        self._applied[participation.user_id].remove(participation)
        participation.meeting.participations.pop(participation.user_id, None)
