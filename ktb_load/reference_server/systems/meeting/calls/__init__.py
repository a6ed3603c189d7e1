"""The REST calls of the meeting system: one module for each table of its document."""

from ktb_load.reference_server.rest.routes import Call
from ktb_load.reference_server.systems.meeting.calls import (
    chatrooms,
    meetings,
    notifications,
    oauth,
    participations,
    profiles,
    users,
)
from ktb_load.reference_server.systems.meeting.world import World

_ROOM = "/api/v1/chatrooms/{roomId}"
_MEETING = "/api/v1/meetings/{meetingId}"
CALLS: dict[str, Call[World]] = {
    "POST /api/v1/users/signup": users.sign_up,
    "POST /api/v1/users/signup/verify": users.verify,
    "POST /api/v1/users/login": users.log_in,
    "DELETE /api/v1/users/logout": users.log_out,
    "DELETE /api/v1/users": users.remove,
    "POST /api/v1/users/password/change/link-send": users.send_link,
    "POST /api/v1/users/password/change": users.change_password,
    "GET /api/v1/users/me": profiles.show,
    "PUT /api/v1/users/me": profiles.change,
    "POST /api/v1/profiles": profiles.create,
    "GET /images/{name}": profiles.image,
    "GET /api/v1/oauth/kakao/callback": oauth.redirected,
    "POST /api/v1/oauth/kakao/callback": oauth.log_in,
    "POST /token/reissue": oauth.reissue,
    "POST /api/v1/auth/token/reissue": oauth.reissue,
    "GET /dev/mail": users.mail,
    "POST /api/v1/meetings": meetings.create,
    "GET /api/v1/meetings": meetings.show_all,
    "GET /api/v1/meetings/search": meetings.search,
    "GET /api/v1/meetings/created": meetings.show_created,
    f"PUT {_MEETING}": meetings.change,
    f"DELETE {_MEETING}": meetings.remove,
    f"GET {_MEETING}/participants": meetings.participants,
    f"PATCH {_MEETING}/complete": meetings.complete,
    "POST /api/v1/participations/{meetingId}": participations.apply,
    "GET /api/v1/participations": participations.show_all,
    "PATCH /api/v1/participations/{participationId}/approve": participations.approve,
    "PATCH /api/v1/participations/{participationId}/reject": participations.reject,
    "DELETE /api/v1/participations/{participationId}": participations.remove,
    "POST /api/v1/chatrooms/{meetingId}": chatrooms.create,
    "GET /api/v1/chatrooms": chatrooms.show_all,
    f"GET {_ROOM}": chatrooms.show,
    f"DELETE {_ROOM}": chatrooms.remove,
    f"POST {_ROOM}/join": chatrooms.join,
    f"POST {_ROOM}/leave": chatrooms.leave,
    f"POST {_ROOM}/in": chatrooms.look,
    f"POST {_ROOM}/out": chatrooms.look_away,
    f"GET {_ROOM}/participants": chatrooms.participants,
    f"POST {_ROOM}/withdrawal/{{userId}}": chatrooms.expel,
    "GET /api/v1/notifications/subscribe": notifications.subscribe,
    "GET /api/v1/notifications": notifications.show_all,
    "DELETE /api/v1/notifications": notifications.delete_all,
    "DELETE /api/v1/notifications/{notificationId}": notifications.delete,
}
"""The first path that fits is taken."""
