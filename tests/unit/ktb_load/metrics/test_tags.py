import pytest

from ktb_load.metrics.tags import NO_TAGS, tag_set, with_tags


def test_tags_are_sorted_whatever_the_order_of_the_mapping():
    assert tag_set({"b": "1", "a": "2"}) == (("a", "2"), ("b", "1"))


def test_equal_mappings_give_the_same_object():
    assert tag_set({"x": "1", "y": "2"}) is tag_set({"y": "2", "x": "1"})


def test_no_mapping_gives_no_tags():
    assert tag_set({}) == NO_TAGS


@pytest.mark.parametrize(
    ("tags", "extra", "expected"),
    [
        pytest.param({}, {}, {}, id="nothing and nothing"),
        pytest.param({"a": "1"}, {}, {"a": "1"}, id="nothing to add"),
        pytest.param({}, {"a": "1"}, {"a": "1"}, id="nothing to add to"),
        pytest.param({"b": "1"}, {"a": "2"}, {"a": "2", "b": "1"}, id="both, sorted"),
        pytest.param({"a": "1", "b": "1"}, {"a": "2"}, {"a": "2", "b": "1"}, id="the extra wins"),
    ],
)
def test_extra_tags_join_the_others(tags, extra, expected):
    assert with_tags(tag_set(tags), extra) is tag_set(expected)
