from ktb_load.outputs.remote_write_wire import STALE, double, time_series, write_request


def test_series_has_the_bytes_of_the_specification():
    written = time_series("up", (("a", "b"),), double(1.0), 300)
    labels = b"\x0a\x0e\x0a\x08__name__\x12\x02up" + b"\x0a\x06\x0a\x01a\x12\x01b"
    sample = b"\x12\x0c\x09" + b"\x00\x00\x00\x00\x00\x00\xf0\x3f" + b"\x10\xac\x02"
    body = labels + sample
    assert written == b"\x0a" + bytes([len(body)]) + body


def test_labels_are_sorted_by_their_bytes():
    written = time_series("n", (("Z", "3"), ("a", "1"), ("키", "2")), double(0), 0)
    places = [written.index(key.encode()) for key in ("Z", "__name__", "a", "키")]
    assert places == sorted(places)


def test_long_text_has_a_length_of_several_bytes():
    assert b"\x12\xac\x02" + b"x" * 300 in time_series("n", (("a", "x" * 300),), double(0), 0)


def test_tag_cannot_take_the_place_of_the_name():
    assert time_series("n", (("__name__", "m"),), double(0), 0) == time_series(
        "n", (), double(0), 0
    )


def test_request_is_its_series_one_after_another():
    assert write_request([b"a", b"b"]) == b"ab"


def test_stale_marker_is_the_one_nan_of_prometheus():
    assert bytes.fromhex("020000000000f07f") == STALE
