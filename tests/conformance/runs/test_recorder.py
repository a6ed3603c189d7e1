"""The recording server notes what it was asked, and nothing else."""

import urllib.error
import urllib.request

import pytest

from tests.servers.recorder import recorder

pytestmark = pytest.mark.system


def test_requests_are_noted_in_order_with_their_time_and_connection() -> None:
    with recorder() as server:
        for path in ("/hit?a=1", "/slow?ms=60", "/redirect/1"):
            urllib.request.urlopen(server.url + path, timeout=5).close()
        with pytest.raises(urllib.error.HTTPError, match="503"):
            urllib.request.urlopen(server.url + "/status/503", timeout=5)
        notes = server.requests()
        targets = [note["target"] for note in notes]
        assert targets == [
            *("/hit?a=1", "/slow?ms=60", "/redirect/1", "/redirect/0", "/hit", "/status/503")
        ]
        assert notes[2]["at"] - notes[1]["at"] >= 0.06
        assert len({note["connection"] for note in notes}) == len(notes)
        server.forget()
        assert server.requests() == []
