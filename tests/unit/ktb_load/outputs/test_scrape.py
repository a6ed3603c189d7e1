import pytest

pytest.importorskip("prometheus_client")

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.parser import text_string_to_metric_families

from ktb_load.metrics.tags import tag_set
from ktb_load.outputs.prometheus_series import Tracker, read_stats
from ktb_load.outputs.scrape import DEFAULT_STATS, Page, label_name


@pytest.fixture
def page(store, clock):
    """Reads the page."""
    registry = CollectorRegistry()
    registry.register(Page(Tracker(store, clock.epoch, label_name), read_stats(DEFAULT_STATS)))

    def read():
        text = generate_latest(registry).decode()
        return {family.name: family for family in text_string_to_metric_families(text)}

    return read


def test_official_parser_reads_every_kind(store, page):
    store.series("http_reqs", tag_set({"a-b": 'say "값"\n\\'})).add(2)
    store.series("http_reqs", ()).add(3)
    store.series("vus", ()).add(4)
    store.series("checks", ()).add(1)
    store.series("ws_ping", tag_set({"half": "\ud800"})).add(1500)
    families = page()
    counted = families["k6_http_reqs"]
    assert counted.type == "counter"
    assert [(s.name, s.labels, s.value) for s in counted.samples] == [
        ("k6_http_reqs_total", {"a_b": 'say "값"\n\\'}, 2),
        ("k6_http_reqs_total", {}, 3),
    ]
    assert (families["k6_vus"].type, families["k6_vus"].samples[0].value) == ("gauge", 4)
    assert families["k6_checks_rate"].samples[0].value == 1
    assert families["k6_ws_ping_p95"].samples[0].value == 1.5
    assert len(families) == 3 + len(DEFAULT_STATS.split(","))
    assert counted.documentation == "HTTP round trips, each redirect hop included"


def test_page_is_empty_before_the_first_sample(page):
    assert page() == {}


@pytest.mark.parametrize(
    ("tag", "label"), [("a", "a"), ("a-b.c", "a_b_c"), ("1x", "_1x"), ("키", "_"), ("", "")]
)
def test_label_has_a_name_that_prometheus_allows(tag, label):
    assert label_name(tag) == label
