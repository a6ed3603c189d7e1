"""The JavaScript runtime of exported scripts gives the answers and the errors of Python.

Each line of a ``*.txt`` beside this file has a Python expression and, behind ``==>``, what the
compiler writes for it. CPython evaluates the one, k6 the other; the reprs, or the texts of the
exceptions, must be equal.
"""

import base64
import datetime
import hashlib
import json
import math
import subprocess
import sys
import time
import urllib.parse
import uuid
import warnings
from pathlib import Path
from typing import NamedTuple

import pytest

HERE = Path(__file__).parent
RUNTIME = HERE.parents[2] / "k6_export" / "runtime" / "python.js"
ARROW = " ==> "

SCRIPT = """\
import { py } from "%s";
%s
const CASES = [
%s
];

function answer(evaluate) {
  try {
    return py.repr(evaluate());
  } catch (error) {
    if (!(error instanceof py.e.BaseException)) return `${error}${error.stack}`;
    return `${py.type_name(error)}: ${py.str(error)}`;
  }
}

export default function () {
  for (const [name, evaluate] of CASES) console.log(JSON.stringify([name, answer(evaluate)]));
}
"""


class Case(NamedTuple):
    place: str
    python: str
    javascript: str


def cases() -> list[Case]:
    """Every line that is neither empty nor a comment."""
    return [
        Case(f"{path.name}:{number}", *line.split(ARROW))
        for path in sorted(HERE.glob("*.txt"))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if line and not line.startswith("#")
    ]


class Point:
    """The same class as in ``classes.js``."""

    def __init__(self, x, y=0):
        self.x = x
        self.y = y

    def __eq__(self, other):
        return isinstance(other, Point) and (self.x, self.y) == (other.x, other.y)

    def __hash__(self):
        return hash((self.x, self.y))

    def __lt__(self, other):
        return self.x < other.x

    def __add__(self, other):
        return Point(self.x + other.x, self.y + other.y)

    def __repr__(self):
        return f"Point({self.x!r}, {self.y!r})"

    def __len__(self):
        return self.x

    def __contains__(self, item):
        return item in (self.x, self.y)

    def __iter__(self):
        return iter((self.x, self.y))

    def __getitem__(self, index):
        return (self.x, self.y)[index]

    def moved(self, dx, dy=0):
        return Point(self.x + dx, self.y + dy)


class Refused(ValueError):
    """An exception class of the author's own."""

    def __init__(self, message, code=0):
        super().__init__(message)
        self.code = code


def attempt(function, *exceptions):
    """What the function returns, or the repr of the exception that it raises."""
    try:
        return function()
    except exceptions as error:
        return repr(error)


NAMES = {
    **{module.__name__: module for module in (base64, datetime, hashlib, json, math, time, uuid)},
    "urllib": urllib,
    "Point": Point,
    "Refused": Refused,
    "attempt": attempt,
}


def python_answer(expression: str) -> str:
    """The repr of the value, or type and text of the exception."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)  # of "a"["b"], whose error is a case
            return repr(eval(expression, dict(NAMES)))
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def k6_answers(k6: str, script: Path) -> dict[str, str]:
    """What the script prints, by the case's place."""
    command = [k6, "run", "--quiet", "--summary-mode=disabled", "--log-format=raw"]
    command += ["--address=", str(script)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert run.returncode == 0, run.stderr[-2000:]
    return dict(json.loads(line) for line in run.stderr.splitlines())


@pytest.mark.k6
@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="the texts are those of Python 3.11")
def test_the_runtime_answers_as_python_does(k6: str, tmp_path: Path) -> None:
    """One start of k6 for all cases; the report names every one that differs."""
    table = cases()
    assert len(table) > 250
    lines = (f"[{json.dumps(case.place)}, () => ({case.javascript})]," for case in table)
    script = tmp_path / "cases.js"
    classes = (HERE / "classes.js").read_text()
    script.write_text(SCRIPT % (RUNTIME.as_posix(), classes, "\n".join(lines)))
    answers = k6_answers(k6, script)
    differing = [
        f"{case.place}: {case.python}\n  python  {expected}\n  runtime {answers[case.place]}"
        for case in table
        if (expected := python_answer(case.python)) != answers[case.place]
    ]
    assert not differing, "\n".join([f"{len(differing)} of {len(table)} differ", *differing])
