"""Locust's web form: the plan that is chosen there decides how the test runs.

With a plan the load shape of that plan drives the test; without one Locust's own number of users
does.
What is wrong with the plan or the host is said in the form, before anything starts.
"""

from __future__ import annotations

from locust.web import WebUI

from collections.abc import Callable, Mapping

from flask import Response, jsonify, request

from ktb_load.errors import AuthorError

Prepare = Callable[[Mapping[str, str]], None]
"""Takes the form's fields before Locust does; raises AuthorError if no test can start with them."""


def listen(web_ui: WebUI, prepare: Prepare) -> None:
    """See every start before Locust does."""

    def before_start() -> Response | None:
        if request.method != "POST" or request.path.rpartition("/")[2] != "swarm":
            return None
        try:
            prepare(request.form)
        except AuthorError as error:
            return jsonify({"success": False, "message": str(error), "host": ""})
        return None

    assert web_ui.app is not None  # made by WebUI's constructor
    web_ui.app.before_request(before_start)
