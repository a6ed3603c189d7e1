"""AsyncAPI documents: sockets, what is sent over them and what answers it; and what is wrong."""

import pytest

SOCKET = "shop_socket.py"


@pytest.fixture
def sockets():
    """``sockets({"joinRoom": payload}, heard)``: Socket.IO, AsyncAPI 2, one namespace."""

    def build(sent, heard=(), namespace="/", protocol="socketio", **more):
        channel = {
            "publish": {"message": {"oneOf": [_message(name, sent[name]) for name in sent]}},
            "subscribe": {"message": {"oneOf": [_message(name, {}) for name in heard]}},
        }
        return {
            "asyncapi": "2.6.0",
            "info": {"title": "Shop"},
            "servers": {"local": {"url": "http://localhost:5002", "protocol": protocol}},
            "channels": {namespace: channel},
            **more,
        }

    return build


def _message(name, payload):
    return {"name": name, **({"payload": payload} if payload else {})}


CONTENT = {"type": "object", "properties": {"content": {"type": "string"}}}


def test_what_the_server_receives_is_sent(new, sockets):
    made = new(sockets({"typing": {"type": "boolean"}, "ping me": {}}))
    assert made.method("typing", SOCKET) == [
        "if payload is None:",
        "    payload = True",
        "self._send(Request('typing', 'event', 'typing', payload))",
    ]
    assert made.method("ping_me", SOCKET) == [
        "self._send(Request('ping_me', 'event', 'ping me', None))"
    ]
    assert made.tasks == {
        "socket": [
            "with self.open_socket() as socket:",
            "    socket.typing()",
            "    socket.ping_me()",
            "    think(1, 3)",
        ]
    }


def test_what_the_server_sends_can_be_waited_for(new, sockets):
    made = new(sockets({}, ["userLeft", "newMessage"]))
    assert made.method("expect_user_left", SOCKET) == ["return self._client.expect('userLeft')"]
    assert made.method("_listen", SOCKET) == [
        "self._client.on('newMessage', self._on_message)",
    ]
    assert made.tasks["socket"][-1] == "    socket.must_be_open()"


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        ("joinRoom", "joinRoomSuccess"),
        ("joinRoom", "joinedRoom"),
        ("joinRoom", "roomJoined"),
        ("join_room", "room_joined"),
        ("room:join", "room:joined"),
        ("leaveRoom", "leftRoom"),
        ("sendMessage", "messageSent"),
        ("subscribe", "subscribed"),
        ("login", "login_ok"),
    ],
)
def test_answers_are_told_by_their_names(new, sockets, sent, answer):
    made = new(sockets({sent: {}}, [answer, "somethingElse", "error"]))
    (name,) = [one for one in made.names(SOCKET) if f"'{sent}'" in str(made.method(one, SOCKET))]
    *_, exchange, result = made.method(name, SOCKET)
    assert f"('{answer}', lambda *_: True), refusals=('error',)" in exchange
    assert result == "return answer[0] if answer else None"


def test_events_that_only_begin_alike_are_no_answers(new, sockets):
    made = new(sockets({"join": {}}, ["joinRequest", "joiners"]))
    assert made.method("send_join", SOCKET) == [
        "self._send(Request('send_join', 'room', 'join', None))"
    ]


def test_people_know_their_own_message_again(new, sockets):
    document = sockets({"sendMessage": CONTENT})
    channel = document["channels"]["/"]
    channel["subscribe"]["message"] = {"oneOf": [{"name": "messageSent", "payload": CONTENT}]}
    lines = new(document).method("send_message", SOCKET)
    short = "{self._vu.random.text(3)}"
    assert lines[1] == f"    payload = {{'content': f'hello {short} {short}'}}"
    assert "metric='chat_round_trip'" in lines[3]
    assert "lambda answer, *_: answer.get('content') == payload['content']" in lines[3]


def test_acknowledged_events_wait_for_that(new, sockets):
    document = sockets({"save": {}})
    document["channels"]["/"]["publish"]["message"]["oneOf"][0]["x-ack"] = {"args": {}}
    made = new(document)
    assert made.method("save", SOCKET) == [
        "return self._call(Request('save', 'event', 'save', None))"
    ]
    assert "_call" in made.names(SOCKET)


