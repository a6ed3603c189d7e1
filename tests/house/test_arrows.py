"""Who may import whom (see CONTRIBUTING, "The house"). Read from the sources, nothing is
imported.
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GROUND = {"errors", "quantities", "clock", "pem", "fast_json"}

ARROWS = {
    "errors": set(),
    "quantities": set(),
    "clock": set(),
    "wire": {*GROUND, "__version__"},
    "metrics": GROUND,
    "plan": {*GROUND, "metrics"},
    "clients": {*GROUND, "wire", "metrics", "__version__"},
    "vocabulary": {*GROUND, "metrics"},
    "executors": {*GROUND, "plan", "metrics"},
    "outputs": {*GROUND, "plan", "metrics"},
    "locust_host": {*GROUND, "plan", "metrics", "clients", "vocabulary", "executors", "outputs"},
    "chat": {*GROUND, "metrics", "vocabulary", "clients", "locust_host"},
    "systems": {*GROUND, "chat", "metrics", "vocabulary", "clients", "locust_host", "__version__"},
    "scaffold": {*GROUND, "plan"},
    "reference_server": GROUND | {"__version__"},
}
ALONE_MAY_IMPORT_LOCUST = "locust_host"


def sources():
    for folder in ("ktb_load", "k6_export"):
        yield from sorted((ROOT / folder).rglob("*.py"))


def imported(path):
    """Every module that a file imports, with its line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "ktb_load":
                yield from ((f"ktb_load.{alias.name}", node.lineno) for alias in node.names)
            else:
                yield node.module, node.lineno


def test_imports_follow_the_arrows():
    wrong = []
    for path in sources():
        parts = path.relative_to(ROOT).with_suffix("").parts
        room = parts[1] if parts[0] == "ktb_load" and len(parts) > 1 else None
        if room not in ARROWS:
            continue
        for module, line in imported(path):
            top, _, rest = module.partition(".")
            target = rest.partition(".")[0]
            if top == "ktb_load" and target != room and target not in ARROWS[room]:
                wrong.append(f"{'/'.join(parts)}:{line} imports {module}")
    assert wrong == []


def test_only_the_host_imports_locust():
    wrong = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in sources()
        for module, line in imported(path)
        if module.partition(".")[0] == "locust"
        and ALONE_MAY_IMPORT_LOCUST not in path.parts
        and path.name != "cli.py"
    ]
    assert wrong == []


def test_orjson_may_be_missing():
    wrong = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in sources()
        for module, line in imported(path)
        if module == "orjson" and path.name != "fast_json.py"
    ]
    assert wrong == [], "import ktb_load.fast_json"


@pytest.mark.parametrize("path", list(sources()), ids=lambda path: str(path.relative_to(ROOT)))
def test_files_are_short_and_say_what_they_own(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 600
    assert ast.get_docstring(ast.parse(text)), "a module begins with what it owns"


def test_functions_are_short():
    long = []
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                lines = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
                if lines > 60:
                    long.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name} {lines}")
    assert long == []


def test_nothing_committed_names_a_registry_or_a_machine_path():
    # Put together here, so that this file does not name them itself.
    hosts = [
        "pypi" + ".org",
        "registry." + "npmjs",
        "proxy.golang" + ".org",
        "pythonhosted" + ".org",
    ]
    paths = ["/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/"]
    wrong = []
    for path in ROOT.rglob("*"):
        relative = path.relative_to(ROOT)
        if not path.is_file() or relative.parts[0] in {".git", ".venv", ".tools"}:
            continue
        if {"node_modules", "__pycache__"} & set(relative.parts) or (
            relative.parts[0].startswith(".")
            and (relative.parts[0].endswith("_cache") or relative.parts[0] == ".hypothesis")
        ):
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        wrong += [f"{relative}: {word}" for word in (*hosts, *paths) if word in text]
    assert wrong == []
