"""What deployments do badly, on demand."""

import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

pytestmark = pytest.mark.system
Visit = Callable[..., Any]
Serve = Callable[..., Any]
POLLING = "/socket.io/?EIO=4&transport=polling"


def join_at_once(visit: Visit, server: Any, count: int) -> tuple[list[int], int]:
    """The statuses of so many REST joins at the same time, and how many are members then."""
    host = visit(server)
    room = host.create_room()
    guests = [visit(server) for _ in range(count)]
    with ThreadPoolExecutor(count) as pool:
        answers = list(pool.map(lambda guest: guest.join_by_rest(room), guests))
    members = host.call("GET", f"/api/rooms/{room}").json()["data"]["participantsCount"] - 1
    return [answer.status_code for answer in answers], members


def test_joins_at_once_lose_members_although_all_succeed(visit: Visit, serve: Serve) -> None:
    statuses, members = join_at_once(visit, serve("--lossy-joins"), 20)
    assert statuses == [200] * 20
    assert 1 <= members < 20


def test_joins_at_once_keep_everybody_otherwise(visit: Visit, reference: Any) -> None:
    assert join_at_once(visit, reference, 10) == ([200] * 10, 10)


def test_socket_joins_keep_everybody_all_the_same(visit: Visit, serve: Serve) -> None:
    server = serve("--lossy-joins")
    host = visit(server)
    room = host.create_room()
    events = [visit(server).connect() for _ in range(5)]
    for one in events:
        one.emit("joinRoom", room)
    for one in events:
        one.wait_for("joinRoomSuccess")
    shown = host.call("GET", f"/api/rooms/{room}").json()["data"]
    assert shown["participantsCount"] == 6


def test_connections_past_the_maximum_hang_until_one_ends(serve: Serve) -> None:
    address = urlsplit(serve("--max-connections", "3", "--backlog", "2").rest)
    with ExitStack() as stack:

        def ask() -> socket.socket:
            asking = stack.enter_context(
                socket.create_connection((address.hostname, address.port), 1)
            )
            asking.sendall(b"GET /api HTTP/1.1\r\nHost: x\r\n\r\n")
            return asking

        served = [ask() for _ in range(3)]
        assert [one.recv(12) for one in served] == [b"HTTP/1.1 200"] * 3
        waiting = [ask() for _ in range(3)]  # a backlog of 2 takes 3
        with pytest.raises(TimeoutError):
            waiting[0].recv(12)
        with pytest.raises(TimeoutError):
            ask()
        served[0].close()
        assert waiting[0].recv(12) == b"HTTP/1.1 200"


def test_password_costs_time_of_a_core(visit: Visit, serve: Serve) -> None:
    visitor = visit(serve("--hash-ms", "85"))
    began = time.perf_counter()
    visitor.log_in()
    assert time.perf_counter() - began >= 0.085


def test_nagle_delays_the_second_half_of_an_answer(visit: Visit, serve: Serve) -> None:
    slow, quick = visit(serve("--nagle")), visit()
    assert max(took(slow) for _ in range(20)) >= 0.03
    assert sorted(took(quick) for _ in range(20))[10] < 0.03


def took(visitor: Any) -> float:
    began = time.perf_counter()
    visitor.call("GET", "/api/users/profile")
    return time.perf_counter() - began


def test_old_framing_comes_with_b64(reference: Any) -> None:
    opening = requests.get(f"{reference.socket}{POLLING}&b64=1", timeout=3).text
    length, _, packet = opening.partition(":")
    assert int(length) == len(packet)
    assert packet.startswith('0{"sid"')
    assert requests.get(f"{reference.socket}{POLLING}", timeout=3).text.startswith('0{"sid"')


@pytest.mark.parametrize(("dialect", "status"), [("deployed", 500), ("documented", 400)])
def test_unknown_session_of_polling(serve: Serve, dialect: str, status: int) -> None:
    server = serve("--dialect", dialect)
    answer = requests.get(f"{server.socket}{POLLING}&sid=unknown", timeout=3)
    assert answer.status_code == status


@pytest.mark.parametrize("word", ["badword", "forbidden"])
def test_banned_word_is_found_inside_of_others(visit: Visit, word: str) -> None:
    visitor = visit()
    room = visitor.create_room()
    events = visitor.enter(room)
    content = f"an un{word.upper()}ly text"
    events.emit("chatMessage", {"room": room, "type": "text", "content": content})
    assert events.wait_for("error")["code"] == "MESSAGE_REJECTED"


def test_other_paths_of_the_socket_port_are_unknown(reference: Any) -> None:
    with closing(requests.get(f"{reference.socket}/elsewhere", timeout=3)) as answer:
        assert answer.status_code == 404
