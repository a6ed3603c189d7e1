"""Compiles snippets for tests."""

from k6_export.modules import CompiledModule
from k6_export.program import Program
from k6_export.refusals import Refusals
from k6_export.source import Sources

HEAD = """\
import math

LIMIT = 5


def helper(a, b=2, c=3):
    return a


class Thing:
    def __init__(self, a):
        self.a = a


def program(x, y):
"""


def compile_text(folder, text, roots):
    """A module's text -> (program, JavaScript, problems)."""
    path = folder / "users.py"
    path.write_text(text, encoding="utf-8")
    sources = Sources(path)
    program = Program(sources, roots)
    refusals = Refusals()
    module = CompiledModule(program, sources.main, refusals)
    return program, module.text, refusals.problems


def body_of(folder, python):
    """What the statements of a function become, without comments and the function around them."""
    lines = "".join(f"    {line}\n" for line in python.split("\n"))
    _, text, problems = compile_text(folder, HEAD + lines, ["program"])
    assert problems == []
    inside = text.split("export function program(x, y) {")[1].split("\n")[1:]
    body = inside[: inside.index("}")]
    return "\n".join(line[2:].split(" // ")[0] for line in body)


def problems_of(folder, python):
    """Why the statements of a function cannot be exported."""
    lines = "".join(f"    {line}\n" for line in python.split("\n"))
    return [str(problem) for problem in compile_text(folder, HEAD + lines, ["program"])[2]]
