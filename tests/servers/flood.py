"""A WebSocket server in a process of its own that never stops talking, faster than anyone reads.

    python flood.py [certificate.pem]

Prints its port, serves one connection, and ends with it.
"""

import socket
import ssl
import sys
from contextlib import suppress

from websockets.http11 import Request
from websockets.server import ServerProtocol

MESSAGES = (b"\x81\x20" + b"x" * 32) * 30_000


def shake_hands(connection: socket.socket) -> None:
    server = ServerProtocol()
    while not (said := server.events_received()):
        server.receive_data(connection.recv(4096))
    assert isinstance(said[0], Request)
    server.send_response(server.accept(said[0]))
    connection.sendall(b"".join(server.data_to_send()))


if __name__ == "__main__":
    with socket.create_server(("127.0.0.1", 0)) as listener:
        sys.stdout.write(f"{listener.getsockname()[1]}\n")
        sys.stdout.flush()
        accepted, _ = listener.accept()
        if len(sys.argv) > 1:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(sys.argv[1])
            accepted = context.wrap_socket(accepted, server_side=True)
        with accepted, suppress(OSError):
            shake_hands(accepted)
            while True:
                accepted.sendall(MESSAGES)
