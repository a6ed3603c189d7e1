"""``ktb-load new``: arguments -> a project on the disk, and what to do with it next."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from ktb_load.errors import AuthorError, Place, Problem
from ktb_load.scaffold.project import Documents, Project, make, write


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", help="what files, classes and the folder of plans are called")
    parser.add_argument(
        "--openapi",
        default="",
        metavar="FILE",
        help="OpenAPI 3, JSON or YAML; a post that holds it; text copied from Swagger UI",
    )
    parser.add_argument(
        "--asyncapi", default="", metavar="FILE", help="AsyncAPI 2 or 3: Socket.IO or WebSocket"
    )
    parser.add_argument(
        "--postman", default="", metavar="FILE", help="a Postman collection v2.1; a post, too"
    )
    parser.add_argument(
        "--into", default=".", metavar="DIR", help="the folder of the project; default: this one"
    )
    parser.add_argument("--force", action="store_true", help="write over files that are there")
    parser.set_defaults(command=run)


def run(arguments: argparse.Namespace, _rest: Sequence[str] = ()) -> int:
    """Write a project; the exit code.

    Raises:
        AuthorError: the documents are wrong, or files are there already.
    """
    documents = Documents(arguments.openapi, arguments.asyncapi, arguments.postman)
    if not any((documents.openapi, documents.asyncapi, documents.postman)):
        what = "there is nothing to begin from"
        instead = "give --openapi, --asyncapi or --postman, or several of them"
        raise AuthorError([Problem(Place("ktb-load new"), what, instead)])
    project = make(arguments.name, documents)
    folder = Path(arguments.into)
    write(project, folder, force=arguments.force)
    sys.stdout.writelines(f"{line}\n" for line in _told(project, folder))
    return 0


def _told(project: Project, folder: Path) -> Iterator[str]:
    for name in project.files:
        yield f"wrote {folder / name}"
    for note in project.api.notes:
        yield f"note: {note}"
    left_out = dict.fromkeys(
        f"{step.operation.name}()" for task in project.tasks for step in task.steps if step.missing
    )
    if left_out:
        yield (
            "note: left out of the tasks, since no document says where their arguments come from: "
            + ", ".join(left_out)
        )
    where = "" if folder == Path() else f"cd {folder}; "
    yield f"try it: {where}locust -f locustfiles/{project.module}.py --plan smoke --headless"
