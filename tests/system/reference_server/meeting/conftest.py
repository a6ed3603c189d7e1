"""A meeting server, and people in front of it."""

from tests.servers.crowds import fixtures_for
from tests.servers.meeting_people import members

server, arrive, serve = fixtures_for("meeting", members)
