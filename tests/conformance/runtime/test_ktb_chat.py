import ast

import pytest

pytestmark = pytest.mark.k6


def test_people_talk_in_a_room_of_the_reference_server(run_script, start_reference):
    with start_reference() as server:
        outcome = run_script("ktb_chat.k6.js", {"REST": server.rest, "SOCKET": server.socket})
    assert outcome.exit_code == 0, outcome.log
    said = [(told["step"], ast.literal_eval(told["said"])) for told in outcome.told]
    assert said == [
        ("log in anna", (201, 200, "anna")),
        ("log in bert", (201, 200, "bert")),
        *[("joined", True)] * 2,
        *[("heard", True)] * 4,
        ("uploaded", 200),
        ("causes", ("client", "client")),
    ]
    names = {tags["name"] for _, tags in outcome.of("http_reqs")}
    assert names == {
        "/api/auth/register",
        "/api/auth/login",
        "/api/rooms",
        "/api/files/upload",
    }
    assert [value for value, _ in outcome.of("http_req_failed")] == [0] * 6
