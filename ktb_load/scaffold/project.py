"""Documents -> the files of a project, and onto the disk. Nothing that is there is overwritten
unasked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ktb_load.errors import AuthorError, Place, Problem
from ktb_load.scaffold.asyncapi import read_asyncapi
from ktb_load.scaffold.cursor import Library
from ktb_load.scaffold.flow import Task, tasks_of
from ktb_load.scaffold.links import link
from ktb_load.scaffold.locustfile import locustfile
from ktb_load.scaffold.model import Api
from ktb_load.scaffold.openapi import read_openapi
from ktb_load.scaffold.operation_names import name_operations
from ktb_load.scaffold.plan_file import load, smoke
from ktb_load.scaffold.postman import read_postman
from ktb_load.scaffold.project_names import names_for
from ktb_load.scaffold.properties import told_apart
from ktb_load.scaffold.session import find_session
from ktb_load.scaffold.socket_module import socket_module
from ktb_load.scaffold.user_module import user_module


@dataclass(frozen=True)
class Documents:
    """The files that somebody has; empty where there is none of a kind."""

    openapi: str = ""
    asyncapi: str = ""
    postman: str = ""


@dataclass(frozen=True)
class Project:
    """What was made of them."""

    files: Mapping[str, str]
    """Path below the project's folder -> text."""
    module: str
    """The locustfile's name."""
    tasks: list[Task]
    api: Api


def make(name: str, documents: Documents) -> Project:
    """The files of a project.

    Raises:
        AuthorError: with everything that is wrong with the documents.
    """
    names = names_for(name)
    api = _read(documents, Library())
    name_operations(api)
    _sign_in_to_sockets(api)
    session = find_session(api)
    link(api, session)
    for operation in api.operations:
        if operation not in session.steps:
            told_apart(operation)
    tasks = tasks_of(api, session)
    files = {f"locustfiles/{names.user_module}.py": user_module(api, session, names)}
    if api.sockets:
        files[f"locustfiles/{names.socket_module}.py"] = socket_module(api, session, names)
    files |= {
        f"locustfiles/{names.module}.py": locustfile(api, session, names, tasks),
        f"config/{names.system}/smoke.yaml": smoke(session, names, tasks),
        f"config/{names.system}/load.yaml": load(session, names, tasks),
    }
    return Project(files, names.module, tasks, api)


def _read(documents: Documents, library: Library) -> Api:
    """All documents as one back end. A kind that cannot be read does not hide what is wrong with
    the others.
    """
    readers = (
        (documents.openapi, read_openapi),
        (documents.postman, read_postman),
        (documents.asyncapi, read_asyncapi),
    )
    read: list[Api] = []
    for given, reader in readers:
        if given:
            try:
                read.append(reader(given, library))
            except AuthorError as error:
                library.faults |= dict.fromkeys(error.problems)
    library.raise_faults()
    first, *others = read
    for other in others:
        first.add(other)
    if not first.calls:
        what = "it describes nothing that can be called or sent"
        raise AuthorError([Problem(Place(" and ".join(first.documents)), what)])
    return first


def _sign_in_to_sockets(api: Api) -> None:
    """A socket that says nothing of it knows its caller as most calls do."""
    counted = Counter(one.security for one in api.operations if one.security)
    for socket in api.sockets:
        if counted and not socket.opening.security:
            socket.opening.security = counted.most_common(1)[0][0]


def write(project: Project, folder: Path, *, force: bool) -> None:
    """Write the files of a project.

    Raises:
        AuthorError: some are there already, or they cannot be written.
    """
    try:
        _write(project, folder, force=force)
    except OSError as error:
        place = Place(str(error.filename or folder))
        what = f"it cannot be written: {error.strerror or error}"
        raise AuthorError([Problem(place, what, "give another folder with --into")]) from None


def _write(project: Project, folder: Path, *, force: bool) -> None:
    if not force:
        there = [name for name in project.files if (folder / name).exists()]
        if there:
            instead = "choose another name, or write over it with --force"
            raise AuthorError(
                [Problem(Place(str(folder / one)), "it is there already", instead) for one in there]
            )
    for name, text in project.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
