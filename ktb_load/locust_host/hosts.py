"""``--host`` and ``--socket-host``: one URL, or one for each system that is loaded.

--host one-chat=http://localhost:5001,other-chat=http://localhost:7777
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ktb_load.errors import AuthorError, Place, Problem

if TYPE_CHECKING:
    from ktb_load.locust_host.user import LoadUser


def set_hosts(
    loaded: Sequence[type[LoadUser]], used: Sequence[type[LoadUser]], given: Mapping[str, str]
) -> None:
    """Let the user classes know where their system is.

    Args:
        used: those of the loaded ones that the plan is for; a mere URL is theirs.
        given: attribute of a class, ``host`` or ``socket_host`` -> what was written.

    Raises:
        AuthorError: it does not say which URL is whose.
    """
    problems: list[Problem] = []
    for name, text in given.items():
        if not text:
            continue
        concerned = [one for one in (loaded if names_systems(text) else used) if hasattr(one, name)]
        systems = list(dict.fromkeys(one.system for one in concerned if one.system))
        urls = _urls(f"--{name.replace('_', '-')}", text, systems, problems)
        for one in concerned:
            if url := urls.get(one.system) or urls.get(""):
                setattr(one, name, url)
    if problems := problems or _shared(used):
        raise AuthorError(problems)


def _shared(used: Sequence[type[LoadUser]]) -> list[Problem]:
    """A problem for each URL at which two systems are looked for."""
    systems: dict[str, dict[str, None]] = {}
    for one in used:
        if one.system and one.host:
            systems.setdefault(one.host.rstrip("/"), {})[one.system] = None
    return [
        Problem(
            Place(f"--host {','.join(f'{name}={url}' for name in names)}"),
            f"{len(names)} systems at one URL",
            f"give each its own: --host {','.join(f'{name}=URL' for name in names)}",
        )
        for url, names in systems.items()
        if len(names) > 1
    ]


def names_systems(text: str) -> bool:
    """Whether each URL stands behind the name of a system."""
    return "=" in text.partition("://")[0]


def _urls(
    flag: str, text: str, systems: Sequence[str], problems: list[Problem]
) -> Mapping[str, str]:
    """System -> URL; the one without a system is everybody's."""
    place = Place(f"{flag} {text}")
    if not names_systems(text):
        if len(systems) > 1:
            each = ",".join(f"{system}=URL" for system in systems)
            what = f"one URL for {len(systems)} systems"
            problems.append(Problem(place, what, f"write {flag} {each}"))
        return {"": text}
    pairs = [part.strip().partition("=") for part in text.split(",")]
    for system, _, _ in pairs:
        if system not in systems:
            near = difflib.get_close_matches(system, systems, n=1)
            instead = f"did you mean `{near[0]}`?" if near else f"loaded: {', '.join(systems)}"
            problems.append(Problem(place, f"no user class is for '{system}'", instead))
    return {system: url for system, _, url in pairs}
