"""Files that people have, and what is wrong with them."""

import pytest

from ktb_load.errors import AuthorError
from ktb_load.scaffold.reading import ASYNCAPI, OPENAPI, POSTMAN, read_source


@pytest.fixture
def read(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def build(text, kind=OPENAPI, name="api.yaml"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return read_source(name, kind)

    return build


def refusal(read, text, kind, name):
    with pytest.raises(AuthorError) as caught:
        read(text, kind, name)
    return str(caught.value)


def test_yaml_and_json_are_read_and_both_know_their_lines(read):
    for text in (
        "openapi: 3.0.0\npaths:\n  /a: {}\n",
        '{\n"openapi": "3.0.0", "paths": {\n"/a":{}}}',
    ):
        source = read(text)
        assert source.values["paths"] == {"/a": {}}
        assert str(source.place(("paths", "/a"))) == "api.yaml:3, paths./a"


def test_json_may_have_tabs_and_a_byte_order_mark_and_halves_of_characters(read):
    source = read('\ufeff{\n\t"openapi": "3.0.0",\n\t"x": "\\ud83d\\ude00"\n}')
    assert source.values["x"] == "😀"
    assert source.place(("x",)).line == 3


def test_a_post_gives_the_document_between_its_fences_with_the_lines_of_the_post(read):
    before = "---\ntitle: x\n---\n\n```ts\nconst a = 1;\n```\n\n"
    source = read(f"{before}```yaml\nopenapi: 3.0.0\npaths: {{}}\n```\n")
    assert source.values == {"openapi": "3.0.0", "paths": {}}
    assert source.place(("paths",)).line == 11


def test_a_collection_is_found_in_a_post_that_shows_other_json_too(read):
    schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
    other, collection = '{"a": 1}', f'{{"info": {{"schema": "{schema}"}}}}'
    post = f"```json\n{other}\n```\n```json\n{collection}\n```\n"
    assert read(post, POSTMAN).values["info"]["schema"] == schema


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        (
            '{"openapi": "3.0.0",}',
            OPENAPI,
            "api.json:1:21: not valid JSON: Expecting property name enclosed in double quotes;"
            " check commas, quotes and brackets",
        ),
        (
            '{"openapi": "3.0.0",\n"info": {}, "info": {}}',
            OPENAPI,
            "api.yaml:2, info: the key stands twice",
        ),
        (
            "openapi: 3.0.0\n a: b\n",
            OPENAPI,
            "api.yaml:2: not valid YAML: mapping values are not allowed here;"
            " check indentation and quotes there",
        ),
        (
            "# Our API\n\nGET /rooms\n",
            OPENAPI,
            "api.yaml: an OpenAPI document is a mapping; begin with `openapi: 3.1.0`, or save what"
            " your server shows at /v3/api-docs, /openapi.json or the like",
        ),
        (
            "- asyncapi: 2.0.0\n",
            ASYNCAPI,
            "api.yaml: an AsyncAPI document is a mapping; begin with `asyncapi: 3.0.0`",
        ),
        (
            '["openapi"]',
            POSTMAN,
            "api.yaml: a Postman collection is a JSON object; export it from Postman as"
            " Collection v2.1",
        ),
        (
            "```yaml\nopenapi: 3.0.0\n```\n```yaml\nopenapi: 3.1.0\n```\n",
            OPENAPI,
            "api.yaml: it holds several such documents, at lines 1, 4; cut out the one that is"
            " meant",
        ),
        (
            f'{{"openapi": "3.0.0",\n"x": {"1" * 5001}}}',
            OPENAPI,
            "api.json:2: an integer of more than 4,000 digits is not read;"
            " put it into quotes, as a text",
        ),
        ('{"openapi":' * 100_000, OPENAPI, "api.json: it is nested too deeply"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_what_cannot_be_read(read, text, kind, expected):
    assert refusal(read, text, kind, expected.partition(":")[0]) == expected


def test_a_url_is_refused_with_what_to_do():
    with pytest.raises(AuthorError, match=r"save it: curl -o FILE http://host/v3/api-docs$"):
        read_source("http://host/v3/api-docs", OPENAPI)


def test_a_missing_file_is_refused_with_its_reason():
    with pytest.raises(AuthorError, match=r"^no\.json: the OpenAPI document cannot be read: No"):
        read_source("no.json", OPENAPI)
