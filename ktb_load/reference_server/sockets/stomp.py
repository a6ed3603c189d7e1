"""A STOMP 1.2 broker over WebSocket: what one client may say when, heart-beats, receipts, errors.

What the destinations are about is an ``Application``'s. There are no transactions, and nothing is
delivered again: acknowledgements are taken and mean nothing. An error ends the connection.
"""

import asyncio
import itertools
import re
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from ktb_load import fast_json
from ktb_load.reference_server.deliveries import Deliveries
from ktb_load.reference_server.faults import Faults, Verdict
from ktb_load.reference_server.ids import hex_id
from ktb_load.reference_server.sockets.hub import Hub
from ktb_load.reference_server.sockets.stomp_frames import (
    BEAT,
    Frame,
    FrameReader,
    Malformed,
    encode,
    escape,
)
from ktb_load.reference_server.sockets.websocket import Visit, Wire, text_frame
from ktb_load.reference_server.turnstile import FAULT

VERSION = "1.2"
MESSAGE, RECEIPT, ERROR, CONNECTED = "MESSAGE", "RECEIPT", "ERROR", "CONNECTED"
_GRACE = 2.0
"""How many of the agreed times may pass without a heart-beat."""
_PROTOCOL_ERROR = 1002
_ACK_MODES = ("auto", "client", "client-individual")


class Refused(Exception):
    """A frame that is answered with an ERROR.

    Args:
        body: of the ERROR, as JSON.
    """

    def __init__(self, message: str, body: Any = None) -> None:
        super().__init__(message)
        self.body = {"message": message} if body is None else body


@dataclass(frozen=True)
class Destination:
    """One destination, and the template that it fits."""

    template: str
    name: str
    places: Mapping[str, str]
    """``{roomId}`` -> what stands there."""


class Application(ABC):
    """What a system makes of its destinations."""

    subscriptions: Sequence[str] = ()
    """Templates of what can be subscribed to, such as ``/sub/chat/room/{roomId}``."""
    sends: Sequence[str] = ()
    """Templates of what can be sent to."""

    @abstractmethod
    def log_in(self, headers: Mapping[str, str]) -> str:
        """The user that the headers of a CONNECT are about.

        Raises:
            Refused: nobody.
        """

    @abstractmethod
    def subscribe(self, user_id: str, destination: Destination) -> None:
        """
        Raises:
            Refused: the user may not.
        """

    @abstractmethod
    def receive(self, user_id: str, destination: Destination, body: bytes) -> None:
        """
        Raises:
            Refused: it cannot be done.
        """

    @classmethod
    def actions(cls) -> Iterable[str]:
        """What a client does, as faults and the trace name it."""
        yield from ("CONNECT", "UNSUBSCRIBE", "ACK", "NACK", "DISCONNECT")
        yield from (f"SUBSCRIBE {one}" for one in cls.subscriptions)
        yield from (f"SEND {one}" for one in cls.sends)

    @classmethod
    def pushes(cls) -> Iterable[str]:
        yield from (CONNECTED, RECEIPT, ERROR)
        yield from (f"{MESSAGE} {one}" for one in cls.subscriptions)

    def found(self, templates: Iterable[str], name: str) -> Destination | None:
        """The destination of this name, if it fits one of the templates."""
        for template in templates:
            pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(template))
            if match := re.fullmatch(pattern, name):
                return Destination(template, name, match.groupdict())
        return None


@dataclass(eq=False)
class Subscription:
    """One subscription of one client: what a message is delivered to."""

    id: str
    session: "Session"
    acknowledged: bool
    user_id: str
    channels: set[str] = field(default_factory=set)

    def send(self, rest: tuple[str, bytes]) -> None:
        """
        Args:
            rest: the message's id, and its frame from the second header on.
        """
        number, frame = rest
        own = f"subscription:{escape(self.id)}\n"
        if self.acknowledged:
            own += f"ack:{number}\n"
        self.session.send(text_frame(f"{MESSAGE}\n{own}".encode() + frame))

    def cut(self) -> None:
        self.session.cut()


