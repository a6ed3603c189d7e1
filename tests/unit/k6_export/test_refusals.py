"""What cannot be exported is refused before the run: all of it, with its place and a way round."""

import ast

import pytest

from k6_export import subset
from tests.unit.k6_export.compiling import HEAD, compile_text, problems_of

LINE = HEAD.count("\n") + 1
SYNTAX = {
    ast.AsyncFunctionDef: "async def f():\n    pass",
    ast.Await: "x = [await y]",
    ast.AsyncFor: "async for a in x:\n    pass",
    ast.AsyncWith: "async with x:\n    pass",
    ast.Yield: "yield x",
    ast.YieldFrom: "yield from x",
    ast.Global: "global LIMIT",
    ast.Match: "match x:\n    case 1:\n        pass",
    ast.TryStar: "try:\n    pass\nexcept* ValueError:\n    pass",
    ast.ClassDef: "class Inner:\n    pass",
}
NAMES = {
    "ktb_load.clients.sse": "from ktb_load.clients.sse import SseClient\nreturn SseClient",
    "open": "return open('f')",
    "type": "return type(x)",
    "random": "import random\nreturn random.random()",
    "os.environ": "import os\nreturn os.environ['A']",
    "os.getenv": "from os import getenv\nreturn getenv('A')",
    "time.sleep": "import time\ntime.sleep(1)",
    "urllib.parse.urlsplit": "from urllib.parse import urlsplit\nreturn urlsplit(x)",
    "urllib.request": "from urllib.request import urlopen\nreturn urlopen(x)",
}
OTHERS = [
    ("return x @ y", "the operator MatMult"),
    ("return x(**y)", "**keywords in a call"),
    ("def f(**k):\n    pass", "**keywords"),
    ("def f(a=[]):\n    pass", "a default argument that is not a constant"),
    ("return 1j", "the constant 1j"),
    ("return undefined_name", "the name 'undefined_name'"),
    ("return [a async for a in x]", "async for"),
]


def _as_imported(name):
    return NAMES.get(name, f"import {name}\nreturn {name}.anything")


@pytest.mark.parametrize("node", subset.REFUSED, ids=lambda node: node.__name__)
def test_syntax(tmp_path, node):
    what, instead = subset.REFUSED[node]
    problems = problems_of(tmp_path, SYNTAX[node])
    assert any(f"{what} cannot be exported; {instead}" in problem for problem in problems)


@pytest.mark.parametrize("name", subset.INSTEAD)
def test_names(tmp_path, name):
    problems = problems_of(tmp_path, _as_imported(name))
    assert any(problem.endswith(f"; {subset.INSTEAD[name]}") for problem in problems)


@pytest.mark.parametrize(("python", "what"), OTHERS)
def test_others(tmp_path, python, what):
    problems = problems_of(tmp_path, python)
    assert any(f"{what} cannot be exported; " in problem for problem in problems)


def test_place_is_file_line_and_column(tmp_path):
    (problem,) = problems_of(tmp_path, "y = 1\nreturn [x, 1j]")
    assert problem.startswith(f"users.py:{LINE + 1}:16: ")


def test_all_at_once_in_the_order_of_the_source(tmp_path):
    problems = problems_of(tmp_path, "yield 1\nglobal LIMIT\nreturn 1j + open('f')")
    places = [problem.split(": ")[0] for problem in problems]
    expected = [(LINE, 5), (LINE + 1, 5), (LINE + 2, 12), (LINE + 2, 17)]
    assert places == [f"users.py:{line}:{column}" for line, column in expected]


def test_what_nobody_reaches_is_not_refused(tmp_path):
    text = "def never():\n    yield 1\n\n\ndef program():\n    return 1\n"
    assert compile_text(tmp_path, text, ["program"])[2] == []
