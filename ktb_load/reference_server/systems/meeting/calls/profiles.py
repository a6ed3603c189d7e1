"""/api/v1/profiles and /api/v1/users/me: what a user tells of itself."""

from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from ktb_load.reference_server.rest.answers import Json, text
from ktb_load.reference_server.rest.uploads import Upload
from ktb_load.reference_server.systems.meeting.answers import caller, failed
from ktb_load.reference_server.systems.meeting.forms import read_fields
from ktb_load.reference_server.systems.meeting.people import GENDERS, Profile
from ktb_load.reference_server.systems.meeting.world import World

_IMAGE = "profileImage"


async def show(world: World, request: Request) -> Json:
    return Json(caller(world, request).shape)


async def create(world: World, request: Request) -> Json:
    user = caller(world, request)
    fields, upload = await read_fields(request, _IMAGE)
    if user.profile is not None:
        raise failed(409, "이미 프로필이 존재합니다.")
    user.profile = _profile(world, fields, upload, "")
    return Json(user.profile.shape, 201)


async def change(world: World, request: Request) -> Json:
    """The image stays unless another comes."""
    user = caller(world, request)
    fields, upload = await read_fields(request, _IMAGE)
    user.profile = _profile(world, fields, upload, user.image_url)
    return Json({"message": "회원 정보가 수정되었습니다"})


def _profile(world: World, fields: dict[str, Any], upload: Upload | None, image: str) -> Profile:
    """
    Raises:
        Refused: 400, the first thing that is wrong.
    """
    gender, birth = fields.get("gender"), fields.get("birth")
    if not gender:
        raise failed(400, "성별을 입력해주세요.")
    if gender not in GENDERS:
        possible = ", ".join(GENDERS)
        raise failed(400, f"잘못된 Gender 값입니다: '{gender}'. 가능한 값: [{possible}]")
    if not birth:
        raise failed(400, "생년월일을 입력해주세요.")
    try:
        born = date.fromisoformat(str(birth))
    except ValueError:
        raise failed(400, "잘못된 요청 형식입니다.") from None
    if born > date.today():
        raise failed(400, "생년월일은 미래일 수 없습니다.")
    if upload is not None:
        if not upload.is_image:
            raise failed(400, "지원하지 않는 이미지 형식입니다.")
        image = world.keep_image(upload)
    more = text(fields.get("introduction")), text(fields.get("mbti"))
    return Profile(str(gender), born.isoformat(), *more, image)


async def image(world: World, request: Request) -> Response:
    upload = world.images.get(request.path_params["name"])
    if upload is None:
        raise failed(404, "이미지를 찾을 수 없습니다.")
    return Response(upload.content, media_type=upload.mimetype)
