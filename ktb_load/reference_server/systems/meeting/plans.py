"""What an author sends about a meeting: all that is wrong with it, or the plan."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from ktb_load import fast_json
from ktb_load.reference_server.systems.meeting.meetings import Plan


def _is_number(value: Any) -> bool:
    try:
        return abs(float(value)) < 2**53
    except (TypeError, ValueError):
        return False


def _is_count(value: Any) -> bool:
    return _is_number(value) and float(value) == int(float(value)) >= 1


def _is_time(value: Any) -> bool:
    try:
        return bool(datetime.fromisoformat(value))
    except (TypeError, ValueError):
        return False


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


_FIELDS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "title": (_is_text, "제목을 입력해주세요."),
    "locationId": (_is_number, "장소를 선택해주세요."),
    "latitude": (_is_number, "위도는 숫자여야 합니다."),
    "longitude": (_is_number, "경도는 숫자여야 합니다."),
    "address": (_is_text, "주소를 입력해주세요."),
    "meetingDateTime": (_is_time, "올바른 날짜 형식이 아닙니다."),
    "maxCount": (_is_count, "인원은 1명 이상이어야 합니다."),
    "category": (lambda value: bool(_categories(value)), "카테고리를 선택해주세요."),
    "content": (_is_text, "내용을 입력해주세요."),
}


def plan_problems(fields: dict[str, Any]) -> list[dict[str, Any]]:
    """All at once."""
    return [
        {"field": name, "message": message, "rejectedValue": _given(fields, name)}
        for name, (is_good, message) in _FIELDS.items()
        if not is_good(_given(fields, name))
    ]


def _given(fields: dict[str, Any], name: str) -> Any:
    """The document writes ``locatinoId`` in its requests."""
    return fields.get(name, fields.get("locatinoId") if name == "locationId" else None)


def _categories(value: Any) -> list[str]:
    """A list, or in a form field the JSON of one or words with commas."""
    if isinstance(value, str) and value.startswith("["):
        try:
            value = fast_json.loads(value)
        except fast_json.JSONDecodeError:
            return []
    if isinstance(value, str):
        value = [one.strip() for one in value.split(",")]
    return [one for one in value if isinstance(one, str) and one] if isinstance(value, list) else []


def read_plan(fields: dict[str, Any], thumbnail: str) -> Plan:
    """Fields without problems."""
    return Plan(
        title=fields["title"],
        location_id=int(float(_given(fields, "locationId"))),
        latitude=float(fields["latitude"]),
        longitude=float(fields["longitude"]),
        address=fields["address"],
        date_time=fields["meetingDateTime"],
        max_count=int(float(fields["maxCount"])),
        category=_categories(fields["category"]),
        content=fields["content"],
        thumbnail=thumbnail,
    )
