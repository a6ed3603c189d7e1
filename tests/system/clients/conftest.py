"""One VU's clients, what they emit, and servers for them on the loopback."""

import importlib.util
import socket
import ssl
import sys
import threading
from collections import Counter
from contextlib import ExitStack, closing
from pathlib import Path

import gevent
import pytest
import trustme
from websockets.sync.server import serve

from ktb_load.clients.dialer import Dialer
from ktb_load.clients.drivers import LEAN, REFERENCE, driver_named
from ktb_load.clients.http import HttpClient, HttpOptions
from ktb_load.clients.network import Network
from ktb_load.clients.socketio import SocketIOOptions
from ktb_load.clock import RealClock
from ktb_load.metrics.recorder import Recorder
from ktb_load.metrics.store import Store
from tests.system.clients.speakers import SPEAKERS

TESTS = Path(__file__).parents[2]


def _load(name, path):
    """Import a helper by its file: the test folders are no packages."""
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


node = _load("ktb_tests_node", TESTS / "servers" / "node.py")
scripted = _load("ktb_tests_scripted", TESTS / "servers" / "scripted.py")


class Vu:
    """A network and everything that was emitted through it."""

    def __init__(self, driver=LEAN, **dialer):
        store = Store(RealClock())
        self.samples = []
        store.subscribe(lambda metric, value, tags, _: self.samples.append((metric, value, tags)))
        self.recorder = Recorder(store)
        self.network = Network(self.recorder, Dialer(**dialer), driver=driver_named(driver))

    def of(self, metric):
        """``(value, tags)`` of a metric's samples."""
        return [(value, dict(tags)) for name, value, tags in self.samples if name == metric]

    def values(self, metric):
        return [value for value, _ in self.of(metric)]

    def counts(self):
        return Counter(name for name, _, _ in self.samples)


@pytest.fixture(params=[LEAN, REFERENCE])
def driver(request):
    """Who speaks the protocol: what asks for it runs once with each."""
    return request.param


@pytest.fixture(params=SPEAKERS)
def speaker(request):
    """Who speaks Socket.IO: what asks for it runs once with each."""
    return request.param


@pytest.fixture
def speaking_vu(speaker):
    return Vu(SPEAKERS[speaker][0])


@pytest.fixture
def options_of(speaker):
    """Options of a connection, with the transports of the speaker."""
    return lambda **options: SocketIOOptions(transports=SPEAKERS[speaker][1], **options)


@pytest.fixture
def vu():
    return Vu()


@pytest.fixture
def new_vu():
    return Vu


@pytest.fixture
def new_client():
    """A client of a VU, closed at the end."""
    with ExitStack() as stack:

        def make(vu, base_url="http://unused.invalid", **options):
            client = HttpClient(vu.network, base_url, HttpOptions(**options))
            return stack.enter_context(closing(client))

        yield make


@pytest.fixture
def client(vu, server, new_client):
    return new_client(vu, server.url)


@pytest.fixture
def server():
    """A scripted server of this test alone."""
    with scripted.ScriptedServer() as running:
        yield running


@pytest.fixture
def start_server():
    """Start one more scripted server."""
    with ExitStack() as stack:
        yield lambda **how: stack.enter_context(scripted.ScriptedServer(**how))


@pytest.fixture(scope="session")
def tests_folder():
    return TESTS


@pytest.fixture(scope="session")
def node_server():
    """The Node server of the KTB Chat contract."""
    folder = TESTS / "servers" / "ktb_chat_node"
    with node.node_server(folder, "--dialect", "deployed") as running:
        yield running


@pytest.fixture
def serving_script():
    """A WebSocket server that says some text messages and then only listens; its http origin."""
    with ExitStack() as stack:

        def start(*messages):
            def say(connection):
                for message in messages:
                    connection.send(message)
                for _ in connection:
                    pass

            server = stack.enter_context(serve(say, "127.0.0.1", 0))
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            stack.callback(thread.join, 5)
            stack.callback(server.shutdown)
            stack.callback(gevent.sleep)  # a socket that somebody reads is closed by the loop
            return f"http://127.0.0.1:{server.socket.getsockname()[1]}"

        yield start


@pytest.fixture(scope="session")
def authority():
    return trustme.CA()


@pytest.fixture
def trusted(authority, monkeypatch, tmp_path):
    """The authority is one that this machine trusts, as far as OpenSSL and Go can tell."""
    path = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(path))
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    return path


def server_tls(authority, *names):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    return context


@pytest.fixture
def tls(authority):
    """A server's TLS for some names, from the authority that ``trusted`` trusts."""
    return lambda *names: server_tls(authority, *names)


@pytest.fixture
def foreign_tls():
    """The same from an authority that nobody trusts."""
    return lambda *names: server_tls(trustme.CA(), *names)


@pytest.fixture
def closed_port():
    """A port that nobody listens on."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]
