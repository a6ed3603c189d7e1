"""The page object does what it says on the web page of the installed Locust."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

pytestmark = [pytest.mark.system, pytest.mark.browser]
LOCUSTFILE = str(Path(__file__).parent / "trivial_locustfile.py")
Start = Callable[..., str]
OpenPage = Callable[[str], Any]


def test_form_offers_the_plans_and_greys_out_the_users(
    start_locust: Start, open_page: OpenPage
) -> None:
    page = open_page(start_locust("-f", LOCUSTFILE))
    assert page.state() == "ready"
    assert not page.is_editable("user_count")
    assert not page.is_editable("spawn_rate")
    assert page.choices("plan") == ["smoke", "light", "heavy"]
    assert page.value("plan") == "smoke"
    assert page.console_errors() == []


def test_chosen_plan_is_sent_and_decides_the_number_of_users(
    start_locust: Start, open_page: OpenPage
) -> None:
    page = open_page(start_locust("-f", LOCUSTFILE))
    page.choose("plan", "heavy")
    page.fill("test_note", "a note")
    page.press_start()
    page.wait_for_state("running")
    page.wait_until(lambda: page.header().get("Users") == "4", "four users")
    [form] = page.sent_forms()
    sent = parse_qs(form, keep_blank_values=True)
    assert (sent["plan"], sent["test_note"], sent["user_count"]) == (["heavy"], ["a note"], ["0"])
    page.press("Stop")
    page.wait_for_state("stopped")
    assert page.requests()["state"] == "stopped"


def test_tables_show_what_locust_counted(start_locust: Start, open_page: OpenPage) -> None:
    page = open_page(start_locust("-f", LOCUSTFILE))
    page.press_start()
    page.wait_until(lambda: "hello" in page.statistics(), "the first row")
    page.press("Stop")
    page.wait_for_state("stopped")
    counted = {row["name"]: row["num_requests"] for row in page.requests()["stats"]}
    page.wait_until(
        lambda: page.statistics()["Aggregated"]["# Requests"] == str(counted["Aggregated"]),
        "the last numbers",
    )
    hello = page.statistics()["hello"]
    assert (hello["Type"], hello["Average (ms)"], hello["# Fails"]) == ("SIO", "5", "0")
    assert hello["# Requests"] == str(counted["hello"])
    page.open_tab("Failures")
    page.wait_until(lambda: page.table()[0].get("Method"), "the table of failures")
    [failure] = page.table()
    assert (failure["Name"], failure["Message"]) == ("no answer", "TimeoutError('nobody answered')")
    assert page.tabs()[:3] == ["Statistics", "Charts", "Failures"]


def test_form_starts_so_many_users_where_no_plan_decides(
    start_locust: Start, open_page: OpenPage
) -> None:
    page = open_page(start_locust("-f", LOCUSTFILE, "--no-shape"))
    page.fill("user_count", "3")
    page.fill("spawn_rate", "10")
    page.fill("run_time", "30s")
    page.press_start()
    page.wait_for_state("running")
    page.wait_until(lambda: page.header().get("Users") == "3", "three users")
    page.press("Stop")
    page.wait_for_state("stopped")
    page.press("New")
    page.wait_until(lambda: page.value("user_count") == "3", "the form again")
