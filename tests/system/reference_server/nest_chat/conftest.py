"""A nest-chat server, and people in front of it."""

from tests.servers.crowds import fixtures_for
from tests.servers.nest_people import soapfters

server, arrive, serve = fixtures_for("nest-chat", soapfters)
