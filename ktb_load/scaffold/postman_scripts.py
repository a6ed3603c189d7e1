"""Test scripts of Postman: the values that they keep, the statuses that they want."""

from __future__ import annotations

import re

from ktb_load.scaffold.model import Gift

_ANSWER = r"(?:pm\.response\.json\(\)|JSON\.parse\((?:responseBody|pm\.response\.text\(\))\))"
_ALIAS = re.compile(rf"\b(\w+)\s*=\s*({_ANSWER}|[A-Za-z_]\w*)((?:[?\w.\[\]\"'])*)")
_UNPACKED = re.compile(rf"(?:const|let|var)\s*\{{([\w\s,]+)\}}\s*=\s*{_ANSWER}((?:[?\w.])*)")
_KEPT = re.compile(
    r"(?:pm\.(?:collectionVariables|environment|globals|variables)\.set"
    r"|postman\.set(?:Environment|Global)Variable)"
    rf"\(\s*[\"'`]([^\"'`]+)[\"'`]\s*,\s*({_ANSWER}|\w+)((?:[?\w.\[\]\"'])*)"
)
_STATUS = re.compile(
    r"(?:response\.code\s*={2,3}\s*|have\.status\(\s*|response\.code\)\.to\.(?:eql|equal)\(\s*"
    r"|responseCode\.code\s*={2,3}\s*)(\d{3})"
)


def captures(script: str) -> list[Gift]:
    """``pm.environment.set("token", answer.data.token)`` -> token is at data.token."""
    aliases: dict[str, str] = {}
    for name, start, path in _ALIAS.findall(script):
        if start in aliases or not start.isidentifier():
            aliases[name] = f"{aliases.get(start, '')}.{_dotted(path)}".strip(".")
    for names, path in _UNPACKED.findall(script):
        for name in re.findall(r"\w+", names):
            aliases[name] = f"{_dotted(path)}.{name}".strip(".")
    found = []
    for variable, start, path in _KEPT.findall(script):
        if start in aliases or not start.isidentifier():
            whole = f"{aliases.get(start, '')}.{_dotted(path)}".strip(".")
            if whole:
                found.append(Gift(variable, whole))
    return found


def _dotted(path: str) -> str:
    """``?.data["items"][0]`` -> data.items.0."""
    return ".".join(re.findall(r"\w+", path))


def statuses(script: str) -> tuple[int, ...]:
    """The successes that a script looks for."""
    numbers = (int(one) for one in _STATUS.findall(script))
    return tuple(dict.fromkeys(one for one in numbers if 200 <= one < 400))
