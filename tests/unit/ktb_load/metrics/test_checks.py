import pytest

from ktb_load.metrics.checks import CheckTree, Group, path_id


def _tree(*results):
    tree = CheckTree()
    for group, name, passed in results:
        tree.at(group, name).add(passed)
    return tree


def test_ids_are_those_of_k6():
    assert path_id("") == "d41d8cd98f00b204e9800998ecf8427e"
    assert path_id("::outer::inner") != path_id("::outer")


def test_results_are_counted_where_they_were_taken():
    tree = _tree(
        ("", "ok", True), ("", "ok", False), ("", "ok", True), ("::outer::inner", "ok", False)
    )
    assert [(c.path, c.passes, c.fails) for c in tree.root.every_check()] == [
        ("::ok", 2, 1),
        ("::outer::inner::ok", 0, 1),
    ]


def test_groups_and_checks_stand_in_order_of_first_appearance():
    tree = _tree(("::b", "z", True), ("::a", "y", True), ("::b", "x", True), ("::b", "z", True))
    assert list(tree.root.groups) == ["b", "a"]
    assert list(tree.root.at("::b").checks) == ["z", "x"]


def test_data_have_the_shape_of_k6():
    assert _tree(("::g", "ok", True)).root.to_dict() == {
        "name": "",
        "path": "",
        "id": path_id(""),
        "checks": [],
        "groups": [
            {
                "name": "g",
                "path": "::g",
                "id": path_id("::g"),
                "groups": [],
                "checks": [
                    {
                        "name": "ok",
                        "path": "::g::ok",
                        "id": path_id("::g::ok"),
                        "passes": 1,
                        "fails": 0,
                    }
                ],
            }
        ],
    }


def test_checks_of_one_name_are_shown_as_one():
    tree = _tree(
        ("::a", "same", True), ("", "other", True), ("::b", "same", False), ("", "same", True)
    )
    assert [(c.name, c.passes, c.fails) for c in tree.by_name()] == [
        ("same", 2, 1),
        ("other", 1, 0),
    ]


def test_adding_by_name_leaves_the_tree_as_it_is():
    tree = _tree(("::a", "same", True), ("::b", "same", True))
    tree.by_name()
    assert [check.passes for check in tree.root.every_check()] == [1, 1]
    assert [check.passes for check in tree.by_name()] == [2]


def test_a_group_is_made_once():
    root = Group()
    assert root.at("::a::b") is root.group("a").group("b")
    assert root.at("") is root


def test_name_with_the_separator_is_refused_in_the_words_of_k6():
    with pytest.raises(ValueError, match="group and check names may not contain '::'"):
        CheckTree().at("", "a::b")
