"""Parameters of a run: k6's ``__ENV``, with the type of their default."""

import os
from typing import TypeVar, overload

from ktb_load.vocabulary.context import current

Number = TypeVar("Number", int, float)


@overload
def setting(name: str, default: str) -> str: ...
@overload
def setting(name: str, default: Number) -> Number: ...
def setting(name: str, default: str | float) -> str | float:
    """The parameter ``name``: from the scenario's ``env``, else the environment, else ``default``.

    ``setup()`` and ``teardown()`` see the ``env`` of all scenarios. A text becomes the type of the
    default.

    Raises:
        ValueError: the text is not a number where the default is one.
    """
    text = current().env.get(name, os.environ.get(name))
    if text is None:
        return default
    try:
        return type(default)(text)
    except ValueError:
        kind = "a whole number" if isinstance(default, int) else "a number"
        raise ValueError(f"{name} must be {kind}, but is {text!r}") from None
