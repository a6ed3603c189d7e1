"""/api/v1/notifications: listen, list, delete."""

from starlette.requests import Request
from starlette.responses import Response

from ktb_load.reference_server.rest import sse
from ktb_load.reference_server.rest.answers import Json
from ktb_load.reference_server.systems.meeting.answers import caller, failed, place
from ktb_load.reference_server.systems.meeting.world import World

CONNECTED = "connect"


async def subscribe(world: World, request: Request) -> Response:
    """With ``Last-Event-ID``, what came since and was not deleted comes first."""
    user = caller(world, request)
    stream = sse.Stream(request, str(user.id), world.faults)
    stream.send(sse.encode(CONNECTED, "connected", retry_ms=world.retry_ms))
    last = request.headers.get("last-event-id", "")
    if last.isascii() and last.isdigit():
        for one in world.notifications.of(user.id):
            if one.id > int(last):
                stream.send(one.event)
    hub = world.notifications.hub
    hub.join(stream, stream.user_id)
    return sse.EventStream(stream, world.keep_alive_s, hub.remove)


async def show_all(world: World, request: Request) -> Json:
    return Json([one.shape for one in world.notifications.of(caller(world, request).id)])


async def delete(world: World, request: Request) -> Response:
    user = caller(world, request)
    if not world.notifications.delete(user.id, place(request, "notificationId")):
        raise failed(404, "알림을 찾을 수 없습니다.")
    return Response(status_code=204)


async def delete_all(world: World, request: Request) -> Response:
    world.notifications.delete_all(caller(world, request).id)
    return Response(status_code=204)
