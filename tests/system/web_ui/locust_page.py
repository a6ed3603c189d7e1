"""Locust's web page as a person uses it: fill the form, choose the plan, start, watch, stop.

The selectors were read from the page that Locust 2.47 serves (a React application whose ids mean
nothing): form fields by their name, buttons by their words, the header by its labels, tables by
their headings. The page asks for news every two seconds, so what it shows is late by as much.
"""

import json
import re
import time
from collections.abc import Callable
from typing import Any, Self, cast
from urllib.request import urlopen

from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select, WebDriverWait

SHOWS_WITHIN_S = 15.0

# The page may redraw between two questions of ours, so each table is read in one.
READ_TABLE = """
const texts = (row) => [...row.cells].map((cell) => cell.innerText.replace(/\\s+/g, " ").trim());
const table = document.querySelector("table");
if (!table) return [];
const headings = texts(table.tHead.rows[0]);
return [...table.tBodies[0].rows].map((row) =>
    Object.fromEntries(texts(row).map((text, column) => [headings[column], text])));
"""
READ_HEADER = """
const labels = [...document.querySelectorAll("header p")];
return Object.fromEntries(labels.filter((label) => label.nextElementSibling).map(
    (label) => [label.innerText.trim(), label.nextElementSibling.innerText.trim()]));
"""
SECTION_OF_FIELD = "ancestor::div[.//button[@aria-expanded]][1]//button[@aria-expanded]"


class LocustPage:
    """One browser on one Locust site."""

    def __init__(self, browser: WebDriver, origin: str) -> None:
        self.browser = browser
        self.origin = origin

    def open(self) -> Self:
        """Load the page, and wait until it has drawn itself."""
        self.browser.get(self.origin)
        self.wait_until(lambda: "Status" in self.header(), "the page shows its header")
        return self

    # The form

    def fill(self, name: str, text: str) -> None:
        """Type into a field: ``user_count``, ``spawn_rate``, ``host``, ``run_time``, an option."""
        field = self._field(name)
        field.send_keys(Keys.CONTROL, "a")  # clear() leaves a number field at its old value
        field.send_keys(text)

    def value(self, name: str) -> str:
        """What a field of the form holds now."""
        return self._field(name).get_attribute("value") or ""

    def is_editable(self, name: str) -> bool:
        """Users and spawn rate are greyed out while a shape decides on them."""
        return self._field(name).is_enabled()

    def choices(self, name: str) -> list[str]:
        """What a selectable argument offers."""
        return [option.text for option in Select(self._field(name)).options]

    def choose(self, name: str, choice: str) -> None:
        """Select one of an argument's choices under *Custom parameters*."""
        Select(self._field(name)).select_by_visible_text(choice)

    def press_start(self) -> None:
        """Send the form."""
        self.browser.find_element(By.CSS_SELECTOR, "button[type=submit]").click()

    def press(self, words: str) -> None:
        """Press a button by what it says, in any case: Stop, New, Reset."""
        self._button(words).click()

    # What the page shows

    def header(self) -> dict[str, str]:
        """Labels and values at the top: Host, Status, Users (while running), RPS, Failures."""
        shown: dict[str, str] = self.browser.execute_script(READ_HEADER)
        return shown

    def state(self) -> str:
        """Ready, spawning, running, stopped, in lower case."""
        return self.header().get("Status", "").lower()

    def wait_for_state(self, state: str, within_s: float = SHOWS_WITHIN_S) -> None:
        """Return when the page shows the state."""
        self.wait_until(lambda: self.state() == state, f"the page shows {state}", within_s)

    def open_tab(self, title: str) -> None:
        """Open a tab by its title: Statistics, Charts, Failures, Exceptions, Logs, or our own."""
        self._button(title, "button[role=tab]").click()

    def tabs(self) -> list[str]:
        """The titles of the tabs, as they were written."""
        found = self.browser.find_elements(By.CSS_SELECTOR, "button[role=tab]")
        return [str(tab.get_property("textContent")) for tab in found]

    def table(self) -> list[dict[str, str]]:
        """The rows of the table of the open tab, by heading: ``# Requests``, ``Name``, ..."""
        rows: list[dict[str, str]] = self.browser.execute_script(READ_TABLE)
        return rows

    def statistics(self) -> dict[str, dict[str, str]]:
        """The statistics table by the names of its rows; the last one is ``Aggregated``."""
        return {row["Name"]: row for row in self.table()}

    def wait_until(
        self, holds: Callable[[], object], what: str, within_s: float = SHOWS_WITHIN_S
    ) -> None:
        """Return when the condition holds; fail with what was waited for."""
        WebDriverWait(self.browser, within_s, 0.1).until(lambda _: holds(), f"not seen: {what}")

    # Behind the page

    def requests(self) -> dict[str, Any]:
        """Locust's own numbers, unrounded: ``state``, ``user_count``, ``stats``, ``errors``."""
        with urlopen(f"{self.origin}/stats/requests", timeout=SHOWS_WITHIN_S) as response:
            answer: dict[str, Any] = json.load(response)
        return answer

    def sent_forms(self) -> list[str]:
        """The bodies that the page posted to /swarm since this was last asked."""
        entries = self._log("performance")
        messages = [json.loads(entry["message"])["message"] for entry in entries]
        sent = [
            message["params"]["request"]
            for message in messages
            if message["method"] == "Network.requestWillBeSent"
        ]
        return [request["postData"] for request in sent if request["url"].endswith("/swarm")]

    def console_errors(self) -> list[str]:
        """What the page's scripts complained about since this was last asked."""
        entries = self._log("browser")
        return [entry["message"] for entry in entries if entry["level"] == "SEVERE"]

    def _log(self, kind: str) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = cast(Any, self.browser).get_log(kind)
        return entries

    def _field(self, name: str) -> WebElement:
        """A field of the form; the section around it is unfolded first."""
        field = self.browser.find_element(By.NAME, camel_case(name))
        if not field.is_displayed():
            field.find_element(By.XPATH, SECTION_OF_FIELD).click()
            self.wait_until(lambda: field.is_displayed() and self._rests(field), f"field {name}")
        return field

    def _rests(self, field: WebElement) -> bool:
        """Whether the page has stopped moving: a section unfolds slowly, and clicks would miss."""
        before = field.rect
        time.sleep(0.1)
        return bool(field.rect == before)

    def _button(self, words: str, selector: str = "button") -> WebElement:
        found: list[WebElement] = []

        def is_there() -> bool:
            buttons = self.browser.find_elements(By.CSS_SELECTOR, selector)
            found[:] = [one for one in buttons if one.text.strip().lower() == words.lower()]
            return bool(found)

        self.wait_until(is_there, f"a button that says {words}")
        return found[0]


def camel_case(name: str) -> str:
    """The page's name of a field whose Python name is given: ``spawn_rate`` is ``spawnRate``."""
    return re.sub(r"_([a-z0-9])", lambda found: found[1].upper(), name)
