"""The STOMP server of ours and @stomp/stompjs, which chat front ends are made of."""

import json
import subprocess
import uuid
from pathlib import Path

import pytest
import requests

from tests.servers.node import install
from tests.servers.reference import reference_server
from tests.servers.tools import tool

pytestmark = [pytest.mark.system, pytest.mark.node]
FOLDER = Path(__file__).parents[2] / "servers" / "protocols_node"
PLAN = {
    "title": "같이 먹어요",
    "locationId": 1,
    "latitude": 37.5665,
    "longitude": 126.978,
    "address": "서울시 중구",
    "meetingDateTime": "2030-01-01T19:00:00",
    "maxCount": 4,
    "category": ["한식"],
    "content": "김밥",
}


@pytest.fixture(scope="module")
def origin():
    beats = ("--heart-beat-out", "0.2", "--heart-beat-in", "0.2")
    with reference_server(*beats, system="meeting") as server:
        yield server.rest


class Host:
    """Somebody who has a room."""

    def __init__(self, origin):
        self.api, name = f"{origin}/api/v1", uuid.uuid4().hex[:10]
        told = self.ask("POST", "/oauth/kakao/callback", json={"code": f"dev-{name}"})
        self.token, self.id = told["accessToken"], told["userId"]
        profile = {"gender": "FEMALE", "birth": "2000-02-29"}
        for path, fields in (("/profiles", profile), ("/meetings", PLAN)):
            part = (None, json.dumps(fields), "application/json")
            self.ask("POST", path, files={"request": part})
        self.room = self.ask("GET", "/chatrooms")[0]["roomId"]

    def ask(self, method, path, **options):
        headers = {"Authorization": f"Bearer {getattr(self, 'token', '')}"}
        response = requests.request(method, self.api + path, headers=headers, timeout=5, **options)
        response.raise_for_status()
        return response.json()


def visit(origin, *who):
    """What stompjs tells of a visit to a room."""
    install(FOLDER)
    url = f"{origin.replace('http', 'ws')}/ws"
    command = [tool("node"), "stompjs_visit.mjs", url, *map(str, who)]
    done = subprocess.run(
        command, cwd=FOLDER, capture_output=True, text=True, timeout=20, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_visit_to_a_room(origin):
    host = Host(origin)
    *_, (last, code) = story = visit(origin, host.token, host.room, host.id)
    assert story[:-1] == [
        ["connected", "1.2"],
        ["subscribed", ""],
        ["message", ["안녕: 👍\\n", True]],
        ["beats", True],
        ["disconnected", ""],
    ]
    assert (last, code) == ("closed", 1000)


def test_bad_token_is_an_error_and_the_end(origin):
    story = visit(origin, "bad", 1, 1)
    [(error, [message, body]), (last, _)] = story
    assert (error, last) == ("error", "closed")
    assert body["message"] == message
    assert body["status"] == 401
