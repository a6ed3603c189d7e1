"""How server-sent events are written."""

from ktb_load.reference_server.rest.sse import encode


def test_event_has_its_fields_and_ends_with_an_empty_line() -> None:
    written = encode("notification", '{"id":1}', "1", 3000)
    assert written == b'event: notification\nid: 1\nretry: 3000\ndata: {"id":1}\n\n'


def test_data_of_several_lines_is_several_fields() -> None:
    assert encode("", "one\n두\n") == "data: one\ndata: 두\ndata: \n\n".encode()
