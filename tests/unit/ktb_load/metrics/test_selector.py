import pytest

from ktb_load.metrics.selector import Selector, SelectorError, parse_selector, selector_name


@pytest.mark.parametrize(
    ("text", "metric", "tags"),
    [
        pytest.param("m", "m", (), id="a metric"),
        pytest.param("m{a:b}", "m", (("a", "b"),), id="a tag"),
        pytest.param("m{b:2,a:1}", "m", (("a", "1"), ("b", "2")), id="tags, sorted"),
        pytest.param("m{ a : b , c:d }", "m", (("a", "b"), ("c", "d")), id="outer spaces go"),
        pytest.param("m{a:\"b\",'c':d}", "m", (("a", "b"), ("c", "d")), id="quotes go"),
        pytest.param("m{a:' b '}", "m", (("a", " b "),), id="spaces in quotes stay"),
        pytest.param("m{url:http://h/p}", "m", (("url", "http://h/p"),), id="a URL"),
        pytest.param("m{group:::a::b}", "m", (("group", "::a::b"),), id="a path of groups"),
        pytest.param("m{a:b,a:c}", "m", (("a", "c"),), id="the last of one key"),
        pytest.param("m{a:{x}}", "m", (("a", "{x}"),), id="braces in a value"),
    ],
)
def test_selector_is_read_as_k6_reads_it(text, metric, tags):
    assert parse_selector(text) == Selector(metric, tags)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("m{a:b", 'metric "m{a:b" has unmatched opening/close curly brace', id="open"),
        pytest.param("m}", 'metric "m}" has unmatched opening/close curly brace', id="close"),
        pytest.param("m}a{", 'metric "m}a{" has unmatched opening/close curly brace', id="turned"),
        pytest.param(
            "m{a:b}x", 'metric "m{a:b}x" lacks a closing curly brace in its last position', id="on"
        ),
        pytest.param("m{}", 'metric "" tag expression is malformed', id="no tag"),
        pytest.param("m{a}", 'metric "a" tag expression is malformed', id="no value"),
        pytest.param("m{a:}", 'metric "a:" tag expression is malformed', id="an empty value"),
        pytest.param("m{:b}", 'metric ":b" tag expression is malformed', id="an empty key"),
        pytest.param("m{a:b,}", 'metric "" tag expression is malformed', id="a comma too many"),
    ],
)
def test_mistake_is_named_in_the_words_of_k6(text, message):
    with pytest.raises(SelectorError) as caught:
        parse_selector(text)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("selector", "tags", "matches"),
    [
        pytest.param("m", (), True, id="no tags ask for nothing"),
        pytest.param("m{a:1}", (("a", "1"), ("b", "2")), True, id="other tags do not matter"),
        pytest.param("m{a:1,b:2}", (("a", "1"), ("b", "2")), True, id="all are there"),
        pytest.param("m{a:1,b:2}", (("a", "1"),), False, id="one is not there"),
        pytest.param("m{a:1}", (("a", "2"),), False, id="another value"),
        pytest.param("m{group:::a}", (("group", "::a::b"),), False, id="an inner group is not it"),
    ],
)
def test_sample_matches_if_it_has_every_tag(selector, tags, matches):
    assert parse_selector(selector).matches(tags) is matches


@pytest.mark.parametrize(
    ("text", "name"),
    [("m", "m"), ("m{a:b}", "m{a:b}"), ("m{ b:'x', a:c }", "m{b:'x', a:c}")],
)
def test_name_loses_the_spaces_at_its_braces_only(text, name):
    assert selector_name(text) == name


def test_name_of_a_malformed_selector_is_an_error():
    with pytest.raises(SelectorError):
        selector_name("m{a")
