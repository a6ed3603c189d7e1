"""Long polling is refused before anything is written, wherever source code asks for it."""

import pytest

from k6_export.export import compile_all, export
from ktb_load.errors import AuthorError

HEAD = """\
from locust import task

from ktb_load.clients.socketio import SocketIOClient, SocketIOOptions
from ktb_load.systems.ktb_chat import KtbChatUser

SHARED = SocketIOOptions({shared})


class Browser(KtbChatUser):
    {attribute}

    @task
    def chat(self):
        options = SocketIOOptions(auth=None{keyword})
        SocketIOClient.connect(self.vu.network, "http://here", options)
        SocketIOClient.connect(self.vu.network, "http://here", SHARED)

    def never_called(self):
        return SocketIOOptions(transports=("polling",))
"""
NOTHING = {"shared": "", "attribute": "x = 1", "keyword": ""}
PLACES = [
    ("a keyword", {"keyword": ', transports=("polling", "websocket")'}, "14:58"),
    ("a class attribute", {"attribute": 'transports = ["polling"]'}, "10:19"),
    ("one with a type", {"attribute": 'transports: tuple[str, ...] = ("polling",)'}, "10:36"),
    ("a constant", {"shared": 'transports=("websocket", "polling")'}, "6:51"),
]


def written(tmp_path, given):
    path = tmp_path / "users.py"
    path.write_text(HEAD.format(**NOTHING | given), encoding="utf-8")
    return path


@pytest.mark.parametrize(("case", "given", "place"), PLACES)
def test_polling_is_refused_where_it_is_asked_for(tmp_path, case, given, place):
    with pytest.raises(AuthorError) as caught:
        compile_all(written(tmp_path, given))
    [problem] = map(str, caught.value.problems)
    assert problem.endswith("long polling cannot be exported; k6 has none: leave out 'polling'")
    assert f"users.py:{place}:" in problem, case


@pytest.mark.parametrize("keyword", ["", ', transports=("websocket",)'])
def test_websocket_alone_is_exported(tmp_path, keyword):
    files = export(written(tmp_path, {"keyword": keyword}))
    assert "SocketIOClient.connect" in files["lib/users.js"]
