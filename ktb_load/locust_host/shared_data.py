"""What ``setup()`` hands to all VUs: JSON, frozen, one copy per process.

k6 gives every VU a copy of its own; a thousand VUs with a thousand accounts each would be a
million.
Nobody may change the shared copy instead: writing raises.
"""

from typing import Any, NoReturn

from ktb_load import fast_json

_REFUSAL = "data of setup() is shared by all VUs and cannot be changed; copy it first"


def freeze(value: Any) -> Any:
    """``value`` as JSON would bring it to the other side, read-only.

    Raises:
        TypeError: it holds something that JSON has not.
    """
    return _freeze(fast_json.loads(fast_json.dumps(value)))


def _freeze(value: Any) -> Any:
    if isinstance(value, dict):
        return FrozenDict({key: _freeze(item) for key, item in value.items()})
    if isinstance(value, list):
        return FrozenList(map(_freeze, value))
    return value


def _refuse(*_args: Any, **_kwargs: Any) -> NoReturn:
    raise TypeError(_REFUSAL)


class FrozenDict(dict[str, Any]):
    """A dict that nobody can change."""

    __setitem__ = __delitem__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse
    __ior__ = _refuse


class FrozenList(list[Any]):
    """A list that nobody can change."""

    __setitem__ = __delitem__ = __iadd__ = __imul__ = _refuse
    append = clear = extend = insert = pop = remove = reverse = sort = _refuse
