"""``--single-file``: a script and its modules as one file.

Each module becomes a function that runs once and returns what it exports; modules that import each
other share one. Only the forms of ``import`` and ``export`` that our modules use are known: they
begin a line, and names are not renamed on the way out.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

_IMPORT = re.compile(
    r"""^import\s+(?:(?P<default>\w+)|\*\s+as\s+(?P<all>\w+)|\{(?P<names>[^}]*)\})"""
    r"""\s+from\s+["'](?P<where>[^"']+)["'];?[ \t]*\n""",
    re.MULTILINE,
)
_REEXPORT = re.compile(
    r"""^export\s+(?:\*|\{(?P<names>[^}]*)\})\s+from\s+["'](?P<where>[^"']+)["'];?[ \t]*\n""",
    re.MULTILINE,
)
_LIST = re.compile(r"^export\s+\{(?P<names>[^}]*)\};?[ \t]*\n", re.MULTILINE)
_EXPORT = re.compile(
    r"^export\s+(?=(?:async\s+)?(?:function|class|const)\s+(?P<name>[\w$]+))", re.MULTILINE
)


@dataclass
class Parsed:
    """One module, taken apart."""

    path: str
    body: str
    imports: list[tuple[str, str, str]] = field(default_factory=list)
    """(kind, names, module): ``default``, ``all`` or ``names``."""
    exports: list[str] = field(default_factory=list)
    passed_on: list[tuple[str, str]] = field(default_factory=list)
    """(names, module) of ``export ... from``; no names: all of them."""

    @property
    def needs(self) -> list[str]:
        return [w for _, _, w in self.imports] + [w for _, w in self.passed_on]


def bundle(script: str, files: Mapping[str, str]) -> str:
    """The text of one file that does what ``script`` (a name in ``files``) does with the others."""
    head, rest = _split_head(files[script])
    parsed: dict[str, Parsed] = {}
    pending = [script]
    while pending:
        path = pending.pop()
        if path not in parsed:
            text = rest if path == script else files[path]
            parsed[path] = _parse(path, text)
            pending += [needed for needed in parsed[path].needs if needed in files]
    natives: dict[str, str] = {}
    main = parsed.pop(script)
    parts = [_unit(group, natives) for group in _groups(parsed)]
    links = _links([main], natives)
    lines = "".join(f"{line}\n" for line in sorted(natives))
    return f"{head}{lines}\n{''.join(parts)}{links}{_IMPORT.sub('', rest)}"


def _split_head(text: str) -> tuple[str, str]:
    """The comment at the top, and what follows."""
    lines = text.splitlines(keepends=True)
    length = next(n for n, line in enumerate(lines) if not line.startswith("//"))
    return "".join(lines[:length]), "".join(lines[length:])


def _parse(path: str, text: str) -> Parsed:
    def at(where: str) -> str:
        if not where.startswith("."):
            return where
        return posixpath.normpath(posixpath.join(posixpath.dirname(path), where))

    found = Parsed(path, "")
    for match in _IMPORT.finditer(text):
        kind = next(k for k in ("default", "all", "names") if match[k] is not None)
        found.imports.append((kind, match[kind], at(match["where"])))
    for match in _REEXPORT.finditer(text):
        found.passed_on.append((match["names"] or "", at(match["where"])))
    text = _REEXPORT.sub("", _IMPORT.sub("", text))
    found.exports = [name for match in _LIST.finditer(text) for name in _names(match["names"])]
    text = _LIST.sub("", text)
    found.exports += [match["name"] for match in _EXPORT.finditer(text)]
    found.body = _EXPORT.sub("", text).strip()
    return found


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.replace("\n", " ").split(",") if name.strip()]


def _groups(parsed: Mapping[str, Parsed]) -> Iterator[list[Parsed]]:
    """Modules before those that import them; those that import each other together (Tarjan)."""
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    groups: list[list[Parsed]] = []

    def visit(path: str) -> None:
        number[path] = lowest[path] = len(number)
        stack.append(path)
        for needed in parsed[path].needs:
            if needed in parsed and needed not in number:
                visit(needed)
                lowest[path] = min(lowest[path], lowest[needed])
            elif needed in stack:
                lowest[path] = min(lowest[path], number[needed])
        if lowest[path] == number[path]:
            at = stack.index(path)
            groups.append([parsed[member] for member in _evaluated(stack[at:], parsed)])
            del stack[at:]

    for path in parsed:
        if path not in number:
            visit(path)
    yield from groups


def _evaluated(group: Sequence[str], parsed: Mapping[str, Parsed]) -> list[str]:
    """The order in which an engine runs modules that import each other: imported ones first."""
    done: list[str] = []
    seen: set[str] = set()

    def run(path: str) -> None:
        seen.add(path)
        for needed in parsed[path].needs:
            if needed in group and needed not in seen:
                run(needed)
        done.append(path)

    run(group[0])
    return done


def _unit(group: Sequence[Parsed], natives: dict[str, str]) -> str:
    names = [one.path for one in group]
    links = _links(group, natives)
    bodies = "\n\n".join(one.body for one in group if one.body)
    exports = [name for one in group for name in one.exports]
    passed = [_passed_on(text, where) for one in group for text, where in one.passed_on]
    result = ", ".join([*passed, *exports])
    title = ", ".join(names)
    variables = "\n".join(f"const {_variable(name)} = {_variable(names[0])};" for name in names[1:])
    head = f"// {title}\nconst {_variable(names[0])} = (() => {{\n"
    return f"{head}{links}{bodies}\nreturn {{ {result} }};\n}})();\n{variables}\n"


def _passed_on(names: str, where: str) -> str:
    if not names:
        return f"...{_variable(where)}"
    return ", ".join(f"{name}: {_variable(where)}.{name}" for name in _names(names))


def _links(group: Sequence[Parsed], natives: dict[str, str]) -> str:
    """What stands for the imports of modules that share a scope."""
    inside = [one.path for one in group]
    lines: dict[str, None] = {}
    named: dict[str, dict[str, None]] = {}
    for kind, text, where in (entry for one in group for entry in one.imports):
        if where in inside:
            continue
        source = _variable(where) if where.endswith(".js") else _native(where, kind, natives)
        if kind == "names":
            renamed = (name.replace(" as ", ": ") for name in _names(text))
            named.setdefault(source, {}).update(dict.fromkeys(renamed))
        else:
            lines[f"const {text} = {source};\n"] = None
    lines |= {
        f"const {{ {', '.join(names)} }} = {source};\n": None for source, names in named.items()
    }
    return "".join(lines)


def _native(where: str, kind: str, natives: dict[str, str]) -> str:
    """A module of k6 itself: imported once, at the top of the file."""
    name = _variable(where) + ("" if kind == "default" else "$all")
    form = name if kind == "default" else f"* as {name}"
    natives[f'import {form} from "{where}";'] = where
    return name


def _variable(path: str) -> str:
    return "$" + re.sub(r"\W", "_", path.removeprefix("lib/").removesuffix(".js"))
