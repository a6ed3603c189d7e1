"""The one file of a multipart body, and how large it may be."""

from starlette.requests import Request

from ktb_load.reference_server.rest.uploads import Upload, read_form
from ktb_load.reference_server.systems.ktb_chat.rest.failures import failed


async def read_upload(request: Request, field: str, megabytes: int) -> Upload | None:
    """The file of one multipart field; a field of another name is no file.

    Raises:
        BadBody: the body is no multipart body although it says so.
        Refused: 413, the file is too large.
    """
    upload = (await read_form(request)).files.get(field)
    if upload is not None and len(upload.content) > megabytes * 1024 * 1024:
        text = f"파일 크기는 {megabytes}MB를 초과할 수 없습니다."
        raise failed(413, text, "FILE_TOO_LARGE")
    return upload
