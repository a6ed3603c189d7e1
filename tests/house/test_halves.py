"""Every client that a task can make has a JavaScript half with the same names, or is refused with
a reason.
"""

import ast
import re
from pathlib import Path

import pytest

from k6_export import subset

ROOT = Path(__file__).parents[2]
RUNTIME = ROOT / "k6_export" / "runtime"
LISTENS = {"on_message", "on_end"}
"""What a client hears from the connection below: no task calls it."""


def classes_of(path):
    """The classes of a Python file that have no underscore, by name."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.name: node
        for node in tree.body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    }


def clients():
    """Module and class of everything that tasks connect with; a reference driver stands behind one
    of them.
    """
    for path in sorted((ROOT / "ktb_load" / "clients").glob("*.py")):
        if path.stem.startswith("reference_"):
            continue
        for name, node in classes_of(path).items():
            methods = [m for m in node.body if isinstance(m, ast.FunctionDef)]
            parameters = [[a.arg for a in m.args.args] for m in methods if m.name == "connect"]
            if parameters and "listener" not in parameters[0]:
                yield f"ktb_load.clients.{path.stem}", name


CLIENTS = list(clients())
HALVED = [(module, name) for module, name in CLIENTS if module in subset.RUNTIME]


def names_of(module, name):
    """Public methods, properties and fields of a class."""
    node = classes_of(ROOT / f"{module.replace('.', '/')}.py")[name]
    for member in node.body:
        if isinstance(member, ast.FunctionDef) and not member.name.startswith("_"):
            yield member.name
        elif isinstance(member, ast.AnnAssign) and isinstance(member.target, ast.Name):
            yield member.target.id


def half_of(module):
    """The text of a module's JavaScript half, with what it derives from."""
    text = (RUNTIME / f"{subset.RUNTIME[module]}.js").read_text(encoding="utf-8")
    bases = re.findall(r"^export class \w+ extends (\w+)", text, re.MULTILINE)
    for where in re.findall(rf"import \{{ (?:{'|'.join(bases) or '-'}) \}} from \"(.+)\"", text):
        text += (RUNTIME / where).read_text(encoding="utf-8")
    return text


def test_these_are_the_clients_of_tasks():
    assert {name for _, name in CLIENTS} == {
        "MessageSocket",
        "SocketIOClient",
        "SseClient",
        "StompClient",
    }


@pytest.mark.parametrize(("module", "name"), CLIENTS)
def test_client_has_a_half_or_a_reason(module, name):
    assert (module in subset.RUNTIME) != (module in subset.INSTEAD), name


@pytest.mark.parametrize(("module", "name"), HALVED)
def test_half_has_the_same_names(module, name):
    text = half_of(module)
    options = name.removesuffix("Client") + "Options"
    assert f"export class {name} " in text
    assert f"export class {options} " in text
    for wanted in {*names_of(module, name)} - LISTENS:
        assert re.search(rf"^  (static )?(async )?(get )?{wanted}\(", text, re.MULTILINE), wanted
    for wanted in names_of(module, options):
        assert f'"{wanted}"' in text, wanted
