"""Runs the functions of a Python file twice: by CPython, and compiled in one start of real k6.

Each file gets the runtime that an export of it would have, and no more of it.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from k6_export.link import Asked, linked
from k6_export.modules import CompiledModule
from k6_export.program import Program
from k6_export.refusals import Refusals
from k6_export.source import Sources

TIMEOUT_S = 120


def functions_of(path: Path) -> list[str]:
    """The programs of a file: its functions, in order."""
    return [name for name in _load(path) if not name.startswith("_")]


def python_says(path: Path) -> dict[str, str]:
    """Program -> ``repr`` of its result, or the exception."""
    return {name: _outcome(f) for name, f in _load(path).items() if not name.startswith("_")}


def k6_says(k6: str, paths: Sequence[Path], folder: Path) -> dict[Path, dict[str, str]]:
    """The same from k6, for several files at once."""
    lines = []
    for number, path in enumerate(paths):
        _write(path, folder, f"m{number}")
        names = ", ".join(f"{name} as m{number}_{name}" for name in functions_of(path))
        lines.append(f'import {{ {names} }} from "./m{number}/m.js";')
        lines.append(f'import {{ py as py{number} }} from "./m{number}/runtime.js";')
    lines.append(_ASK)
    lines.append("export default async function () {")
    for number, path in enumerate(paths):
        for name in functions_of(path):
            lines.append(
                f"  await ask(py{number}, {number}, {json.dumps(name)}, m{number}_{name});"
            )
    lines.append("}")
    script = folder / "main.js"
    script.write_text("\n".join(lines), encoding="utf-8")
    answers: dict[Path, dict[str, str]] = {path: {} for path in paths}
    for line in _run(k6, script):
        number, name, answer = json.loads(line)
        answers[paths[number]][name] = answer
    return answers


_ASK = """
async function ask(py, file, name, f) {
  let answer;
  try {
    answer = py.repr(await f());
  } catch (error) {
    if (!(error instanceof py.e.BaseException)) throw new Error(`${name}: ${error} ${error.stack}`);
    answer = `${error.constructor.name}: ${py.str(error)}`;
  }
  console.log("@@" + JSON.stringify([file, name, answer]));
}
"""


def _write(path: Path, folder: Path, name: str) -> None:
    """A file of programs as one JavaScript module, and its runtime."""
    module = compiled(path)
    asked = Asked([module.text, _ASK], module.of_runtime, module.program.keywords)
    text = "\n".join([*module.imports("./"), module.text])
    (folder / name).mkdir()
    (folder / name / "m.js").write_text(text, encoding="utf-8")
    (folder / name / "runtime.js").write_text(linked(asked), encoding="utf-8")


def compiled(path: Path) -> CompiledModule:
    """A file of programs, compiled."""
    sources = Sources(path)
    refusals = Refusals()
    program = Program(sources, functions_of(path))
    module = CompiledModule(program, sources.main, refusals)
    refusals.raise_all()
    return module


def _run(k6: str, script: Path) -> list[str]:
    command = [
        k6,
        "run",
        "--quiet",
        "--summary-mode=disabled",
        "--log-format=raw",
        "--address=",
        str(script),
    ]
    ended = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", timeout=TIMEOUT_S, check=False
    )
    output = (ended.stdout + ended.stderr).splitlines()
    answers = [line[2:] for line in output if line.startswith("@@")]
    assert ended.returncode == 0 and "level=error" not in ended.stderr, ended.stderr[-3000:]
    others = [line for line in output if line and not line.startswith("@@")]
    assert not others, "\n".join(others)[-3000:]
    return answers


def _outcome(function: Callable[[], Any]) -> str:
    try:
        return repr(function())
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def _load(path: Path) -> dict[str, Callable[[], Any]]:
    spec = importlib.util.spec_from_file_location(f"vectors_{path.stem}", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return {
        name: value
        for name, value in vars(module).items()
        if callable(value) and not isinstance(value, type) and value.__module__ == module.__name__
    }
