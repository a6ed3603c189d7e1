"""Is anybody there? Every endpoint of the user classes must accept a connection before a run
starts, by the plan's rules for names and through the proxy that stands before it.
"""

from __future__ import annotations

from collections.abc import Sequence

import gevent

from ktb_load.clients.dialer import Dialer
from ktb_load.clients.failure import NetworkError
from ktb_load.errors import Place, Problem
from ktb_load.locust_host.user import LoadUser

_TIMEOUT_S = 5.0


def unreachable(classes: Sequence[type[LoadUser]], dialer: Dialer) -> list[Problem]:
    """A problem for each URL that is no URL or accepts no connection."""
    problems = []
    seen = set()
    for user_class in classes:
        for name, url in user_class.endpoints().items():
            if url not in seen and (why := _why_not(url, dialer)):
                flag = f"--{name.replace('_', '-')}"
                serve = f" (`ktb-load serve {system}`)" if (system := user_class.system) else ""
                instead = f"start the server{serve} or give its URL with {flag}"
                problems.append(Problem(Place(f"{user_class.__name__}.{name}"), why, instead))
            seen.add(url)
    return problems


def _why_not(url: str, dialer: Dialer) -> str:
    try:
        with gevent.Timeout(_TIMEOUT_S, TimeoutError("timed out")):
            dialer.check(url)
    except ValueError as error:
        return str(error)
    except (NetworkError, TimeoutError) as error:
        return f"nobody answers at {url} ({error})"
    return ""
