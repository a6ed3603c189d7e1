"""The table of what a WebSocket server may say, said to both drivers; wsproto reads the answers."""

import gevent
import pytest

from ktb_load.clients.drivers import REFERENCE
from ktb_load.clients.websocket import WebSocket, WebSocketOptions
from tests.servers.websocket_script import WebSocketScript
from tests.system.clients.ear import WITHIN_S, Ear
from tests.vectors.websocket_cases import CASES, CLEAN, FAILED, PING, frame

pytestmark = pytest.mark.system
DONE = frame(PING, b"done")
ALL_OF_IT = 300
"""Rows of so many bytes come byte by byte as well."""

DIFFERENT = {
    "K3": (("masked",), (), None, "it takes a mask off"),
    "K4": ((), (b"x",), None, "it takes a mask off"),
    "K5": ((), (), (CLEAN, 1000), "it takes a mask off"),
    "K6": ((), (), None, "it has no limit, and waits for the rest"),
    "K7": ((), (), None, "it has no limit, and waits for the rest"),
    "K8": ((), (), (CLEAN, 1000), "it lets close frames in parts pass"),
    "7.5.1": ((), (), (FAILED, 1002), "every broken close frame is one code to it"),
}
"""Where websocket-client does otherwise: messages, pongs, end, and why."""


def expected(case, driver):
    if driver == REFERENCE and case.number in DIFFERENT:
        return DIFFERENT[case.number][:3]
    return case.heard, case.pongs, case.end


def pieces_of(case):
    yield [case.data]
    if len(case.data) <= ALL_OF_IT:
        yield [bytes([byte]) for byte in case.data]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case_ends_as_the_table_says(new_vu, driver, case):
    heard, pongs, end = expected(case, driver)
    for pieces in pieces_of(case):
        ear = Ear()
        with WebSocketScript(*pieces, DONE, "hang") as server:
            network = new_vu(driver).network
            connection = WebSocket.connect(network, server.url, ear, WebSocketOptions())
            waits = case.number in ("K6", "K7") and end is None
            with gevent.Timeout(WITHIN_S):
                while not waits and not ear.ends and ("pong", b"done") not in server.said:
                    gevent.sleep(0.001)
                while ear.ends and ("end", "") not in server.said:
                    gevent.sleep(0.001)
            connection.abort()
            gevent.sleep()
        assert tuple(ear.messages) == heard
        pongs_said = tuple(data for kind, data in server.said if kind == "pong")
        assert tuple(data for data in pongs_said if data != b"done") == pongs
        closes = [code for kind, code in server.said if kind == "close"]
        faults = [words for kind, words in server.said if kind == "fault"]
        assert faults == []
        if end is None:
            assert closes == []
        else:
            assert ((ear.ends[0].cause, ear.ends[0].code), closes) == (end, [end[1]])
