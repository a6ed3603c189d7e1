"""The smallest system there can be: register, log in, and rooms that repeat what is said."""

from functools import partial

from ktb_load.reference_server.accounts import Accounts
from ktb_load.reference_server.one_port import serve_calls
from ktb_load.reference_server.rest.answers import Json, Refused, json_object, text
from ktb_load.reference_server.sockets.hub import Hub
from ktb_load.reference_server.sockets.websocket import CONNECT, Visit, json_frame
from ktb_load.reference_server.system import System


def failure(status, message, code=""):
    return {"error": message, "code": code}


async def register(accounts, request):
    body = await json_object(request)
    if not accounts.add(text(body.get("name")), text(body.get("password"))):
        raise Refused(409, failure(409, "taken"))
    return Json({"name": body["name"]}, 201)


async def login(accounts, request):
    body = await json_object(request)
    if not accounts.fits(body.get("name"), body.get("password")):
        raise Refused(401, failure(401, "no such account"))
    return Json({"token": accounts.token(body["name"])})


class Speaker(Visit):
    def __init__(self, accounts, hub, wire):
        super().__init__(wire)
        self.accounts, self.hub, self.room = accounts, hub, wire.query.get("room", "")

    def admit(self):
        self.user_id = self.accounts.holder(self.wire.query.get("token", ""))
        if not self.user_id:
            raise Refused(401, failure(401, "no token"))

    def opened(self):
        self.hub.join(self, self.room)

    def received(self, said):
        self.arrive("say", said, partial(self.say, said))

    def say(self, said):
        self.hub.deliver(self.room, self.user_id, "said", {"by": self.user_id, "text": said})
        return "handled"

    def refuse(self, action, verdict):
        self.send(json_frame(failure(verdict.status, "injected fault", verdict.code)))

    def gone(self):
        self.hub.remove(self)


CALLS = {"POST /register": register, "POST /login": login}


async def serve(order):
    accounts = Accounts()
    hub = Hub(order.faults, lambda _push, said: json_frame(said))
    await serve_calls(order, accounts, CALLS, failure, {"/ws": partial(Speaker, accounts, hub)})


SYSTEM = System(ports={"": 9000}, actions=(*CALLS, CONNECT, "say"), pushes=("said",), serve=serve)