class Broker:
    """Who is subscribed to what.

    Args:
        heart_beats_s: how often the server can send one, and wants to get one; 0: never.
    """

    def __init__(
        self, faults: Faults, application: Application, heart_beats_s: tuple[float, float]
    ) -> None:
        self.application = application
        self.heart_beats_s = heart_beats_s
        self.deliveries = Deliveries(faults)
        self.hub: Hub[Subscription] = Hub(faults, self._encode)
        self._numbers = itertools.count(1)

    def publish(self, destination: str, sender_id: str, value: Any) -> None:
        """Tell all who are subscribed, the sender included."""
        found = self.application.found(self.application.subscriptions, destination)
        push = f"{MESSAGE} {found.template if found else destination}"
        self.hub.deliver(destination, sender_id, push, destination, fast_json.dumps(value))

    def expel(self, destination: str, user_id: str = "") -> None:
        """Somebody, or everybody, hears no more of it; they are not told."""
        for subscription in self.hub.members(destination):
            if user_id in ("", subscription.user_id):
                self.hub.leave(subscription, destination)

    def _encode(self, _push: str, destination: str, body: bytes) -> tuple[str, bytes]:
        number = f"m-{next(self._numbers)}"
        head = (
            f"message-id:{number}\ndestination:{escape(destination)}\n"
            f"content-type:application/json\ncontent-length:{len(body)}\n\n"
        )
        return number, head.encode() + body + b"\0"


class Session(Visit):
    """One client."""

    subprotocols = ("v12.stomp",)

    def __init__(self, broker: Broker, wire: Wire) -> None:
        super().__init__(wire)
        self._broker = broker
        self._reader = FrameReader()
        self._subscriptions: dict[str, Subscription] = {}
        self._is_connected = False
        self._heard_at = 0.0
        self._timers: dict[str, asyncio.TimerHandle] = {}

    def received(self, said: str | bytes) -> None:
        if not self.peer.silences.deaf:
            self._heard_at = time.monotonic()
        try:
            frames = self._reader.feed(said.encode() if isinstance(said, str) else said)
        except Malformed as error:
            self._fail(Refused(str(error)))
            return
        for frame in frames:
            action, known = self._action(frame)
            act = partial(self._take, frame)
            self.arrive(action, _traced(frame), act, known)

    def _action(self, frame: Frame) -> tuple[str, bool]:
        """What faults and the trace call it, and whether it is something that a client does."""
        application = self._broker.application
        templates = {"SUBSCRIBE": application.subscriptions, "SEND": application.sends}
        if frame.command not in templates:
            name = "CONNECT" if frame.command == "STOMP" else frame.command
            return name, name in _COMMANDS and name not in _TRANSACTIONS
        destination = frame.headers.get("destination", "")
        found = application.found(templates[frame.command], destination)
        return f"{frame.command} {found.template if found else destination}", found is not None

    def _take(self, frame: Frame) -> str | None:
        if not self.alive:
            return None
        try:
            self._obey(frame)
        except Refused as refusal:
            self._fail(refusal, frame)
            return f"ERROR {refusal}"
        receipt = frame.headers.get("receipt")
        if receipt is not None and frame.command not in ("CONNECT", "STOMP"):
            self._say(RECEIPT, {"receipt-id": receipt})
        if frame.command == "DISCONNECT":
            self.close()
        return "handled"

    def _obey(self, frame: Frame) -> None:
        command = _COMMANDS.get(frame.command)
        if command is None:
            raise Refused(f"there is no command {frame.command[:40]}")
        if self._is_connected == (frame.command in ("CONNECT", "STOMP")):
            state = "connected already" if self._is_connected else "not connected"
            raise Refused(f"{frame.command} while {state}")
        command(self, frame)

    def refuse(self, action: str, verdict: Verdict) -> None:
        body = {"message": FAULT, "code": verdict.code} if verdict.code else {"message": FAULT}
        self._fail(Refused(FAULT, body))

    def gone(self) -> None:
        for timer in self._timers.values():
            timer.cancel()
        for subscription in self._subscriptions.values():
            self._broker.hub.remove(subscription)

    # Answers

    def _say(self, command: str, headers: Mapping[str, str], body: bytes = b"") -> None:
        frame = text_frame(encode(command, headers, body))
        self._broker.deliveries.send(self, command, frame)

    def _fail(self, refusal: Refused, frame: Frame | None = None) -> None:
        headers = {"message": str(refusal), "content-type": "application/json"}
        if frame is not None and "receipt" in frame.headers:
            headers["receipt-id"] = frame.headers["receipt"]
        self._say(ERROR, headers, fast_json.dumps(refusal.body))
        self.close(_PROTOCOL_ERROR, str(refusal)[:40])

    # Commands

    def _connect(self, frame: Frame) -> None:
        headers = frame.headers
        if VERSION not in headers.get("accept-version", "1.0").split(","):
            raise Refused(f"supported protocol versions are {VERSION}")
        theirs = _heart_beat(headers.get("heart-beat", "0,0"))
        self.user_id = self._broker.application.log_in(headers)
        self._is_connected = True
        can_s, want_s = self._broker.heart_beats_s
        told = {"version": VERSION, "heart-beat": f"{can_s * 1000:.0f},{want_s * 1000:.0f}"}
        self._say(CONNECTED, {**told, "session": hex_id(), "user-name": self.user_id})
        if can_s and theirs[1]:
            self._beat_every(max(can_s, theirs[1]))
        if want_s and theirs[0]:
            self._heard_at = time.monotonic()
            self._expect_every(max(want_s, theirs[0]))

    def _subscribe(self, frame: Frame) -> None:
        own, mode = frame.headers.get("id"), frame.headers.get("ack", "auto")
        if own is None or own in self._subscriptions:
            raise Refused("SUBSCRIBE needs an id of its own")
        if mode not in _ACK_MODES:
            raise Refused(f"ack is one of {', '.join(_ACK_MODES)}")
        destination = self._destination(frame, self._broker.application.subscriptions)
        self._broker.application.subscribe(self.user_id, destination)
        subscription = Subscription(own, self, mode != "auto", self.user_id)
        self._subscriptions[own] = subscription
        self._broker.hub.join(subscription, destination.name)

    def _destination(self, frame: Frame, templates: Iterable[str]) -> Destination:
        name = frame.headers.get("destination", "")
        found = self._broker.application.found(templates, name)
        if found is None:
            raise Refused(f"there is no destination {name[:80]}")
        return found

    def _unsubscribe(self, frame: Frame) -> None:
        subscription = self._subscriptions.pop(frame.headers.get("id", ""), None)
        if subscription is None:
            raise Refused("UNSUBSCRIBE needs the id of a subscription")
        self._broker.hub.remove(subscription)

    def _send(self, frame: Frame) -> None:
        if "transaction" in frame.headers:
            raise Refused("there are no transactions")
        destination = self._destination(frame, self._broker.application.sends)
        self._broker.application.receive(self.user_id, destination, frame.body)

    def _acknowledge(self, frame: Frame) -> None:
        if "id" not in frame.headers:
            raise Refused(f"{frame.command} needs the id of a message")

    def _transact(self, frame: Frame) -> None:
        raise Refused("there are no transactions")

    def _disconnect(self, frame: Frame) -> None:
        """The receipt is all that there is to do."""

    # Heart-beats

    def _beat_every(self, every_s: float) -> None:
        def beat() -> None:
            if not self.peer.silences.mute:
                self.send(text_frame(BEAT))
            self._later("out", every_s, beat)

        self._later("out", every_s, beat)

    def _expect_every(self, every_s: float) -> None:
        allowed_s = every_s * _GRACE

        def look() -> None:
            quiet_s = time.monotonic() - self._heard_at
            if quiet_s >= allowed_s and not self.peer.silences.half_open:
                self._fail(Refused("no heart-beat came"))
                return
            self._later("in", max(every_s / 4, allowed_s - quiet_s), look)

        self._later("in", allowed_s, look)

    def _later(self, name: str, delay_s: float, then: Callable[[], None]) -> None:
        self._timers[name] = asyncio.get_running_loop().call_later(delay_s, then)


