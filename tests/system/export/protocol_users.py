"""A user of every protocol client; both runners have to make the same checks of it."""

from locust import task

from ktb_load import check, local_only, setting
from ktb_load.clients.message_socket import MessageSocket, MessageSocketOptions
from ktb_load.clients.sse import SseClient, SseOptions
from ktb_load.clients.stomp import StompClient, StompOptions
from ktb_load.errors import ConnectFailed, ExchangeFailed, TimedOut
from ktb_load.locust_host.user import LoadUser

GOOD = {"Authorization": "Bearer good"}


class ProtocolUser(LoadUser):
    @task
    def stomp(self):
        try:
            self.stomp_with({"Authorization": "Bearer bad"})
        except ConnectFailed as error:
            check(error, {"stomp: refused": lambda e: (e.kind, e.code) == ("auth", "REFUSED")})
        client = self.stomp_with(GOOD)
        closed = []
        client.on_close = lambda: closed.append(client.close_cause)
        room = f"/room/{self.vu.id}"
        try:
            client.subscribe(f"/sub{room}")
            texts = []
            client.on(f"/sub{room}", lambda body, *_: texts.append(body["said"]["text"]))
            for number in range(3):
                text = f"안녕 {number}"
                expected = client.expect(
                    f"/sub{room}", lambda body, headers, text=text: body["said"]["text"] == text
                )
                client.send(f"/pub{room}", {"text": text}, headers={"mark": "m:1"})
                won, (body, headers) = client.first_of([expected], timeout_s=5)
                check(body, {f"stomp: {text}": won is expected and body["mark"] == "m:1"})
                check(headers, {"stomp: headers": "subscription" in headers})
            check(texts, {"stomp: handler": lambda t: t == ["안녕 0", "안녕 1", "안녕 2"]})
            client.unsubscribe(f"/sub{room}")
            client.call(f"/pub{room}", {"text": "late"}, timeout_s=0.1)
        except TimedOut as error:
            check(f"{error}", {"stomp: no receipt": lambda e: e.startswith("no receipt of SEND")})
        finally:
            client.close()
        check(closed, {"stomp: closed": closed == ["client"] and not client.connected})

    def stomp_with(self, headers):
        options = StompOptions(connect_headers=headers, heart_beat_ms=(1000, 1000), name="stomp")
        return StompClient.connect(self.vu.network, f"{setting('STOMP', '')}/ws", options)

    @task
    def messages(self):
        headers = {"Cookie": "jwt_token=good"}
        options = MessageSocketOptions(name="ws", headers=headers, subprotocols=("chat.v2",))
        socket = MessageSocket.connect(self.vu.network, f"{setting('WS', '')}/private", options)
        for number in range(3):
            expected = socket.expect("chat", lambda message, number=number: message["n"] == number)
            socket.send_json({"n": number, "type": "chat", "text": "가 👍"})
            _, (message,) = socket.first_of([expected], 5)
            check(message, {f"ws: {number}": message["text"] == "가 👍"})
        expected = [socket.expect("text"), socket.expect("binary")]
        socket.send_bytes(b"\x00\xff")
        won, args = socket.first_of(expected, 5)
        check(args, {"ws: bytes": won is expected[1] and args[0] == b"\x00\xff"})
        try:
            socket.send_text("close 4002 so long")
            socket.first_of([socket.expect("never")], 5)
        except ExchangeFailed as error:
            check(error, {"ws: closed": error.code == "4002" and socket.close_cause == "server"})
        self.notices()

    @local_only
    def notices(self):
        SseClient.connect(self.vu.network, setting("SSE", ""), SseOptions(headers=GOOD)).close()
