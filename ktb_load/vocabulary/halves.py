"""local_only and k6_only_body: what an export does with a method that it cannot, or need not,
translate. Under Locust both change nothing.
"""

from collections.abc import Callable
from typing import TypeVar

F = TypeVar("F", bound=Callable[..., object])


def local_only(function: F) -> F:
    """Only Locust runs this; in an export it does nothing and returns None."""
    return function


def k6_only_body(javascript: str) -> Callable[[F], F]:
    """In an export the body is ``javascript``, written by hand; the parameters keep their names."""
    del javascript
    return lambda function: function