_COMMANDS: dict[str, Callable[[Session, Frame], None]] = {
    "CONNECT": Session._connect,
    "STOMP": Session._connect,
    "SUBSCRIBE": Session._subscribe,
    "UNSUBSCRIBE": Session._unsubscribe,
    "SEND": Session._send,
    "ACK": Session._acknowledge,
    "NACK": Session._acknowledge,
    "BEGIN": Session._transact,
    "COMMIT": Session._transact,
    "ABORT": Session._transact,
    "DISCONNECT": Session._disconnect,
}
_TRANSACTIONS = ("BEGIN", "COMMIT", "ABORT")


def _heart_beat(text: str) -> tuple[float, float]:
    """Both halves of the header, in seconds."""
    can, comma, want = text.partition(",")
    if not comma or not (can + want).isascii() or not can.isdigit() or not want.isdigit():
        raise Refused("heart-beat is two numbers of milliseconds")
    return int(can) / 1000, int(want) / 1000


def _traced(frame: Frame) -> dict[str, Any]:
    """What the trace tells of a frame."""
    headers = {name: value for name, value in frame.headers.items() if name != "content-length"}
    try:
        body = fast_json.loads(frame.body) if frame.body else None
    except fast_json.JSONDecodeError:
        body = frame.body.decode(errors="replace")
    return {"headers": headers, "body": body}
