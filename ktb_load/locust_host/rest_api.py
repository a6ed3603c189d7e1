"""k6's REST API (k6 1.8.1 ``api/v1``): look at a run, change an externally-controlled one, stop it.

``--address localhost:6565`` opens it; `k6 status`, `k6 scale`, `k6 pause`, `k6 resume` talk to it.

    GET   /v1/status  /v1/metrics[/NAME]  /v1/groups[/ID]  /v1/setup
    PATCH /v1/status  {"data": {"attributes": {"vus": 5, "vus-max": 9, "paused": true, ...}}}
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Any

from gevent.pywsgi import WSGIServer

from ktb_load import fast_json
from ktb_load.errors import AuthorError, ExitCode, Place, Problem
from ktb_load.executors.externally_controlled import ExternallyControlled
from ktb_load.executors.running import Control
from ktb_load.locust_host.run import Run
from ktb_load.metrics.checks import Group, path_id
from ktb_load.metrics.sinks import values_of

_TREND_STATS = ("avg", "max", "med", "min", "p(90)", "p(95)")
_RUNNING, _ENDED = 7, 9
_NOT_FOUND = HTTPStatus.NOT_FOUND

StartResponse = Callable[[str, list[tuple[str, str]]], object]


class ApiError(Exception):
    """An answer that is an error, in k6's words."""

    def __init__(self, status: HTTPStatus, title: str, detail: str) -> None:
        super().__init__(detail)
        self.status, self.title = status, title


class RestApi:
    """Serves the run that is on."""

    def __init__(self, address: str, run: Callable[[], Run | None]) -> None:
        """
        Raises:
            AuthorError: the address is none, or taken (k6's exit code 106).
        """
        self._run = run
        host, colon, port = address.rpartition(":")
        try:
            if not colon or not port.isdigit():
                raise OSError("write for example localhost:6565")
            self._server = WSGIServer((host or "localhost", int(port)), self._serve, log=None)
            self._server.start()
        except OSError as error:
            what = f"the REST API cannot listen on {address}: {error.strerror or error}"
            problem = Problem(Place("command line --address"), what)
            raise AuthorError([problem], ExitCode.CANNOT_START_API) from None

    def _serve(self, environ: Mapping[str, Any], start: StartResponse) -> Iterable[bytes]:
        try:
            status, answer = HTTPStatus.OK, {"data": self._answer(environ)}
        except ApiError as error:
            status = error.status
            told = {"status": str(int(status)), "title": error.title, "detail": str(error)}
            answer = {"errors": [told]}
        start(f"{status.value} {status.phrase}", [("Content-Type", "application/json")])
        return [fast_json.dumps(answer)]

    def _answer(self, environ: Mapping[str, Any]) -> Any:
        run = self._run()
        if run is None:
            raise ApiError(HTTPStatus.SERVICE_UNAVAILABLE, "No test", "no test is running")
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        if path == "/v1/status" and method in ("GET", "PATCH"):
            if method == "PATCH":
                _change(run, _attributes(environ))
            return _status(run)
        _, _, what, *rest = f"{path}///".split("/")[:4]
        readers = {"metrics": _metrics, "groups": _groups, "setup": _setup}
        if method != "GET" or not path.startswith("/v1/") or what not in readers:
            raise ApiError(_NOT_FOUND, "Not Found", f"{method} {path}")
        return readers[what](run, rest[0] if rest else "")


def _attributes(environ: Mapping[str, Any]) -> Mapping[str, Any]:
    try:
        sent = fast_json.loads(environ["wsgi.input"].read())
        attributes = sent["data"]["attributes"]
        if not isinstance(attributes, Mapping):
            raise TypeError("attributes are a mapping")
    except (fast_json.JSONDecodeError, KeyError, TypeError) as error:
        raise ApiError(HTTPStatus.BAD_REQUEST, "Invalid data", str(error)) from None
    return attributes


def _control(run: Run) -> Control | None:
    controls = (s.control for s in run.scenarios if isinstance(s.config, ExternallyControlled))
    return next((control for control in controls if control is not None), None)