def test_ids_come_from_calls_over_http(new, api, answers, sockets):
    payload = {"type": "object", "properties": {"roomId": {"type": "string"}}}
    made = new(
        api({"POST /rooms": {"responses": answers({"id": "string"})}}),
        sockets({"leaveRoom": payload, "joinRoom": {"type": "string"}, "typing": payload}),
    )
    assert made.tasks["socket"] == [
        "room_id = self.create_room()",
        "with self.open_socket() as socket:",
        "    socket.join_room(room_id)",
        "    socket.typing(room_id)",
        "    socket.leave_room(room_id)",
        "    think(1, 3)",
    ]
    assert made.method("join_room", SOCKET)[1] == "    payload = room_id"


def test_signing_in_over_http_signs_in_to_the_socket(new, api, answers, sends, sockets):
    login = {
        "requestBody": sends({"email": "string", "password": "string"}),
        "responses": answers({"token": "string", "sessionId": "string"}, "200"),
    }
    schemes = {
        "b": {"type": "http", "scheme": "bearer"},
        "s": {"type": "apiKey", "in": "header", "name": "x-session-id"},
    }
    document = api(
        {"POST /login": login, "GET /x": {}},
        components={"securitySchemes": schemes},
        security=[{"b": [], "s": []}],
    )
    made = new(document, sockets({"hi": {}}, namespace="/chat"))
    assert made.method("_connect", SOCKET)[0] == (
        "options = SocketIOOptions(name='chat', auth={'token': self._user.token,"
        " 'sessionId': self._user.session_id}, namespace='/chat')"
    )
    assert made.method("socket_url") == ["return cls.socket_host or 'http://localhost:5002'"]


def test_a_channel_may_be_an_event(new, sockets):
    document = sockets({"Whatever": {}}, namespace="chat.message")
    made = new(document)
    assert made.method("chat_message", SOCKET)[-1].endswith("'message', 'chat.message', None))")


def test_several_namespaces_are_several_sockets(new, sockets):
    document = sockets({"hi": {}})
    document["channels"]["/admin"] = {"publish": {"message": {"name": "ban"}}}
    made = new(document)
    assert list(made.tasks) == ["socket", "admin_socket"]
    assert "class ShopAdminSocket(ChatConnection):" in made.file(f"locustfiles/{SOCKET}")
    assert made.method("open_admin_socket") == ["return ShopAdminSocket(self).open()"]


# Plain WebSockets.


def websocket(sent, heard=(), path="/ws", **more):
    def message(payload):
        return {"payload": payload}

    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Shop"},
        "servers": {"local": {"host": "localhost:8080", "pathname": "/", "protocol": "wss"}},
        "channels": {
            "chat": {
                "address": path,
                "messages": {name: message(p) for name, p in {**sent, **dict(heard)}.items()},
                **more,
            }
        },
        "operations": {
            name: {
                "action": "receive" if name in sent else "send",
                "channel": {"$ref": "#/channels/chat"},
                "messages": [{"$ref": f"#/channels/chat/messages/{name}"}],
            }
            for name in {**sent, **dict(heard)}
        },
    }


def typed(event, **properties):
    named = {"event": {"const": event}}
    return {"properties": {**named, **{k: {"type": v} for k, v in properties.items()}}}


def test_channels_of_one_path_are_one_socket(new):
    document = websocket({"say": typed("say")})
    document["channels"]["more"] = {"address": "/ws", "messages": {"hi": {"payload": typed("hi")}}}
    more = {"action": "receive", "channel": {"$ref": "#/channels/more"}}
    document["operations"]["hi"] = more
    made = new(document)
    assert list(made.tasks) == ["socket"]
    assert {"say", "hi"} <= set(made.names(SOCKET))


def test_a_constant_field_names_the_event_of_a_plain_websocket(new):
    made = new(websocket({"say": typed("chat", text="string")}, {"said": typed("said")}))
    assert made.method("_connect", SOCKET) == [
        "options = MessageSocketOptions(name='chat', key='event')",
        "origin = self._user.socket_url().removeprefix('http')",
        "url = f'ws{origin}/ws'",
        "return MessageSocket.connect(self._user.vu.network, url, options)",
    ]
    assert made.method("chat", SOCKET)[1] == "    payload = {'event': 'chat', 'text': 'hello'}"
    assert made.method("_send", SOCKET) == ["self._client.send_json(request.payload)"]
    assert made.method("expect_said", SOCKET) == ["return self._client.expect('said')"]
    assert made.method("socket_url") == ["return cls.socket_host or 'https://localhost:8080'"]


def test_texts_are_sent_as_texts(new):
    made = new(websocket({"say": {"type": "string"}}, {"said": {"type": "string"}}))
    assert "self._client.send_text(request.payload)" in str(made.method("_send", SOCKET))
    assert made.method("expect_text", SOCKET) == ["return self._client.expect('text')"]


