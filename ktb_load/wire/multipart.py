"""``multipart/form-data`` bodies (RFC 7578), built whole and in the order of their fields.

Names and file names are escaped as browsers do it (WHATWG HTML, "multipart form data"): ``"``, CR
and LF percent-encoded, everything else as UTF-8. Nothing is random: the same fields give the same
bytes, in an exported k6 script as well.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_ESCAPES = str.maketrans({'"': "%22", "\r": "%0D", "\n": "%0A"})
_BOUNDARY = "----ktb-load-7d1f3a9c5e"


@dataclass(frozen=True, slots=True)
class Field:
    """One part. With a ``filename`` it is a file, and has a content type."""

    name: str
    value: str | bytes
    filename: str | None = None
    content_type: str = "application/octet-stream"

    @property
    def content(self) -> bytes:
        return self.value.encode() if isinstance(self.value, str) else self.value


def boundary_for(fields: Iterable[Field]) -> str:
    """A boundary that occurs in no field."""
    contents = [field.content for field in fields]
    boundary, number = _BOUNDARY, 0
    while any(boundary.encode() in content for content in contents):
        number += 1
        boundary = f"{_BOUNDARY}-{number}"
    return boundary


def content_type(boundary: str) -> str:
    """The ``Content-Type`` that goes with a body of this boundary."""
    return f"multipart/form-data; boundary={boundary}"


def encode(fields: Sequence[Field], boundary: str) -> bytes:
    """The body. The caller vouches that ``boundary`` occurs in no field (``boundary_for``)."""
    parts = [
        b"".join((_head(field, boundary).encode(), field.content, b"\r\n")) for field in fields
    ]
    return b"".join((*parts, f"--{boundary}--\r\n".encode()))


def _head(field: Field, boundary: str) -> str:
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="{field.name.translate(_ESCAPES)}"'
    )
    if field.filename is not None:
        head += (
            f'; filename="{field.filename.translate(_ESCAPES)}"\r\n'
            f"Content-Type: {field.content_type}"
        )
    return f"{head}\r\n\r\n"
