"""Where options come from besides plan and class: ``K6_*`` variables and the command line, one row
each.

The names are k6 1.8.1's (``cmd/options.go``). Flags with one dash are Locust's own: beside a plan
``-u`` is k6's ``vus`` and ``-t`` its ``duration``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ktb_load.errors import AuthorError, Place, Problem
from ktb_load.plan.document import Document


def switch(text: str) -> bool:
    """``true`` or ``false``.

    Raises:
        ValueError: it is neither.
    """
    if text.lower() not in ("true", "false", "1", "0"):
        raise ValueError(f"{text!r} is not true or false")
    return text.lower() in ("true", "1")


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a whole number") from None


def _stages(text: str) -> list[dict[str, Any]]:
    stages = []
    for part in text.split(","):
        duration, colon, target = part.partition(":")
        if not colon or not target.isdigit():
            raise ValueError(f"{part!r} is not a stage, write for example 30s:10")
        stages.append({"duration": duration, "target": int(target)})
    return stages


def _tags(text: str) -> dict[str, str]:
    pairs = [part.replace("=", ":", 1).partition(":") for part in text.split(",")]
    if any(not colon or not key for key, colon, _ in pairs):
        raise ValueError(f"{text!r} is not a list of tags, write for example a:1,b:2")
    return {key: value for key, _, value in pairs}


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _dns(text: str) -> dict[str, str]:
    pairs = [part.partition("=") for part in text.split(",")]
    return {key: value for key, _, value in pairs}


def _as_it_is(text: str) -> str:
    return text


@dataclass(frozen=True)
class Source:
    """One option, and how it is given outside of a plan."""

    key: str
    parse: Callable[[str], Any]
    variable: str = ""
    flag: str = ""
    help: str = ""

    @property
    def dest(self) -> str:
        """The flag's name in a parsed command line."""
        return f"k6_{self.key}"


SOURCES = (
    Source("vus", _whole, "K6_VUS", "-u"),
    Source("duration", _as_it_is, "K6_DURATION", "-t"),
    Source("iterations", _whole, "K6_ITERATIONS", "--iterations", "Shared by all VUs"),
    Source("stages", _stages, "K6_STAGES", "--stage", "A ramp: 30s:10,1m:10,30s:0"),
    Source("tags", _tags, "K6_TAGS", "--tag", "On every sample: name=value,name=value"),
    Source("rps", _whole, "K6_RPS", "--rps", "HTTP requests a second, over all VUs"),
    Source("maxRedirects", _whole, "K6_MAX_REDIRECTS", "--max-redirects", "Followed at most"),
    Source("userAgent", _as_it_is, "K6_USER_AGENT", "--user-agent", "Sent with every request"),
    Source("dns", _dns, "K6_DNS", "--dns", "ttl=5m,select=random,policy=preferIPv4"),
    Source("httpDebug", _as_it_is, "K6_HTTP_DEBUG", "--http-debug", "Log HTTP: headers or full"),
    Source(
        "insecureSkipTLSVerify",
        switch,
        "K6_INSECURE_SKIP_TLS_VERIFY",
        "--insecure-skip-tls-verify",
        "Accept any certificate",
    ),
    Source(
        "noConnectionReuse",
        switch,
        "K6_NO_CONNECTION_REUSE",
        "--no-connection-reuse",
        "A new connection for every request",
    ),
    Source(
        "noVUConnectionReuse",
        switch,
        "K6_NO_VU_CONNECTION_REUSE",
        "--no-vu-connection-reuse",
        "New connections in every iteration",
    ),
    Source("noCookiesReset", switch, "K6_NO_COOKIES_RESET"),
    Source(
        "discardResponseBodies",
        switch,
        "K6_DISCARD_RESPONSE_BODIES",
        "--discard-response-bodies",
        "Read bodies and forget them",
    ),
    Source("systemTags", _names, "K6_SYSTEM_TAGS", "--system-tags", "Only these of k6's own tags"),
    Source(
        "minIterationDuration",
        _as_it_is,
        "K6_MIN_ITERATION_DURATION",
        "--min-iteration-duration",
        "Pad shorter iterations",
    ),
    Source("setupTimeout", _as_it_is, "K6_SETUP_TIMEOUT"),
    Source("teardownTimeout", _as_it_is, "K6_TEARDOWN_TIMEOUT"),
    Source("noSetup", switch, "K6_NO_SETUP", "--no-setup", "Do not run setup()"),
    Source("noTeardown", switch, "K6_NO_TEARDOWN", "--no-teardown", "Do not run teardown()"),
    Source(
        "summaryTrendStats",
        _names,
        "K6_SUMMARY_TREND_STATS",
        "--summary-trend-stats",
        "Columns of the summary: avg,p(99.9),count",
    ),
    Source(
        "summaryTimeUnit",
        _as_it_is,
        "K6_SUMMARY_TIME_UNIT",
        "--summary-time-unit",
        "One unit for all times of the summary: s, ms or us",
    ),
)


def from_environment(environ: Mapping[str, str]) -> list[Document]:
    """The layer of all ``K6_*`` variables that are set.

    Raises:
        AuthorError: with every value that cannot be read.
    """
    given = {source: environ.get(source.variable) for source in SOURCES}
    return _layer("environment variable", given, lambda source: source.variable)


def from_command_line(arguments: Mapping[str, Any]) -> list[Document]:
    """The layer of all flags that were given; ``arguments`` by ``Source.dest``.

    Raises:
        AuthorError: with every value that cannot be read.
    """
    given = {source: arguments.get(source.dest) for source in SOURCES}
    return _layer("command line", given, lambda source: source.flag)


def _layer(
    where: str, given: Mapping[Source, Any], spell: Callable[[Source], str]
) -> list[Document]:
    values, names, problems = {}, {}, []
    for source, text in given.items():
        if not text:
            continue
        names[source.key] = f"{where} {spell(source)}"
        try:
            values[source.key] = text if text is True else source.parse(str(text))
        except ValueError as error:
            problems.append(Problem(Place(names[source.key]), str(error)))
    if problems:
        raise AuthorError(problems)
    return [Document(where, values, names=names)] if values else []
