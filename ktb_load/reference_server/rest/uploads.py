"""Multipart bodies: their fields and files, and which kinds of file there are."""

from dataclasses import dataclass

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from ktb_load.reference_server.rest.answers import BadBody

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


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came."""

    originalname: str
    mimetype: str
    content: bytes

    @property
    def extension(self) -> str:
        return self.originalname.rpartition(".")[2].lower()

    @property
    def type_agrees(self) -> bool:
        """Whether MIME type and extension are those of one known kind."""
        return _MIME_TYPES.get(self.extension) == self.mimetype

    @property
    def is_image(self) -> bool:
        return self.mimetype.startswith("image/") and self.type_agrees


@dataclass(frozen=True, slots=True)
class Form:
    """A multipart body; of fields of one name, the last ones of each kind."""

    texts: dict[str, str]
    files: dict[str, Upload]


async def read_form(request: Request) -> Form:
    """
    Raises:
        BadBody: the body is no multipart body although it says so.
    """
    try:
        form = await request.form()
    except HTTPException as error:
        raise BadBody(error.detail) from None
    try:
        texts, files = {}, {}
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                content = await value.read()
                files[name] = Upload(value.filename or "", value.content_type or "", content)
            else:
                texts[name] = value
        return Form(texts, files)
    finally:
        await form.close()
