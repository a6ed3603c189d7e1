"""/api/files: upload, download, view, delete."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from ktb_load.reference_server.rest.answers import BadBody, Json
from ktb_load.reference_server.systems.ktb_chat.rest.callers import caller
from ktb_load.reference_server.systems.ktb_chat.rest.failures import failed
from ktb_load.reference_server.systems.ktb_chat.rest.uploads import read_upload
from ktb_load.reference_server.systems.ktb_chat.shapes import file_shape
from ktb_load.reference_server.systems.ktb_chat.storage.files import File
from ktb_load.reference_server.systems.ktb_chat.storage.people import Person
from ktb_load.reference_server.systems.ktb_chat.world import World

_LARGEST_FILE_MB = 50
_NO_FILE = "파일을 찾을 수 없습니다."
_NOT_ALLOWED = "파일에 접근할 권한이 없습니다."


async def upload(world: World, request: Request) -> Json:
    person = caller(world, request)
    came = await read_upload(request, "file", _LARGEST_FILE_MB)
    if came is None:
        raise failed(400, "파일이 선택되지 않았습니다.")
    if not came.type_agrees:
        raise BadBody("지원하지 않는 파일 형식입니다.")
    file = world.store.files.add(person.id, came)
    return Json({"success": True, "file": file_shape(file)} if world.shapes.deployed else {})


async def download(world: World, request: Request) -> Response:
    """For its owner alone."""
    person, file = caller(world, request), _named(world, request)
    if file.owner_id != person.id:
        raise failed(403, _NOT_ALLOWED)
    return _content(world, file, "attachment")


async def view(world: World, request: Request) -> Response:
    person, file = caller(world, request), _named(world, request)
    if not _may_see(world, file, person):
        raise failed(403, _NOT_ALLOWED)
    return _content(world, file, "inline")


async def remove(world: World, request: Request) -> Json:
    person = caller(world, request)
    file = world.store.files.get(request.path_params["id"])
    if file is None:
        raise failed(404, _NO_FILE)
    if file.owner_id != person.id:
        raise failed(403, _NOT_ALLOWED)
    world.store.files.remove(file)
    return Json({"success": True, "message": "파일이 삭제되었습니다."})


def _named(world: World, request: Request) -> File:
    file = world.store.files.by_name(request.path_params["filename"])
    if file is None:
        raise failed(404, _NO_FILE)
    return file


def _may_see(world: World, file: File, person: Person) -> bool:
    """Its owner; everyone, if it is a profile image; and those in a room where it was sent."""
    image = world.store.people.shown(file.owner_id).profile_image
    if file.owner_id == person.id or image.endswith(f"/{file.filename}"):
        return True
    rooms = world.store.messages.rooms_sharing(file.id)
    return any(world.store.rooms.has_member(room_id, person.id) for room_id in rooms)


def _content(world: World, file: File, disposition: str) -> Response:
    name = quote(file.originalname, safe="")
    headers = {"Content-Disposition": f"{disposition}; filename*=UTF-8''{name}"}
    return Response(world.store.files.content(file), 200, headers, file.mimetype)
