"""The imports of a generated module: what its code uses, and nothing else."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping

_KNOWN = {
    "b64encode": "base64",
    "Mapping": "collections.abc",
    "dumps": "json",
    "perf_counter": "time",
    "time": "time",
    "Any": "typing",
    "quote": "urllib.parse",
    "urlencode": "urllib.parse",
    **dict.fromkeys(("check", "fail", "setting"), "ktb_load"),
    **dict.fromkeys(("ChatConnection", "Request"), "ktb_load.chat.connection"),
    "PICTURE": "ktb_load.chat.files",
    "Response": "ktb_load.clients.http_answer",
    "Expectation": "ktb_load.clients.inbox",
    **dict.fromkeys(("MessageSocket", "MessageSocketOptions"), "ktb_load.clients.message_socket"),
    **dict.fromkeys(("SocketIOClient", "SocketIOOptions"), "ktb_load.clients.socketio"),
    "ExchangeFailed": "ktb_load.errors",
    "LoadUser": "ktb_load.locust_host.user",
}


def imports(body: str, beside: Mapping[str, str], *, typing: tuple[str, ...] = ()) -> Iterator[str]:
    """The lines above a module's code.

    Args:
        beside: names of the project's own modules -> the module.
        typing: what the lines below them need of ``typing``.
    """
    used = {node.id for node in ast.walk(ast.parse(body)) if isinstance(node, ast.Name)}
    modules: dict[str, set[str]] = {"typing": set(typing)} if typing else {}
    for name, module in {**_KNOWN, **beside}.items():
        if name in used:
            modules.setdefault(module, set()).add(name)
    yield "from __future__ import annotations"
    for standard in (True, False):
        lines = [
            f"from {module} import {', '.join(sorted(names, key=_like_isort))}"
            for module, names in sorted(modules.items())
            if (module.partition(".")[0] in sys.stdlib_module_names) is standard
        ]
        yield from ("", *lines) if lines else ()


def _like_isort(name: str) -> tuple[int, str]:
    """Constants, classes, functions."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2), name
