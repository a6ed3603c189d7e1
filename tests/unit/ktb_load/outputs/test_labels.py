from ktb_load.metrics.tags import tag_set
from ktb_load.outputs.labels import labels_of


def test_empty_tags_are_left_out():
    assert labels_of(tag_set({"b": "1", "a": ""})) == (("b", "1"),)


def test_names_are_spelt_anew_and_sorted():
    assert labels_of(tag_set({"a": "1", "b": "2"}), {"a": "z", "b": "y"}.__getitem__) == (
        ("y", "2"),
        ("z", "1"),
    )


def test_half_a_surrogate_pair_is_replaced():
    assert labels_of((("a", "x\ud800"),)) == (("a", "x?"),)
