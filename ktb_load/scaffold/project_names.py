"""What one project's files, classes and settings are called: everything follows from its name."""

from __future__ import annotations

import keyword
import re
import sys
from dataclasses import dataclass

from ktb_load.errors import AuthorError, Place, Problem
from ktb_load.scaffold.model import Api
from ktb_load.scaffold.naming import words

_TAKEN = frozenset({"locust", "ktb_load", "k6_export", "gevent", "test", "tests"})


@dataclass(frozen=True)
class Names:
    """All of them."""

    system: str
    """As it was given; the folder of its plans."""

    @property
    def module(self) -> str:
        return self.system.replace("-", "_")

    @property
    def user_module(self) -> str:
        return f"{self.module}_user"

    @property
    def socket_module(self) -> str:
        return f"{self.module}_socket"

    @property
    def camel(self) -> str:
        return "".join(word.capitalize() for word in re.split(r"[-_]", self.system))

    @property
    def user_class(self) -> str:
        return f"{self.camel}User"

    @property
    def visitor_class(self) -> str:
        return f"{self.camel}Visitor"

    def setting(self, name: str) -> str:
        """``SHOP_TOKEN``: with the project in front, since machines have a ``USERNAME``, too."""
        return f"{self.module}_{name}".upper()

    @staticmethod
    def origin(api: Api) -> str:
        """Where a file came from."""
        return f"Written by `ktb-load new` from {' and '.join(api.documents)}. It is yours now."


def names_for(given: str) -> Names:
    """
    Raises:
        AuthorError: files cannot be called so.
    """
    module = given.replace("-", "_")
    what = ""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", given) or not words(given):
        what = "a name is letters, digits, - and _, and begins with a letter"
    elif keyword.iskeyword(module) or module in sys.stdlib_module_names or module in _TAKEN:
        what = f"Python has a module {module!r} already, which locustfiles/{module}.py would hide"
    if what:
        raise AuthorError([Problem(Place(given), what, "such as `shop` or `team-chat`")])
    return Names(given)
