"""The same user class runs with the same plan from Locust's web form."""

from pathlib import Path

import pytest

pytestmark = [pytest.mark.system, pytest.mark.browser]
LOCUSTFILE = str(Path(__file__).parents[3] / "locustfiles" / "chat.py")
POLLING = str(Path(__file__).parents[1] / "command_line" / "polling_locustfile.py")
FAST = {"ACCOUNTS_PER_SECOND": "200"}


@pytest.fixture
def server(start_reference):
    with start_reference() as server:
        yield server


def test_a_plan_that_is_chosen_in_the_form_runs_to_its_end(
    start_locust, open_page, server, tmp_path
):
    plan = tmp_path / "tiny.yaml"
    plan.write_text(
        "scenarios:\n  chat: {executor: constant-vus, vus: 4, duration: 4s, exec: lurk,"
        " env: {LISTEN_SECONDS: '1'}}\n",
        encoding="utf-8",
    )
    where = ("--host", server.rest, "--socket-host", server.socket)
    page = open_page(start_locust("-f", LOCUSTFILE, "--plan", str(plan), *where, env=FAST))
    assert {"smoke", "light", "ramp-up", str(plan)} <= set(page.choices("plan"))
    assert page.value("plan") == str(plan)
    page.press_start()
    page.wait_until(lambda: page.header().get("Users") == "4", "the four VUs of the plan")
    page.wait_for_state("stopped", within_s=30)
    rows = page.statistics()
    assert {"join", "fetch history", "mark as read", "/api/auth/login"} <= set(rows)
    assert rows["Aggregated"]["# Fails"] == "0"
    assert page.console_errors() == []


def test_without_a_plan_the_form_decides_how_many_users_there_are(start_locust, open_page, server):
    where = ("--host", server.rest, "--socket-host", server.socket)
    page = open_page(start_locust("-f", LOCUSTFILE, *where, env=FAST))
    assert page.value("plan") == ""
    page.fill("user_count", "3")
    page.fill("spawn_rate", "3")
    page.press_start()
    page.wait_until(lambda: page.header().get("Users") == "3", "three users")
    page.press("Stop")
    page.wait_for_state("stopped")


def test_a_host_that_is_not_there_is_said_in_the_form(start_locust, open_page, server):
    page = open_page(start_locust("-f", LOCUSTFILE, "--plan", "smoke", env=FAST))
    page.fill("host", "http://127.0.0.1:1")
    page.press_start()
    page.wait_until(
        lambda: "nobody answers at http://127.0.0.1:1" in page.browser.page_source, "the reason"
    )
    assert page.state() == "ready"


def test_driver_is_chosen_in_the_form(start_locust, open_page, server, tmp_path):
    plan = tmp_path / "tiny.yaml"
    plan.write_text(
        "scenarios: {chat: {executor: per-vu-iterations, vus: 2, iterations: 2}}\n",
        encoding="utf-8",
    )
    where = ("--host", server.rest, "--socket-host", server.socket, "--plan", str(plan))
    page = open_page(start_locust("-f", POLLING, *where, "--driver", "reference", env=FAST))
    assert page.choices("driver") == ["lean", "reference"]
    assert page.value("driver") == "reference"
    page.choose("driver", "lean")
    page.press_start()
    page.wait_until(
        lambda: "the lean driver has no long polling" in page.browser.page_source, "the reason"
    )
    page.choose("driver", "reference")
    page.press_start()
    page.wait_for_state("stopped", within_s=30)
    rows = page.statistics()
    assert {"connect", "join", "say"} <= set(rows)
    assert rows["Aggregated"]["# Fails"] == "0"
