"""``--out name=argument``: which outputs there are, and how they are opened (k6 1.8.1's words).

What one of them does stands in a file of its own. Libraries of an extra are imported by the opener
that needs them, so that nobody else pays for them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from types import MappingProxyType

from ktb_load.errors import AuthorError, ExitCode, Place, Problem
from ktb_load.outputs.output import CannotOpen, Once, Output, OutputContext

__all__ = ["OPENERS", "Output", "OutputContext", "open_outputs"]

Opener = Callable[[str, OutputContext], Output]
"""Given the argument, empty if there is none.

Raises CannotOpen, OSError (a file, a port), or ModuleNotFoundError (an extra).
"""

OPENERS: Mapping[str, str] = MappingProxyType(
    {
        "csv": "csv_rows.open_csv",
        "experimental-prometheus-rw": "remote_write.open_remote_write",
        "json": "json_lines.open_json",
        "junit": "junit.open_junit",
        "opentelemetry": "otlp.open_otlp",
        "experimental-opentelemetry": "otlp.open_otlp",
        "prometheus": "scrape.open_scrape",
        "prometheus-rw": "remote_write.open_remote_write",
    }
)
"""Name -> the module here and its ``Opener``; imported when somebody asks for it, since the start
of a run should not wait for what it does not use."""

_EXTRAS = {
    "experimental-opentelemetry": "otel",
    "experimental-prometheus-rw": "prometheus",
    "opentelemetry": "otel",
    "prometheus": "prometheus",
    "prometheus-rw": "prometheus",
}


def open_outputs(specs: Sequence[str], context: OutputContext) -> list[Output]:
    """Open every output before the run. They collect from now on.

    Args:
        specs: ``name`` or ``name=argument``, as in k6's ``--out``.
        context: the run.

    Raises:
        AuthorError: everything that is wrong with ``specs``; then none of them is open.
    """
    opened: list[Output] = []
    problems: list[Problem] = []
    for spec in specs:
        try:
            opened.append(_Guarded(spec, _open(spec, context), context))
        except CannotOpen as error:
            problems.append(Problem(Place(f"--out {spec}"), error.what, error.instead))
    if problems:
        for output in opened:
            output.close()
        raise AuthorError(problems, ExitCode.GENERIC)
    return opened


def _open(spec: str, context: OutputContext) -> Output:
    name, _, argument = spec.partition("=")
    where = OPENERS.get(name)
    if where is None:
        known = ", ".join(sorted(OPENERS))
        raise CannotOpen(f"invalid output type '{name}', available types are: {known}")
    try:
        return _opener(where)(argument, context)
    except ModuleNotFoundError as error:
        if name not in _EXTRAS:
            raise
        what = f"the library {error.name} is missing"
        raise CannotOpen(what, f"pip install 'ktb-load[{_EXTRAS[name]}]'") from error
    except OSError as error:
        raise CannotOpen(f"could not create the '{name}' output: {error}") from error


def _opener(where: str) -> Opener:
    module, _, function = where.partition(".")
    opener: Opener = getattr(import_module(f"ktb_load.outputs.{module}"), function)
    return opener


class _Guarded:
    """An output whose own mistakes do not reach the run either."""

    def __init__(self, spec: str, output: Output, context: OutputContext) -> None:
        self._spec, self._output = spec, output
        self._complain = Once(context.complain)

    def flush(self) -> None:
        self._attempt(self._output.flush)

    def close(self) -> None:
        self._attempt(self._output.close)

    def _attempt(self, act: Callable[[], None]) -> None:
        try:
            act()
        except Exception as error:
            self._complain(
                f"output {self._spec} failed, which is a fault of ours, please report it: {error!r}"
            )
