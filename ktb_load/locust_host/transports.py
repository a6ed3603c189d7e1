"""Transports that user classes want and the driver does not have, found before the run."""

from __future__ import annotations

import ast
import inspect
import os
import sys
from collections.abc import Iterator, Sequence
from types import ModuleType

from ktb_load.clients.drivers import INSTEAD_OF_POLLING, LEAN, NO_POLLING
from ktb_load.errors import Place, Problem
from ktb_load.locust_host.user import LoadUser
from ktb_load.plan.transports import POLLING, polling_in


def transport_problems(driver: str, classes: Sequence[type[LoadUser]]) -> list[Problem]:
    """A problem for each class that asks the lean driver to poll, and for each such call in their
    files.
    """
    if driver != LEAN:
        return []
    places = [
        Place(f"{user_class.__name__}.transports")
        for user_class in classes
        if POLLING in getattr(user_class, "transports", ())
    ]
    modules = dict.fromkeys(sys.modules.get(user_class.__module__) for user_class in classes)
    places += [place for module in modules if module for place in _calls(module)]
    return [Problem(place, NO_POLLING, INSTEAD_OF_POLLING) for place in places]


def _calls(module: ModuleType) -> Iterator[Place]:
    try:
        tree = ast.parse(inspect.getsource(module))
    except (OSError, TypeError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and (found := polling_in(node)) is not None:
            yield Place(os.path.relpath(module.__file__ or ""), found.lineno)
