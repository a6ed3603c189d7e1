from xml.etree import ElementTree

import pytest

from ktb_load.outputs.junit import Case, open_junit, report

COUNTS = {"name", "tests", "failures", "errors", "time"}
SHAPE = {
    "testsuites": (COUNTS, {"testsuite"}),
    "testsuite": ({*COUNTS, "skipped", "timestamp"}, {"properties", "testcase"}),
    "properties": (set(), {"property"}),
    "property": ({"name", "value"}, set()),
    "testcase": ({"classname", "name", "time"}, {"failure"}),
    "failure": ({"message", "type"}, set()),
}
"""The attributes of each element, and what may stand in it: what jenkins-junit.xsd and the readers
of GitLab and GitHub have in common."""


def check_shape(element):
    attributes, children = SHAPE[element.tag]
    assert set(element.attrib) == attributes
    assert {child.tag for child in element} <= children
    for name in ("tests", "failures", "errors", "skipped"):
        assert int(element.attrib.get(name, 0)) >= 0
    assert float(element.attrib.get("time", 0)) >= 0
    cases = list(element.iter("testcase"))
    if "tests" in attributes:
        assert int(element.attrib["tests"]) == len(cases)
        failed = [case for case in cases if case.find("failure") is not None]
        assert int(element.attrib["failures"]) == len(failed)
    for child in element:
        check_shape(child)


@pytest.fixture
def written(context, tmp_path, clock):
    """Let something happen, and give the report, checked for its shape."""

    def write(happen=lambda: None, thresholds=None, **more):
        path = tmp_path / "report.xml"
        output = open_junit(str(path), context(thresholds=thresholds, **more))
        happen()
        output.flush()
        clock.passed_s = 2.0
        output.close()
        output.close()
        root = ElementTree.parse(path).getroot()
        check_shape(root)
        return root

    return write


def outcomes(root, suite):
    return {
        (case.get("classname"), case.get("name")): case.find("failure").get("message")
        if case.find("failure") is not None
        else None
        for case in root.findall(f"testsuite[@name='{suite}']/testcase")
    }


def test_threshold_is_a_case_and_its_failure_names_value_and_limit(store, written):
    thresholds = {
        "ws_ping{name:a.b}": [" p(95)<500", "avg<1000"],
        "http_reqs": ["rate>5", "count==2"],
        "checks": ["rate>0.9"],
        "vus": ["value>0"],
    }

    def happen():
        store.series("ws_ping", (("name", "a.b"),)).add(612.25)
        store.series("http_reqs", ()).add(2)

    assert outcomes(written(happen, thresholds), "thresholds") == {
        ("thresholds.ws_ping{name:a_b}", "ws_ping{name:a.b}: p(95)<500"): (
            "p(95) of ws_ping{name:a.b} is 612.25, the limit is < 500"
        ),
        ("thresholds.ws_ping{name:a_b}", "ws_ping{name:a.b}: avg<1000"): None,
        ("thresholds.http_reqs", "http_reqs: rate>5"): "rate of http_reqs is 1, the limit is > 5",
        ("thresholds.http_reqs", "http_reqs: count==2"): None,
        ("thresholds.checks", "checks: rate>0.9"): None,
        ("thresholds.vus", "vus: value>0"): "value of vus is 0, the limit is > 0",
    }


def test_verdict_of_the_run_is_taken_where_there_is_one(context, store, written):
    other = context(thresholds={"vus": ["value>5"]}).thresholds
    store.series("vus", ()).add(9)
    root = written(verdicts=lambda: other.evaluate(store, 1.0), thresholds={"vus": ["value>99"]})
    assert outcomes(root, "thresholds") == {("thresholds.vus", "vus: value>5"): None}


def test_check_is_a_case_that_failed_if_one_result_did(store, written):
    def happen():
        store.check("", "up", True, ())
        store.check("::log in::v1.2", "status is 200", True, ())
        store.check("::log in::v1.2", "status is 200", False, ())

    assert outcomes(written(happen), "checks") == {
        ("checks", "up"): None,
        ("checks.log in.v1_2", "status is 200"): "failed 1 of 2 times",
    }


def test_run_without_either_has_two_empty_suites(written):
    root = written()
    assert root.attrib == {
        "name": "ktb-load",
        "tests": "0",
        "failures": "0",
        "errors": "0",
        "time": "2.000",
    }
    assert [suite.get("timestamp") for suite in root] == ["1970-01-01T00:16:40"] * 2


def test_characters_that_xml_cannot_carry_are_replaced():
    text = report({"s": [Case("s", "a\x00\x1b\ud800<&>\"'😀값", "x\x07")]}, 1.0, "")
    (case,) = ElementTree.fromstring(text).iter("testcase")
    assert case.get("name") == "a\ufffd\ufffd\ufffd<&>\"'😀값"
    assert case.find("failure").get("message") == "x\ufffd"


def test_full_disk_is_complained_of_once(context, said):
    class FullDisk:
        def __enter__(self):
            return self

        def __exit__(self, *_):
            raise OSError("No space left on device")

        def write(self, _):
            pass

    output = open_junit("/dev/null", context())
    output._out.close()
    output._out = FullDisk()
    output.close()
    output.close()
    assert said == ["the JUnit report is not complete, writing failed: No space left on device"]


@pytest.mark.parametrize(
    ("lag", "value"),
    [
        ([], None),
        ([1.0], "within its limits"),
        ([83.0], "the GENERATOR was the limit, not the system: latencies are overstated"),
    ],
)
def test_property_says_whether_the_generator_was_the_limit(store, written, lag, value):
    def happen():
        for ms in lag:
            store.series("generator_lag", ()).add(ms)

    found = {p.get("name"): p.get("value") for p in written(happen).iter("property")}
    assert [text.partition(": its")[0] for text in found.values()] == ([value] if value else [])
    assert set(found) <= {"generator"}
