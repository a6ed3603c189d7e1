"""Whatever a document holds: either what is wrong is said, or the code that comes out compiles and
can be exported.
"""

import ast
import copy
import json
import shutil
import tempfile
from pathlib import Path

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from k6_export.export import compile_all
from ktb_load.errors import AuthorError
from ktb_load.scaffold.project import Documents, make, write

DOCUMENTS = Path(__file__).parents[3] / "documents"


def _collection():
    post = (DOCUMENTS / "soapft-chat.post.md").read_text(encoding="utf-8")
    return json.loads(post[post.rindex("```json\n") + 8 : post.rindex("```")])


WHOLE = [
    *(("openapi", name) for name in ("shop.openapi.yaml", "login-notify.openapi.yaml")),
    *(("asyncapi", name) for name in ("ktb-chat.asyncapi.yaml", "login-notify.asyncapi.yaml")),
]
LOADED = [
    *(
        (kind, yaml.safe_load((DOCUMENTS / name).read_text(encoding="utf-8")))
        for kind, name in WHOLE
    ),
    ("postman", _collection()),
]

AWKWARD = [
    *(None, True, 0, -1, 1.5, 10**30, float("inf"), "", "x", "한국어", "\n", "\u2028", "\ud83d"),
    *("a\"b'c", '"""', "\\", "{", "}", "{x}", "{{x}}", "f'{x}'", "%", "#", "?q=1", "//", "/{a}"),
    *("class", "self", "body", "get", "id", "json", "data", "import os", "0"),
    *([], {}, [[]], [{}], [None], {"": ""}, {"type": ["null"]}, {"enum": []}, {"a": {"b": [1]}}),
    *({"$ref": "#"}, {"$ref": "#/nowhere"}, {"$ref": "no.json"}, {"$ref": "\0"}, {"$ref": 3}),
]  # fmt: skip


def _places(value, path=()):
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, one in inner:
        yield (*path, key)
        if isinstance(one, dict | list):
            yield from _places(one, (*path, key))


@st.composite
def documents(draw):
    """A whole document in which a few values are something else, elsewhere, or gone."""
    kind, whole = draw(st.sampled_from(LOADED))
    document = copy.deepcopy(whole)
    for _ in range(draw(st.integers(1, 4))):
        *above, key = draw(st.sampled_from(list(_places(document))))
        holder = document
        for step in above:
            holder = holder[step]
        match draw(st.sampled_from(["other", "other", "renamed", "gone"])):
            case "other":
                holder[key] = copy.deepcopy(draw(st.sampled_from(AWKWARD)))
            case "renamed" if isinstance(holder, dict):
                names = [one for one in AWKWARD if isinstance(one, str)]
                holder[draw(st.sampled_from(names))] = holder.pop(key)
            case _:
                holder.pop(key)
        if not document:
            break
    return kind, json.dumps(document, default=str)


@given(documents())
@settings(max_examples=150, deadline=None)
def test_a_document_is_refused_or_gives_code_that_compiles(document):
    kind, text = document
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(DOCUMENTS / "shop.paths.yaml", folder)
        path = Path(folder) / "document.json"
        path.write_text(text, encoding="utf-8")
        try:
            project = make("shop", Documents(**{kind: str(path)}))
        except AuthorError as error:
            assert error.problems
            return
        for name, written in project.files.items():
            if name.endswith(".py"):
                ast.parse(written.encode("utf-8"))
            else:
                assert yaml.safe_load(written)["scenarios"] is not None
        write(project, Path(folder), force=True)
        compile_all(Path(folder) / "locustfiles" / "shop.py")
