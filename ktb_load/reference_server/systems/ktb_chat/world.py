"""Everything that the two halves of a server share."""

from dataclasses import dataclass, field
from functools import partial
from random import Random

from ktb_load.reference_server.faults import Faults
from ktb_load.reference_server.rate_limit import RateLimit
from ktb_load.reference_server.sockets.hub import Hub
from ktb_load.reference_server.sockets.socketio import encode
from ktb_load.reference_server.systems.ktb_chat.banned_words import BannedWords
from ktb_load.reference_server.systems.ktb_chat.passwords import Passwords
from ktb_load.reference_server.systems.ktb_chat.sessions import Sessions
from ktb_load.reference_server.systems.ktb_chat.settings import Settings
from ktb_load.reference_server.systems.ktb_chat.shapes import Shapes
from ktb_load.reference_server.systems.ktb_chat.sockets.ai import Assistants
from ktb_load.reference_server.systems.ktb_chat.sockets.client import Client
from ktb_load.reference_server.systems.ktb_chat.sockets.presence import Presence
from ktb_load.reference_server.systems.ktb_chat.storage import Store, open_store
from ktb_load.reference_server.systems.ktb_chat.tokens import Tokens

_LIST_WINDOW_S = 30.0
_MESSAGE_WINDOW_S = 60.0


@dataclass
class World:
    """One server's state; made before either half of it."""

    settings: Settings
    faults: Faults
    store: Store = field(init=False)
    tokens: Tokens = field(init=False, default_factory=Tokens)
    sessions: Sessions = field(init=False, default_factory=Sessions)

    def __post_init__(self) -> None:
        settings = self.settings
        self.store = open_store(settings.database)
        self.shapes = Shapes(settings.dialect, self.store)
        self.random = Random(f"ktb-chat {settings.seed}")
        self.banned_words = BannedWords(settings.seed)
        self.passwords = Passwords(self.store.people, settings.hash_s)
        self.list_limit = RateLimit(settings.list_limit, _LIST_WINDOW_S)
        self.message_limit = RateLimit(settings.message_limit, _MESSAGE_WINDOW_S)
        self.hub: Hub[Client] = Hub(self.faults, partial(encode, "/"))
        self.presence = Presence(self.store, self.shapes, self.hub, settings.takeover_s)
        self.assistants = Assistants(self.store, self.hub, settings.ai)