def test_parameters_of_a_path_are_given_when_it_is_opened(new, api, answers):
    document = websocket({"say": typed("say")}, path="/rooms/{roomId}/{lang}")
    document["channels"]["chat"]["parameters"] = {"lang": {"default": "ko"}, "roomId": {}}
    made = new(api({"POST /rooms": {"responses": answers({"id": "string"})}}), document)
    assert made.tasks["socket"][:2] == [
        "room_id = self.create_room()",
        "with self.open_socket(room_id) as socket:",
    ]
    assert "/rooms/{self._room_id}/ko" in made.method("_connect", SOCKET)[2]


def test_keys_of_the_handshake_go_into_its_query_and_headers(new):
    schemes = {
        "q": {"type": "httpApiKey", "in": "query", "name": "token"},
        "h": {"type": "httpApiKey", "in": "header", "name": "X-Key"},
    }
    document = websocket({"say": typed("say")})
    made = new({**document, "components": {"securitySchemes": schemes}})
    options, _, query, url, _ = made.method("_connect", SOCKET)
    assert "headers=self._user.credentials" in options
    assert query == "query = {'token': self._user.token}"
    assert url == "url = f'ws{origin}/ws?{urlencode(query)}'"


def test_a_reply_names_the_answer(new):
    document = websocket({"say": typed("say")}, {"echo": typed("echo")})
    del document["operations"]["echo"]
    reply = {"messages": [{"$ref": "#/channels/chat/messages/echo"}]}
    document["operations"]["say"]["reply"] = {**reply, "channel": {"$ref": "#/channels/chat"}}
    made = new(document)
    assert "('echo', lambda *_: True)" in made.method("say", SOCKET)[3]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (
            {"asyncapi": "1.2.0"},
            [
                "asyncapi: AsyncAPI 1.2.0 is not read; 2 and 3 are",
                "there are no `channels`; describe at least one in `channels:`",
                "there are no `operations`; say what is sent and received in `operations:`",
            ],
        ),
        (
            {
                "asyncapi": "2.0.0",
                "servers": {"x": {"url": "b", "protocol": "kafka"}},
                "channels": {"a": 3, "b": {"publish": {"message": {"oneOf": [4]}}}},
            },
            [
                "servers.x.protocol: the protocol 'kafka' is not spoken here;"
                " ws, wss and socketio are; calls over HTTP are OpenAPI's",
                "channels.a: a channel is a mapping; write `publish:` or `subscribe:` below it",
                "channels.b.publish.message.oneOf[0]: a message is a mapping;"
                " write `payload: ...` below it",
            ],
        ),
        (
            {
                "asyncapi": "3.0.0",
                "info": [],
                "components": "x",
                "channels": {"a": {}},
                "operations": {
                    "x": {"action": "recieve", "channel": {"$ref": "#/channels/a"}},
                    "y": {},
                },
            },
            [
                "info: a mapping is expected here, not a list; write `key: ...`",
                "components: a mapping is expected here, not a text; write `key: ...`",
                "operations.x.action: 'recieve' is no action; write `send` or `receive`",
                "operations.y: `channel` names none of `channels`; write `$ref: '#/channels/...'`",
            ],
        ),
    ],
    ids=["another version", "2", "3"],
)
def test_problems_are_said_all_at_once(problems, document, expected):
    found = [line.removeprefix("asyncapi.json:1").lstrip(":, ") for line in problems(document)]
    assert sorted(found) == sorted(expected)


def test_events_that_are_spelled_alike_have_methods_of_their_own(new, sockets):
    made = new(sockets({}, ["user-left", "userLeft", "나감", "들어옴"]))
    assert [name for name in made.names(SOCKET) if name.startswith("expect_")] == [
        "expect_user_left",
        "expect_user_left_2",
        "expect_event",
        "expect_event_2",
    ]


def test_a_reply_is_known_by_its_event_not_by_its_key(new):
    document = websocket({"say": typed("say")}, {"reply": typed("said")})
    reply = {"messages": [{"$ref": "#/channels/chat/messages/reply"}]}
    document["operations"]["say"]["reply"] = reply
    made = new(document)
    assert "('said', lambda *_: True)" in str(made.method("say", SOCKET))


def test_words_of_descriptions_import_nothing(new, api, sockets):
    told = {"summary": "Any time", "description": "quote(it), taken(away), Mapping: dumps (all)"}
    made = new(api({"GET /x": told}), sockets({"hi": {}}))
    head = made.user.partition("\nclass ")[0]
    assert "dumps" not in head
    assert "import time" not in head
    assert "quote" not in head
