"""What an author has written that cannot be exported: collected, and said all at once."""

from __future__ import annotations

import ast

from k6_export.source import Module
from ktb_load.errors import AuthorError, Problem


class Refusals:
    """Collects; a compiler that has refused something goes on with a stand-in."""

    def __init__(self) -> None:
        self._problems: dict[Problem, None] = {}

    def refuse(self, module: Module, node: ast.AST, what: str, instead: str) -> None:
        self._problems[Problem(module.place(node), f"{what} cannot be exported", instead)] = None

    @property
    def problems(self) -> list[Problem]:
        return sorted(self._problems, key=lambda problem: _order(str(problem.place)))

    def raise_all(self) -> None:
        """Raises AuthorError if anything was refused."""
        if self._problems:
            raise AuthorError(self.problems)


def _order(place: str) -> tuple[str, int, int]:
    file, line, column = place.rsplit(":", 2)
    return file, int(line), int(column)
