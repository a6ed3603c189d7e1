"""What can go wrong, who is at fault, and the exit code it leads to.

    KtbLoadError
    ├── AuthorError           the plan or the locustfile is wrong: found before any load, all at
    once ├── AbortTest             the task asked to stop the whole test
    └── ExchangeFailed        the system under test failed one exchange; a failed sample, never a
    traceback
        ├── TimedOut          the answer did not come before its deadline
        ├── Disconnected      the connection ended while something was awaited
        ├── ConnectFailed     the connection could not be made, or was refused
        └── Rejected          the system answered that it will not do it

Faults of our own are ordinary Python exceptions. Exit codes are those of k6 1.8.1
(``errext/exitcodes``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum


class ExitCode(IntEnum):
    """k6's exit codes, by k6's names; what leads to each is in the k6 documentation."""

    OK = 0
    THRESHOLDS_CROSSED = 99
    SETUP_TIMEOUT = 100
    TEARDOWN_TIMEOUT = 101
    GENERIC_TIMEOUT = 102
    STOPPED_BY_API = 103
    INVALID_CONFIG = 104
    EXTERNAL_ABORT = 105
    CANNOT_START_API = 106
    SCRIPT_EXCEPTION = 107
    SCRIPT_ABORTED = 108
    PANIC = 109
    MARKED_FAILED = 110
    GENERIC = 255


@dataclass(frozen=True, order=True)
class Place:
    """Where the author can find the fault: a file with a line, or a file with a key path."""

    file: str
    line: int | None = None
    key: str | None = None

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line is not None else self.file
        return f"{place}, {self.key}" if self.key else place


@dataclass(frozen=True, order=True)
class Problem:
    """One fault of the author: where it is, what is wrong, what to write instead."""

    place: Place
    what: str
    instead: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.what}" + (f"; {self.instead}" if self.instead else "")


class KtbLoadError(Exception):
    """The root of everything that we raise on purpose."""


class AuthorError(KtbLoadError):
    """The plan or the locustfile cannot be run. Carries every problem that was found."""

    def __init__(
        self, problems: Sequence[Problem], exit_code: ExitCode = ExitCode.INVALID_CONFIG
    ) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)
        self.exit_code = exit_code


class AbortTest(KtbLoadError):
    """Ends the whole test at once, with k6's exit code 108 (``exec.test.abort``)."""


class ExchangeFailed(KtbLoadError):
    """One exchange with the system under test failed.

    ``kind`` is a short word that metrics carry as a tag (``auth``, ``room``, ``message``, ...);
    ``code`` is the protocol's or the system's own code, empty where there is none.
    """

    def __init__(self, message: str, *, kind: str = "", code: str = "") -> None:
        super().__init__(message)
        self.kind = kind
        self.code = code


class TimedOut(ExchangeFailed):
    """The awaited answer did not come before its deadline."""


class Disconnected(ExchangeFailed):
    """The connection ended while an answer was awaited."""


class ConnectFailed(ExchangeFailed):
    """The connection could not be made, or the other side refused it."""


class Rejected(ExchangeFailed):
    """The system answered, and the answer was a refusal."""
