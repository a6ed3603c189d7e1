"""A login-notify server, and people in front of it."""

from tests.servers.crowds import fixtures_for
from tests.servers.listeners import people

server, arrive, serve = fixtures_for("login-notify", people)
