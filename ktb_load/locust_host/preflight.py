"""Is anybody there? Every endpoint of the user classes must accept a connection before a run
starts.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from gevent import socket

from ktb_load.errors import Place, Problem
from ktb_load.locust_host.user import LoadUser

_TIMEOUT_S = 5.0
_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}


def unreachable(classes: Sequence[type[LoadUser]]) -> list[Problem]:
    """A problem for each URL that is no URL or accepts no connection."""
    problems = []
    seen = set()
    for user_class in classes:
        for name, url in user_class.endpoints().items():
            if url not in seen and (why := _why_not(url)):
                flag = f"--{name.replace('_', '-')}"
                serve = f" (`ktb-load serve {system}`)" if (system := user_class.system) else ""
                instead = f"start the server{serve} or give its URL with {flag}"
                problems.append(Problem(Place(f"{user_class.__name__}.{name}"), why, instead))
            seen.add(url)
    return problems


def _why_not(url: str) -> str:
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError as error:
        return f"{url!r} is not a URL ({error})"
    if not parts.hostname or port is None:
        return f"{url!r} is not a URL like http://localhost:5001"
    try:
        socket.create_connection((parts.hostname, port), _TIMEOUT_S).close()
    except OSError as error:
        return f"nobody answers at {url} ({error.strerror or error})"
    return ""
