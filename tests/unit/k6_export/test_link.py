"""Which pieces of the runtime come along with an export."""

import re

import pytest

from k6_export.link import Asked, linked
from k6_export.pieces import RUNTIME, runtime_module

MODULES = sorted(path.relative_to(RUNTIME).as_posix() for path in RUNTIME.rglob("*.js"))


def runtime_for(*texts, names=None, keywords=()):
    return linked(Asked(texts, names or {}, keywords))


def declared(text):
    return set(re.findall(r"^(?:async )?(?:function\*?|class|const|let) (\w+)", text, re.MULTILINE))


def test_what_nobody_reaches_stays_behind():
    text = runtime_for("py.add(1, 2)")
    assert "add_numbers" in declared(text)
    assert declared(text).isdisjoint({"WebSocket", "SocketIOClient", "sorted", "quote", "zip"})


def test_everything_stands_once_and_before_its_use():
    text = runtime_for("py.b.sorted(xs)")
    names = re.findall(r"^(?:function|class|const) (\w+)", text, re.MULTILINE)
    assert len(names) == len(set(names))
    assert text.index("class BaseException") < text.index("class KtbLoadError")


def test_builtins_come_one_by_one():
    text = runtime_for("py.b.len(x)")
    assert "\n  len,\n" in text
    assert "\n  zip,\n" not in text


@pytest.mark.parametrize("text", ["py.m.zfill(x)", 'py.attr(x, "zfill")'])
def test_a_method_comes_when_it_is_called_or_named(text):
    assert "\n  zfill,\n" in runtime_for(text)
    assert "\n  swapcase,\n" not in runtime_for(text)


def test_every_method_comes_where_only_the_run_knows_the_name():
    assert "\n  swapcase,\n" in runtime_for("py.b.getattr(x, name)")
    assert "\n  swapcase,\n" in runtime_for("py.b.map(py.b.getattr, xs, names)")
    assert "\n  swapcase,\n" not in runtime_for('py.b.getattr(x, "title")')


def test_exceptions_come_with_their_bases():
    text = runtime_for("py.e.ZeroDivisionError")
    assert "class ArithmeticError extends Exception" in text
    assert "DeprecationWarning" not in text


def test_a_module_of_the_library_comes_function_by_function():
    text = runtime_for('py.lib["math.floor"](x)')
    assert '"math.floor"' in text
    assert '"math.ceil"' not in text
    assert "k6/crypto" not in text


def test_the_modules_of_k6_that_are_needed_are_imported_once():
    text = runtime_for(names={"socketio.js": ["SocketIOClient"]})
    assert text.count('from "k6/execution"') == 1
    assert 'import { WebSocket as K6WebSocket } from "k6/websockets";' in text


def test_it_is_the_same_each_time():
    wanted = {"stomp.js": {"StompClient"}, "http.js": {"HttpClient"}}
    assert runtime_for("py.m.join(a)", names=wanted) == runtime_for("py.m.join(a)", names=wanted)


def test_names_at_the_top_of_the_runtime_differ():
    owners = {}
    for path in MODULES:
        module = runtime_module(path)
        for name in (name for piece in module.pieces for name in piece.names):
            owners.setdefault(name, set()).add(path)
        for name, (where, what) in module.imports.items():
            if not where.endswith(".js"):
                owners.setdefault(name, set()).add((where, what))
            elif where not in ("python.js", "python/all.js"):
                assert name == what, f"{path} gives {what} another name"
    assert {name: found for name, found in owners.items() if len(found) > 1} == {}


@pytest.mark.parametrize("path", MODULES)
def test_taking_a_module_apart_loses_nothing(path):
    """Every line of code is in a piece, an import or an export."""
    kept = "".join(piece.text for piece in runtime_module(path).pieces)
    text = (RUNTIME / path).read_text(encoding="utf-8")
    text = re.sub(r"^(?:import|export [*{])[^;]*;\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"^/\*\*[^/]*?(?:[^*]/[^/]*?)*\*/\n|^//.*\n", "", text, flags=re.MULTILINE)
    code = [line.removeprefix("export ") for line in text.splitlines() if line]
    assert code == [line for line in kept.splitlines() if line]


@pytest.mark.parametrize("path", MODULES)
def test_tables_are_the_sum_of_their_entries(path):
    for piece in runtime_module(path).pieces:
        if piece.is_table:
            inside = piece.text.removeprefix(piece.head).removesuffix("};\n")
            assert sorted([*piece.entries.values(), *piece.spreads.values()]) == sorted(
                re.split(r"^(?=  [^\s/*}\])])", inside, flags=re.MULTILINE)[1:]
            )
