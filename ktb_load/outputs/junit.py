"""``junit=FILE.xml``: thresholds and checks as test cases, for the test views of CI servers (ours).

    testsuites
      testsuite thresholds    a test case per threshold; a failure names its value and its limit
        property generator    whether it was within its limits
      testsuite checks        a test case per check; it failed if one of its results did

Only elements and attributes that Jenkins, GitLab and GitHub's readers all know. The file is made
before the run, so that an unwritable one is found then, and filled at the end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from xml.etree import ElementTree

from ktb_load.metrics.checks import SEPARATOR, Check
from ktb_load.metrics.overload import Overload
from ktb_load.metrics.threshold import Threshold, Verdict, Verdicts
from ktb_load.outputs.generator_words import line
from ktb_load.outputs.output import CannotOpen, Once, OutputContext
from ktb_load.outputs.spelling import js_number, rfc3339

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def open_junit(argument: str, context: OutputContext) -> JUnit:
    """Raises CannotOpen without a name, OSError for a file that cannot be made."""
    if not argument:
        raise CannotOpen("junit needs a file to write to", "write junit=report.xml")
    return JUnit(context, Path(argument).open("wb"))


@dataclass(frozen=True)
class Case:
    """One test case; ``failure`` is empty if it passed."""

    suite: str
    name: str
    failure: str = ""


class JUnit:
    """Writes one report at the end."""

    def __init__(self, context: OutputContext, out: BinaryIO) -> None:
        self._context, self._complain = context, Once(context.complain)
        self._out: BinaryIO | None = out
        self._overload = Overload(context.store)
        self._began, self._began_epoch = context.clock.now(), context.clock.epoch()

    def flush(self) -> None:
        """Nothing to do before the end."""

    def close(self) -> None:
        """Write the report."""
        out, self._out = self._out, None
        if out is None:
            return
        context, duration_s = self._context, self._context.clock.now() - self._began
        judge = context.verdicts or (lambda: context.thresholds.evaluate(context.store, duration_s))
        suites = {
            "thresholds": threshold_cases(judge()),
            "checks": [check_case(check) for check in context.store.checks.root.every_check()],
        }
        began = rfc3339(int(self._began_epoch)).removesuffix("Z")
        text = report(suites, duration_s, began, self._generator())
        try:
            with out:
                out.write(text)
        except OSError as error:
            self._complain(f"the JUnit report is not complete, writing failed: {error}")

    def _generator(self) -> str:
        past = self._overload.excesses()
        if past is None:
            return ""
        return line(past) if past else "within its limits"


def threshold_cases(verdicts: Verdicts) -> list[Case]:
    """A case for every threshold, in the author's order."""
    return [
        Case(f"thresholds.{_no_dots(selector)}", f"{selector}: {threshold.source.strip()}", failure)
        for selector, results in verdicts.by_selector.items()
        for threshold, verdict in results
        for failure in [_crossed(selector, threshold, verdict)]
    ]


def _crossed(selector: str, threshold: Threshold, verdict: Verdict) -> str:
    if verdict.ok:
        return ""
    value = "nothing" if verdict.value is None else js_number(verdict.value)
    limit = f"{threshold.operator} {js_number(threshold.value)}"
    return f"{threshold.stat} of {selector} is {value}, the limit is {limit}"


def check_case(check: Check) -> Case:
    """A case for one check in its group."""
    group = check.path.removesuffix(f"{SEPARATOR}{check.name}").removeprefix(SEPARATOR)
    suite = ".".join(["checks", *map(_no_dots, filter(None, group.split(SEPARATOR)))])
    total = check.passes + check.fails
    return Case(suite, check.name, f"failed {check.fails} of {total} times" if check.fails else "")


def _no_dots(name: str) -> str:
    """Readers take the dots of a class name for folders."""
    return name.replace(".", "_")


def report(
    suites: dict[str, list[Case]], duration_s: float, began: str, generator: str = ""
) -> bytes:
    """The XML document. ``generator``: what is known of it; readers want it in a suite."""
    failures = sum(bool(case.failure) for cases in suites.values() for case in cases)
    tests = sum(map(len, suites.values()))
    root = ElementTree.Element("testsuites", _counts("ktb-load", tests, failures, duration_s))
    for name, cases in suites.items():
        failed = sum(bool(case.failure) for case in cases)
        counts = _counts(name, len(cases), failed, duration_s)
        suite = ElementTree.SubElement(
            root, "testsuite", {**counts, "skipped": "0", "timestamp": began}
        )
        for case in cases:
            about = {"classname": _clean(case.suite), "name": _clean(case.name), "time": "0"}
            element = ElementTree.SubElement(suite, "testcase", about)
            if case.failure:
                message = {"message": _clean(case.failure), "type": name}
                ElementTree.SubElement(element, "failure", message).text = _clean(case.failure)
    if generator:
        properties = ElementTree.Element("properties")
        ElementTree.SubElement(properties, "property", name="generator", value=_clean(generator))
        root[0].insert(0, properties)
    ElementTree.indent(root)
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _counts(name: str, tests: int, failures: int, duration_s: float) -> dict[str, str]:
    counts = {"tests": str(tests), "failures": str(failures), "errors": "0"}
    return {"name": name, **counts, "time": f"{duration_s:.3f}"}


def _clean(text: str) -> str:
    """XML has no way to write some characters."""
    return _NOT_XML.sub("\ufffd", text)
