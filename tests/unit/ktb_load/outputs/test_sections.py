import pytest

from ktb_load.metrics.chat import CHAT
from ktb_load.metrics.generator import GENERATOR
from ktb_load.outputs.sections import ORDER, section_of


@pytest.mark.parametrize(
    ("name", "compact", "full"),
    [
        ("mine", "CUSTOM", "CUSTOM"),
        ("http_req_duration", "HTTP", "HTTP"),
        ("http_req_duration{name:x}", "HTTP", "HTTP"),
        ("http_req_waiting", None, "HTTP"),
        ("http_req_blocked{a:b}", None, "HTTP"),
        ("vus_max", "EXECUTION", "EXECUTION"),
        ("data_sent", "NETWORK", "NETWORK"),
        ("browser_web_vital_lcp", "WEB_VITALS", "WEB_VITALS"),
        ("browser_data_sent", "BROWSER", "BROWSER"),
        ("ws_ping", "WEBSOCKET", "WEBSOCKET"),
        ("grpc_req_duration", "GRPC", "GRPC"),
        ("checks", None, None),
        ("checks{a:b}", None, None),
        ("group_duration", None, None),
        ("chat_delivery{room:x}", "CHAT", "CHAT"),
        ("chat_of_mine", "CUSTOM", "CUSTOM"),
        ("generator_lag{worker:2@here}", "GENERATOR", "GENERATOR"),
        ("generator_of_mine", "CUSTOM", "CUSTOM"),
        ("vus_of_mine", "EXECUTION", "EXECUTION"),
    ],
)
def test_metric_stands_in_its_section(name, compact, full):
    assert section_of(name, phases=False) == compact
    assert section_of(name, phases=True) == full


def test_every_metric_of_ours_stands_in_its_section():
    assert {section_of(name, phases=False) for name in CHAT} == {"CHAT"}
    assert {section_of(name, phases=False) for name in GENERATOR} == {"GENERATOR"}


def test_every_section_has_a_place():
    assert len(set(ORDER)) == 10