def _change(run: Run, wanted: Mapping[str, Any]) -> None:
    control = _control(run)
    if wanted.get("paused") is not None:
        _pause(run, control, bool(wanted["paused"]))
    if wanted.get("vus") is not None or wanted.get("vus-max") is not None:
        _scale(control, wanted)
    if wanted.get("stopped"):
        run.abort(ExitCode.STOPPED_BY_API, "test run stopped from REST API")


def _pause(run: Run, control: Control | None, paused: bool) -> None:
    if control is None:
        config = next(iter(run.options.scenarios.values()), None)
        name = f"{config.EXECUTOR} executor '{config.name}'" if config else "Locust's user count"
        detail = f"{name} doesn't support pause and resume operations after its start"
        raise ApiError(HTTPStatus.INTERNAL_SERVER_ERROR, "Pause error", detail)
    if paused:
        control.pause()
    else:
        control.resume()


def _scale(control: Control | None, wanted: Mapping[str, Any]) -> None:
    if control is None:
        detail = (
            "an externally-controlled executor needs to be configured"
            " for live configuration updates"
        )
        raise ApiError(HTTPStatus.INTERNAL_SERVER_ERROR, "Execution config error", detail)
    vus, max_vus = wanted.get("vus"), wanted.get("vus-max")
    try:
        control.scale(
            control.vus if vus is None else int(vus),
            control.max_vus if max_vus is None else int(max_vus),
        )
    except (ValueError, TypeError) as error:
        detail = f"invalid configuration supplied: {error}"
        raise ApiError(HTTPStatus.BAD_REQUEST, "Config update error", detail) from None


def _status(run: Run) -> dict[str, Any]:
    control = _control(run)
    over = run.finished.is_set()
    attributes = {
        "status": _ENDED if over else _RUNNING,
        "paused": control is not None and control.paused,
        "vus": run.active_vus,
        "vus-max": run.initialised_vus,
        "stopped": run.ending is not None,
        "running": not over,
        "tainted": bool(run.plan.thresholds.evaluate(run.store, run.duration_s).crossed),
    }
    return {"type": "status", "id": "default", "attributes": attributes}


def _metrics(run: Run, name: str) -> Any:
    verdicts = run.plan.thresholds.evaluate(run.store, run.duration_s)
    shown = []
    for spec in run.store.specs.values():
        sink = run.store.sink(spec.name)
        if sink is not None and name in ("", spec.name):
            judged = spec.name in verdicts.by_selector
            attributes = {
                "type": spec.type,
                "contains": spec.contains,
                "tainted": spec.name in verdicts.crossed if judged else None,
                "sample": values_of(sink, _TREND_STATS, run.duration_s),
            }
            shown.append({"type": "metrics", "id": spec.name, "attributes": attributes})
    if name and not shown:
        raise ApiError(_NOT_FOUND, "Not Found", "No metric with that ID was found")
    return shown[0] if name else shown


def _groups(run: Run, wanted: str) -> Any:
    shown = _with_children(run.store.checks.root, None)
    if not wanted:
        return shown
    for group in shown:
        if group["id"] == wanted:
            return group
    raise ApiError(_NOT_FOUND, "Not Found", "No group with that ID was found")


def _with_children(group: Group, parent: Group | None) -> list[dict[str, Any]]:
    checks = [check.to_dict() for check in group.checks.values()]
    related = {
        "groups": {"data": [_reference(child) for child in group.groups.values()]},
        "parent": {"data": _reference(parent) if parent else None},
    }
    attributes = {"path": group.path, "name": group.name, "checks": checks or None}
    shown = {**_reference(group), "attributes": attributes, "relationships": related}
    below = [one for child in group.groups.values() for one in _with_children(child, group)]
    return [shown, *below]


def _reference(group: Group) -> dict[str, str]:
    return {"type": "groups", "id": path_id(group.path)}


def _setup(run: Run, _wanted: str) -> dict[str, Any]:
    return {"type": "setupData", "id": "default", "attributes": {"data": run.setup_data or None}}
