import pytest

from ktb_load.outputs.collation import collation_key, metric_key


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(["a", "A", "b", "B"], id="lower case first, but letters before case"),
        pytest.param(["_x", "-x", "1x", "x"], id="signs, digits, letters"),
        pytest.param(["a", "a b", "a_b", "a-b", "ab"], id="signs count as well"),
        pytest.param(["e", "E", "é", "É", "f"], id="accents decide before case"),
        pytest.param(["re", "ré", "rf"], id="letters before accents"),
        pytest.param(["z", "가", "나"], id="Hangul by its letters"),
        pytest.param(["item", "item 1", "item 10", "item 2"], id="digits one by one"),
    ],
)
def test_names_stand_in_the_order_of_javascript(names):
    assert sorted(reversed(names), key=collation_key) == names


def test_submetrics_stand_behind_their_metric():
    names = ["http_req", "http_req{a:b}", "http_req{b:a}", "http_req_duration", "http_reqs"]
    assert sorted(reversed(names), key=metric_key) == names
