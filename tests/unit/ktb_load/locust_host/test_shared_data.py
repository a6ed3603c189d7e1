import json

import pytest

from ktb_load.locust_host.shared_data import freeze


def test_data_is_what_json_makes_of_it():
    assert freeze({"a": [1, 2.5, None, True, "방"], "b": {}}) == {
        "a": [1, 2.5, None, True, "방"],
        "b": {},
    }
    assert freeze((1, 2)) == [1, 2]
    assert freeze(None) is None


def test_frozen_data_goes_into_json_again():
    assert json.dumps(freeze({"a": [1]})) == '{"a": [1]}'


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.update(x=1),
        lambda data: data.pop("a"),
        lambda data: data["a"].append(1),
        lambda data: data["a"].sort(),
        lambda data: data.__setitem__("x", 1),
        lambda data: data["a"].__setitem__(0, 1),
        lambda data: data["a"].__iadd__([1]),
    ],
)
def test_nobody_can_change_it(change):
    with pytest.raises(TypeError, match="shared by all VUs"):
        change(freeze({"a": [3, 1]}))


def test_what_json_has_not_is_refused():
    with pytest.raises(TypeError):
        freeze({"a": lambda: None})
