"""What a case's VUs do, on Locust. ``program.js`` is the same for k6: keep their verbs alike.

CASE is the case as JSON: ``tasks`` (name -> steps), ``setup``, ``setup_returns``, ``teardown``,
``metrics``, ``init_raises``. A step is a mapping with one key, its verb. BASE_URL is the recording
server.
"""

import json
import os

from ktb_load import (
    Counter,
    Gauge,
    Rate,
    Trend,
    abort,
    check,
    fail,
    group,
    mark_failed,
    setting,
    tag,
    think,
)
from ktb_load.locust_host.user import LoadUser

CASE = json.loads(os.environ["CASE"])
BASE = os.environ["BASE_URL"]
KINDS = {"counter": Counter, "gauge": Gauge, "rate": Rate, "trend": Trend}

if "init_raises" in CASE:
    raise RuntimeError(CASE["init_raises"])

metrics = {}
for metric_name, kind in CASE.get("metrics", {}).items():
    metric_type, _, unit = kind.partition(" ")
    metrics[metric_name] = KINDS[metric_type](metric_name, unit == "time")


def _raise(message):
    raise RuntimeError(message)


def _check_that_raises(user, name, data):
    check(None, {name: lambda _: _raise("in a check"), "not reached": True})


def _group(user, argument, data):
    with group(argument["name"]):
        take(user, argument["steps"], data)


def _named_hit(user, argument, data):
    user.http.get(argument["path"], name=argument["name"], tags=argument.get("tags", {}))


def _body(user, path, data):
    check(user.http.get(path), {"has a body": lambda response: bool(response.body)})


VERBS = {
    "hit": lambda user, path, data: user.http.get(path),
    "named_hit": _named_hit,
    "whole_url": lambda user, path, data: user.http.get(BASE + path),
    "elsewhere": lambda user, url, data: user.http.get(url),
    "body": _body,
    "env": lambda user, name, data: user.http.get(f"/hit?{name}={setting(name, 'none')}"),
    "data": lambda user, key, data: user.http.get(f"/hit?{key}={data[key] if data else 'none'}"),
    "think": lambda user, seconds, data: think(seconds),
    "check": lambda user, sets, data: check(None, sets),
    "check_with_tags": lambda user, argument, data: check(None, argument["sets"], argument["tags"]),
    "check_that_raises": _check_that_raises,
    "group": _group,
    "add": lambda user, a, data: metrics[a["metric"]].add(a["value"], a.get("tags")),
    "tag": lambda user, argument, data: tag(argument["name"], argument["value"]),
    "raise": lambda user, message, data: _raise(message),
    "fail": lambda user, message, data: fail(message),
    "mark_failed": lambda user, message, data: mark_failed(message),
    "abort": lambda user, message, data: abort(message),
    "first_only": lambda user, steps, data: user.vu.iteration == 0 and take(user, steps, data),
    "later_only": lambda user, steps, data: user.vu.iteration > 0 and take(user, steps, data),
}


def take(user, steps, data):
    for step in steps:
        ((verb, argument),) = step.items()
        VERBS[verb](user, argument, data)


def _task(name, steps):
    def run(user):
        take(user, steps, user.data)

    run.__name__ = name
    return run


class Person(LoadUser):
    host = BASE
    tasks = tuple(_task(name, steps) for name, steps in CASE["tasks"].items())

    def setup(self):
        take(self, CASE.get("setup", []), None)
        return CASE.get("setup_returns")

    def teardown(self, data):
        take(self, CASE.get("teardown", []), data)
