"""A erlang-chat server, and people in front of it."""

from tests.servers.crowds import fixtures_for
from tests.servers.erlang_people import chatters

server, arrive, serve = fixtures_for("erlang-chat", chatters)
