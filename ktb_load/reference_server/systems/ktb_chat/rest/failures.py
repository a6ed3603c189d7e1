"""How KTB Chat words a refusal."""

from typing import Any

from ktb_load.reference_server.rest.answers import Refused


def failure(status: int, message: str, code: str = "") -> dict[str, Any]:
    body = {"success": False, "message": message}
    return {**body, "code": code} if code else body


def failed(status: int, message: str, code: str = "", **headers: str) -> Refused:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Refused(status, failure(status, message, code), named)


def invalid(problems: list[dict[str, str]]) -> Refused:
    """All field problems of a body at once; each has ``field`` and ``message``."""
    message = " ".join(problem["message"] for problem in problems)
    body = {"success": False, "message": message, "errors": problems, "code": "VALIDATION_ERROR"}
    return Refused(400, body)
