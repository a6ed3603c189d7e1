"""In a process of its own: importing Locust patches the process that imports it."""

import subprocess
import sys
import textwrap

PRELUDE = """
from locust.env import Environment
from ktb_load.errors import Rejected
from ktb_load.locust_host.request_table import RequestTable
from ktb_load.metrics.recorder import Exchange

READ = Exchange("GET", "/rooms", 12.0, 80)
environment = Environment()
environment.create_local_runner()
table, stats = RequestTable(environment), environment.stats
"""


def run(code):
    script = PRELUDE + textwrap.dedent(code)
    command = [sys.executable, "-c", script]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.splitlines()


def test_exchange_is_a_row_and_its_error_a_failure():
    assert run(
        """
        table.show("", READ)
        table.show("", READ._replace(error=Rejected("HTTP 500", kind="http", code="500")))
        row = stats.get("/rooms", "GET")
        print(row.num_requests, row.num_failures, row.max_response_time)
        print(stats.total.total_content_length)
        print(*(failure.occurrences for failure in stats.errors.values()))
        """
    ) == ["2 1 12.0", "160", "1"]


def test_name_says_the_system_where_there_are_several():
    assert run(
        """
        table.show("meeting", READ)
        print(stats.get("meeting: /rooms", "GET").num_requests)
        """
    ) == ["1"]


def test_others_hear_of_every_exchange_while_they_listen():
    assert run(
        """
        hear = lambda request_type, name, exception, **_: print(request_type, name, exception)
        table.show("", READ)
        environment.events.request.add_listener(hear)
        table.show("", READ)
        environment.events.request.remove_listener(hear)
        table.show("", READ)
        print(stats.get("/rooms", "GET").num_requests)
        """
    ) == ["GET /rooms None", "3"]
