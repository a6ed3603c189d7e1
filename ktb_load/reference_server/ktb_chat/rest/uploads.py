"""Multipart bodies, and which kinds of file are taken: MIME type and extension must agree."""

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from ktb_load.reference_server.ktb_chat.rest.answers import BadBody, failed
from ktb_load.reference_server.ktb_chat.storage.files import Upload

_MIME_TYPES = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "mov": "video/quicktime",
    "mp3": "audio/mpeg",
    "wav": "audio/wav",
    "ogg": "audio/ogg",
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


async def read_upload(request: Request, field: str, megabytes: int) -> Upload | None:
    """The file of one multipart field; a field of another name is no file.

    Raises:
        BadBody: the body is no multipart body although it says so.
        Refused: 413, the file is too large.
    """
    try:
        form = await request.form()
    except HTTPException as error:
        raise BadBody(error.detail) from None
    try:
        return await _file(form.get(field), megabytes)
    finally:
        await form.close()


async def _file(value: object, megabytes: int) -> Upload | None:
    if not isinstance(value, UploadFile):
        return None
    if (value.size or 0) > megabytes * 1024 * 1024:
        text = f"파일 크기는 {megabytes}MB를 초과할 수 없습니다."
        raise failed(413, text, "FILE_TOO_LARGE")
    return Upload(value.filename or "", value.content_type or "", await value.read())


def type_agrees(upload: Upload) -> bool:
    return _MIME_TYPES.get(upload.extension) == upload.mimetype
