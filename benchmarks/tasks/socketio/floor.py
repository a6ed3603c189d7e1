"""What the same messages cost when nothing is done with them: gevent says that a socket can be
read, `recv` reads it, and that is all. No metrics, no latency, no users, not even whole frames.
"""

import os
import random
import signal
import sys
import time
from urllib.parse import urlsplit

import gevent
from gevent import socket

from ktb_load.wire import websocket as wire

ROOM_SIZE = int(os.environ["ROOM_SIZE"])
PACE = float(os.environ["SECONDS_PER_MESSAGE"])
SPREAD = float(os.environ["SPREAD"])
SERVER = urlsplit(os.environ["ORIGIN"])
TEXT = "shall we meet at the usual place tonight?"


def connected(room):
    sock = socket.create_connection((SERVER.hostname, SERVER.port))
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    target = "/socket.io/?EIO=4&transport=websocket"
    sock.sendall(wire.handshake_request(target, SERVER.netloc, wire.new_key()))
    seen = b""
    for expected, answer in ((b"0{", "40"), (b"40{", f'420["join","{room}"]'), (b"430[", "")):
        while expected not in seen:
            seen += sock.recv(65_536)
        sock.sendall(wire.encode(wire.TEXT, answer.encode())) if answer else None
    return sock


def person(me):
    room = f"room {me // ROOM_SIZE}"
    sock = connected(room)
    receive = sock._sock.recv  # gevent's own would look first whether it has to wait

    def readable():
        if b"\x012" in receive(65_536)[:3]:
            sock.sendall(wire.encode(wire.TEXT, b"3"))

    readiness = gevent.get_hub().loop.io(sock.fileno(), 1)
    readiness.start(readable)
    moment = random.uniform(0, PACE) * SPREAD
    number = 0
    gevent.sleep((moment - time.time()) % PACE)
    while True:
        number += 1
        said = f'42["message",{{"room":"{room}","id":"{me}-{number}","text":"{TEXT}"}}]'
        sock.sendall(wire.encode(wire.TEXT, said.encode()))
        past = (time.time() - moment + PACE / 2) % PACE - PACE / 2
        gevent.sleep(PACE - past)


gevent.signal_handler(signal.SIGTERM, sys.exit)
gevent.joinall([gevent.spawn(person, me) for me in range(int(os.environ["USERS"]))])
