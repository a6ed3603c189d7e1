"""k6's environment variables for outputs, read with the complaint that names them."""

from __future__ import annotations

from collections.abc import Mapping

from ktb_load.outputs.output import CannotOpen
from ktb_load.quantities import parse_duration

_TRUE, _FALSE = ("1", "t", "true"), ("", "0", "f", "false")


def switch(environ: Mapping[str, str], name: str, default: bool = False) -> bool:
    """A variable that is true or false. Raises CannotOpen."""
    text = environ.get(name)
    if text is None:
        return default
    if text.lower() not in (*_TRUE, *_FALSE):
        raise CannotOpen(f"{name} is {text!r}", "write true or false")
    return text.lower() in _TRUE


def interval_s(environ: Mapping[str, str], name: str, default_s: float) -> float:
    """A variable that is a duration longer than nothing, in seconds. Raises CannotOpen."""
    text = environ.get(name)
    if not text:
        return default_s
    try:
        seconds = parse_duration(text)
    except ValueError as error:
        raise CannotOpen(f"{name}: {error}") from error
    if seconds <= 0:
        raise CannotOpen(f"{name} is {text!r}, which is not longer than nothing", "write 5s")
    return seconds


def pairs(environ: Mapping[str, str], name: str, sign: str) -> dict[str, str]:
    """A variable like ``key=value,key2=value2``, where ``sign`` is the ``=``. Raises CannotOpen."""
    found: dict[str, str] = {}
    for part in filter(None, environ.get(name, "").split(",")):
        key, separator, value = part.partition(sign)
        if not separator or not key.strip():
            raise CannotOpen(f"{name}: {part!r} is not of the form key{sign}value")
        found[key.strip()] = value.strip()
    return found


def refuse(environ: Mapping[str, str], names: Mapping[str, str]) -> None:
    """Raises CannotOpen if one of ``names`` is set: it maps to the reason."""
    for name, why in names.items():
        if environ.get(name, "").lower() not in _FALSE:
            raise CannotOpen(f"{name} is not supported: {why}", "leave it out")
