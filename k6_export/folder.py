"""A written export: its files, and the manifest that says what they were made of."""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from ktb_load.errors import AuthorError, Place, Problem

MANIFEST = "export.json"


@dataclass(frozen=True)
class Made:
    """What an export was made of; paths are as they were given."""

    locustfile: str
    plans: Sequence[str]
    single_file: bool = False
    beside: Sequence[str] = ()
    """What else was written: ``operator``, ``compose``."""


@dataclass(frozen=True)
class Manifest:
    """What stands in ``export.json``."""

    made: Made
    files: Mapping[str, str]
    """File -> SHA-256 of its text."""

    def as_text(self) -> str:
        said = {**asdict(self.made), "files": dict(self.files)}
        return json.dumps(said, indent=2, ensure_ascii=False) + "\n"


def manifest_of(made: Made, files: Mapping[str, str]) -> Manifest:
    return Manifest(made, {name: _digest(text) for name, text in sorted(files.items())})


def write(folder: Path, manifest: Manifest, files: Mapping[str, str]) -> None:
    """Write an export, and take away the files of an older one that it no longer has."""
    for name in _older_files(folder):
        if name not in files:
            (folder / name).unlink(missing_ok=True)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / MANIFEST).write_text(manifest.as_text(), encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """
    Raises:
        AuthorError: nothing was exported there.
    """
    path = folder / MANIFEST
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        files = said.pop("files")
        return Manifest(Made(**said), files)
    except (OSError, ValueError, KeyError, TypeError) as error:
        instead = f"write one with `ktb-load export LOCUSTFILE --out {folder}`"
        problem = Problem(Place(str(path)), f"there is no export here ({error})", instead)
        raise AuthorError([problem]) from None


def differences(folder: Path, files: Mapping[str, str]) -> Iterator[str]:
    """How the files in a folder differ from what they should be, as a unified diff."""
    for name, text in sorted(files.items()):
        path = folder / name
        there = path.read_text(encoding="utf-8") if path.is_file() else ""
        if there != text:
            old, new = there.splitlines(keepends=True), text.splitlines(keepends=True)
            yield from difflib.unified_diff(old, new, str(path), f"{path} (from the sources)", n=2)
    for name in _older_files(folder):
        if name not in files and (folder / name).is_file():
            yield f"{folder / name}: no longer part of the export\n"


def _older_files(folder: Path) -> list[str]:
    try:
        return list(json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"])
    except (OSError, ValueError, KeyError):
        return []


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
