"""Answers of HTTP calls, refusals, and the bodies that calls read."""

from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from ktb_load import fast_json

Failure = Callable[[int, str, str], Any]
"""Status, message and code, which may be empty -> the body of a failure, as a system words it."""


class Json(Response):
    """A JSON answer."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        return fast_json.dumps(content)


class Refused(Exception):
    """A call that ends with a refusal; carries the whole answer."""

    def __init__(self, status: int, body: Any, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status)
        self.status, self.body, self.headers = status, body, headers


class BadBody(Exception):
    """The body is not what the call can read: no JSON where some must be, or a file of a wrong
    type.
    """


async def json_object(request: Request, needed: bool = True) -> dict[str, Any]:
    """
    Raises:
        BadBody: no JSON object, and one is needed or something else came.
    """
    content = await request.body()
    is_json = request.headers.get("content-type", "").partition(";")[0] == "application/json"
    if not needed and not (content and is_json):
        return {}
    if not is_json:
        raise BadBody("Required request body is missing")
    try:
        body = fast_json.loads(content)
    except fast_json.JSONDecodeError:
        raise BadBody("The body is no JSON") from None
    if not isinstance(body, dict):
        raise BadBody("The body is no JSON object")
    return body


def text(value: object) -> str:
    return value if isinstance(value, str) else ""
