"""Node packages, in a folder of their own inside the clone, beside copies of what runs on them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / ".tools" / "bench" / "node"
BINARY = shutil.which("node") or "node"
_SOURCES = Path(__file__).parent


def install() -> str:
    """Install the servers' packages; why not, or nothing."""
    for script in _SOURCES.rglob("*.mjs"):
        copy = FOLDER / script.relative_to(_SOURCES)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(script, copy)
    return install_in(FOLDER, _SOURCES / "servers" / "package.json")


def install_in(folder: Path, wanted: Path) -> str:
    """Install what a package.json pins, unless that is there; why not, or nothing."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        return "Node.js or npm is not installed"
    folder.mkdir(parents=True, exist_ok=True)
    if _same(folder / ".installed", wanted):
        return ""
    shutil.copy(wanted, folder / "package.json")
    command = [npm, "install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        return f"npm install failed: {done.stderr.strip()[-200:]}"
    shutil.copy(wanted, folder / ".installed")
    return ""


def _same(one: Path, other: Path) -> bool:
    return one.is_file() and one.read_bytes() == other.read_bytes()
