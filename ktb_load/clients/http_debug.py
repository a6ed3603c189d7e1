"""k6's option ``httpDebug``: requests and answers in the log, with bodies or without."""

import logging

from ktb_load.clients.http_answer import Response

logger = logging.getLogger(__name__)


def show_request(data: bytes, how: str) -> None:
    """A request as it goes out; ``how`` is ``headers`` or ``full``."""
    head, _, body = data.partition(b"\r\n\r\n")
    _show("Request", head.decode("utf-8", "replace").replace("\r\n", "\n"), body, how)


def show_response(response: Response, how: str) -> None:
    """An answer; its body is shown decompressed."""
    lines = [f"{response.proto} {response.status}", *(f"{k}: {v}" for k, v in response.pairs)]
    _show("Response", "\n".join(lines), response.body, how)


def _show(what: str, head: str, body: bytes, how: str) -> None:
    shown = body.decode("utf-8", "replace") if how == "full" else ""
    logger.info("%s:\n%s\n\n%s\n", what, head, shown)
