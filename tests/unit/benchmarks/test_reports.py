"""What peers print and write, as they do it."""

import json

from benchmarks.peers.peer import Job, Report, Work
from benchmarks.peers.plan import read_summary
from benchmarks.peers.stock_locust import read as read_locust
from benchmarks.peers.wrk import read as read_wrk

WRK = """\
Running 10s test @ http://127.0.0.1:41927
  1 threads and 20 connections
  Latency Distribution
     50%  196.00us
     75%  300.00us
     90%    1.00ms
     99%    5.60ms
  741332 requests in 10.10s, 93.42MB read
  Non-2xx or 3xx responses: 3
Requests/sec:  73400.97
Transfer/sec:      9.25MB
  50% 0.196ms
  95% 1.250ms
"""


def test_wrk_prints_its_report(tmp_path):
    (tmp_path / "output.txt").write_text(WRK)
    assert read_wrk(tmp_path / "output.txt") == Report(741332, 0.196, 1.25, 3)


def test_a_summary_in_the_shape_of_k6_is_a_report(tmp_path):
    metrics = {
        "round_trip": {"med": 0.5, "p(95)": 2.5},
        "checks": {"passes": 90, "fails": 10},
    }
    (tmp_path / "summary.json").write_text(json.dumps({"metrics": metrics}))
    job = Job(Work("socketio", "rooms", 300), tmp_path)
    assert read_summary(job) == Report(100, 0.5, 2.5, 10)


def test_round_trips_are_what_stock_locust_reports_of_messages(tmp_path):
    rows = [
        {"name": "message", "response_times": {"0.0": 900}, "num_failures": 0},
        {"name": "round trip", "response_times": {"1.0": 60, "9.0": 40}, "num_failures": 2},
    ]
    (tmp_path / "stock.json").write_text(json.dumps(rows))
    job = Job(Work("socketio", "rooms", 300), tmp_path)
    assert read_locust(job) == Report(100, 1.0, 9.0, 2)


def test_stock_locust_reports_all_its_requests_where_there_are_no_messages(tmp_path):
    rows = [
        {"name": "/rooms", "response_times": {"2.0": 10}, "num_failures": 0},
        {"name": "/rooms/7", "response_times": {"1.0": 10}, "num_failures": 0},
    ]
    (tmp_path / "stock.json").write_text(json.dumps(rows))
    job = Job(Work("http", "json", 20), tmp_path)
    assert read_locust(job) == Report(20, 1.0, 2.0, 0)
