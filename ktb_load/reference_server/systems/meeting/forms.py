"""Multipart bodies as this system takes them: the fields as a JSON part of some name, or as fields
of their own; and at most one image.
"""

from typing import Any

from starlette.requests import Request

from ktb_load import fast_json
from ktb_load.reference_server.rest.answers import BadBody
from ktb_load.reference_server.rest.uploads import Upload, read_form

_JSON_PARTS = ("request", "updateRequest", "params")


async def read_fields(request: Request, image: str) -> tuple[dict[str, Any], Upload | None]:
    """
    Args:
        image: the name of the part that is a file.

    Raises:
        BadBody: the JSON part is none.
    """
    form = await read_form(request)
    for name in _JSON_PARTS:
        part = form.files[name].content if name in form.files else form.texts.get(name)
        if part is not None:
            return _object(part), form.files.get(image)
    return dict(form.texts), form.files.get(image)


def _object(part: str | bytes) -> dict[str, Any]:
    try:
        fields = fast_json.loads(part)
    except fast_json.JSONDecodeError:
        fields = None
    if not isinstance(fields, dict):
        raise BadBody("잘못된 요청 형식입니다.")
    return fields
