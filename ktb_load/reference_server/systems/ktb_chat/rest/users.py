"""/api/users: the caller's own profile and account."""

from starlette.requests import Request

from ktb_load.reference_server.ids import iso, now_ms
from ktb_load.reference_server.rest.answers import Json, json_object
from ktb_load.reference_server.systems.ktb_chat.rest.auth import name_problems
from ktb_load.reference_server.systems.ktb_chat.rest.callers import caller
from ktb_load.reference_server.systems.ktb_chat.rest.failures import failed, invalid
from ktb_load.reference_server.systems.ktb_chat.rest.uploads import read_upload
from ktb_load.reference_server.systems.ktb_chat.shapes import person_shape
from ktb_load.reference_server.systems.ktb_chat.world import World

_LARGEST_IMAGE_MB = 5


async def status(world: World, request: Request) -> Json:
    now = iso(now_ms())
    return Json({"success": True, "message": "User API is running", "timestamp": now})


async def profile(world: World, request: Request) -> Json:
    return Json({"success": True, "user": person_shape(caller(world, request))})


async def rename(world: World, request: Request) -> Json:
    person = caller(world, request)
    body = await json_object(request)
    if problems := name_problems(body.get("name")):
        raise invalid(problems)
    world.store.people.rename(person.id, body["name"].strip())
    renamed = person_shape(world.store.people.shown(person.id))
    return Json({"success": True, "message": "프로필이 업데이트되었습니다.", "user": renamed})


async def set_image(world: World, request: Request) -> Json:
    person = caller(world, request)
    upload = await read_upload(request, "profileImage", _LARGEST_IMAGE_MB)
    if upload is None:
        raise failed(400, "이미지가 제공되지 않았습니다.")
    if not upload.is_image:
        raise failed(400, "지원하지 않는 파일 형식입니다.")
    url = f"/api/files/view/{world.store.files.add(person.id, upload).filename}"
    world.store.people.set_image(person.id, url)
    message = "프로필 이미지가 업데이트되었습니다."
    return Json({"success": True, "message": message, "imageUrl": url})


async def remove_image(world: World, request: Request) -> Json:
    world.store.people.set_image(caller(world, request).id, "")
    return Json({"success": True, "message": "프로필 이미지가 삭제되었습니다."})


async def remove_account(world: World, request: Request) -> Json:
    person, message = caller(world, request), "회원 탈퇴가 완료되었습니다."
    world.sessions.end(person.id)
    world.store.people.remove(person.id)
    world.presence.end_session(person.id, "account_deleted", message)
    return Json({"success": True, "message": message})
