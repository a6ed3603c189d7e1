import pytest

from ktb_load.errors import AuthorError
from ktb_load.plan.sources import SOURCES, from_command_line, from_environment


def test_variables_become_one_layer_whose_places_name_them():
    (layer,) = from_environment(
        {
            "K6_VUS": "3",
            "K6_STAGES": "1s:2,2s:0",
            "K6_TAGS": "a:1,b:2",
            "K6_NO_SETUP": "true",
            "X": "",
        }
    )
    assert layer.values == {
        "vus": 3,
        "stages": [{"duration": "1s", "target": 2}, {"duration": "2s", "target": 0}],
        "tags": {"a": "1", "b": "2"},
        "noSetup": True,
    }
    assert str(layer.place(("stages", 1, "target"))) == (
        "environment variable K6_STAGES, [1].target"
    )


def test_flags_become_one_layer():
    (layer,) = from_command_line({"k6_rps": "5", "k6_noTeardown": True, "k6_tags": "a=1"})
    assert layer.values == {"rps": 5, "noTeardown": True, "tags": {"a": "1"}}
    assert str(layer.place(("rps",))) == "command line --rps"


def test_nothing_given_is_no_layer():
    assert from_environment({}) == []
    assert from_command_line({"k6_rps": None, "k6_noSetup": False}) == []


def test_all_values_that_cannot_be_read_are_said_at_once():
    with pytest.raises(AuthorError) as refused:
        from_environment({"K6_VUS": "many", "K6_NO_SETUP": "maybe", "K6_STAGES": "5"})
    assert str(refused.value).splitlines() == [
        "environment variable K6_VUS: 'many' is not a whole number",
        "environment variable K6_STAGES: '5' is not a stage, write for example 30s:10",
        "environment variable K6_NO_SETUP: 'maybe' is not true or false",
    ]


def test_every_option_is_in_one_row():
    keys = [source.key for source in SOURCES]
    assert len(keys) == len(set(keys))
