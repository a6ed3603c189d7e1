"""``--out name=argument``: which outputs there are, and how they are opened (k6 1.8.1's words).

What one of them does stands in a file of its own. Libraries of an extra are imported by the opener
that needs them, so that nobody else pays for them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from ktb_load.errors import AuthorError, ExitCode, Place, Problem
from ktb_load.outputs.csv_rows import open_csv
from ktb_load.outputs.json_lines import open_json
from ktb_load.outputs.junit import open_junit
from ktb_load.outputs.otlp import open_otlp
from ktb_load.outputs.output import CannotOpen, Once, Output, OutputContext
from ktb_load.outputs.remote_write import open_remote_write
from ktb_load.outputs.scrape import open_scrape

__all__ = ["OPENERS", "Output", "OutputContext", "open_outputs"]

Opener = Callable[[str, OutputContext], Output]
"""Given the argument, empty if there is none.

Raises CannotOpen, OSError (a file, a port), or ModuleNotFoundError (an extra).
"""

OPENERS: Mapping[str, Opener] = MappingProxyType(
    {
        "csv": open_csv,
        "experimental-prometheus-rw": open_remote_write,
        "json": open_json,
        "junit": open_junit,
        "opentelemetry": open_otlp,
        "experimental-opentelemetry": open_otlp,
        "prometheus": open_scrape,
        "prometheus-rw": open_remote_write,
    }
)

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
    opener = OPENERS.get(name)
    if opener is None:
        known = ", ".join(sorted(OPENERS))
        raise CannotOpen(f"invalid output type '{name}', available types are: {known}")
    try:
        return opener(argument, context)
    except ModuleNotFoundError as error:
        if name not in _EXTRAS:
            raise
        what = f"the library {error.name} is missing"
        raise CannotOpen(what, f"pip install 'ktb-load[{_EXTRAS[name]}]'") from error
    except OSError as error:
        raise CannotOpen(f"could not create the '{name}' output: {error}") from error


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
