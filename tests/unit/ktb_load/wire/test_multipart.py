"""Form data; the judges are python-multipart's parser and the one of the email package."""

from email import message_from_bytes
from email.policy import HTTP

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_multipart.multipart import FormParser

from ktb_load.wire import multipart as wire
from ktb_load.wire.multipart import Field


def parsed(body, boundary, piece=None):
    """``(name, filename, content)`` of each part, in order."""
    found = []

    def on_field(field):
        found.append((field.field_name.decode(), None, field.value or b""))

    def on_file(file):
        file.file_object.seek(0)
        found.append((file.field_name.decode(), file.file_name.decode(), file.file_object.read()))
        file.close()

    parser = FormParser("multipart/form-data", on_field, on_file, boundary=boundary)
    step = piece or max(1, len(body))
    for start in range(0, len(body), step):
        parser.write(body[start : start + step])
    parser.finalize()
    parser.close()
    return found


def plain(fields):
    return [(field.name, field.filename, field.content) for field in fields]


FIELDS = [
    ("one text", [Field("a", "1")]),
    ("an empty text", [Field("a", "")]),
    ("Korean", [Field("이름", "안녕 🙂")]),
    ("bytes without a file name", [Field("a", b"\0\xff")]),
    ("line breaks in the content", [Field("a", "x\r\ny\n\r\n")]),
    ("a file", [Field("file", b"\x89PNG", "a.png", "image/png")]),
    ("a file of no bytes", [Field("file", b"", "a.png", "image/png")]),
    ("a file with a Korean name", [Field("file", b"x", "사진 1.png")]),
    ("the same name twice", [Field("a", "1"), Field("a", "2")]),
    ("content that looks like a boundary", [Field("a", "------ktb-load\r\n--")]),
    (
        "several, in their order",
        [Field("z", "1"), Field("file", b"\r\n--x", "f", "text/plain"), Field("a", "2")],
    ),
]


@pytest.mark.parametrize(("case", "fields"), FIELDS)
def test_fields_are_read_by_others_in_any_pieces(case, fields):
    boundary = wire.boundary_for(fields)
    body = wire.encode(fields, boundary)
    for piece in (None, 1, 7):
        assert parsed(body, boundary, piece) == plain(fields), case


@pytest.mark.parametrize(("case", "fields"), FIELDS)
def test_fields_are_read_by_the_email_package(case, fields):
    boundary = wire.boundary_for(fields)
    head = f"Content-Type: {wire.content_type(boundary)}\r\n\r\n".encode()
    message = message_from_bytes(head + wire.encode(fields, boundary), policy=HTTP)
    assert message.get_content_type() == "multipart/form-data"
    parts = list(message.iter_parts())
    assert [part.get_payload(decode=True) for part in parts] == [one.content for one in fields]
    types = [part.get_content_type() for part in parts if part.get_filename() is not None]
    assert types == [one.content_type for one in fields if one.filename is not None]


@pytest.mark.parametrize(("case", "fields"), FIELDS)
def test_what_follows_the_end_is_no_part(case, fields):
    boundary = wire.boundary_for(fields)
    assert parsed(wire.encode(fields, boundary) + b"epilogue", boundary) == plain(fields), case


def test_no_fields_are_only_the_end():
    boundary = wire.boundary_for([])
    assert wire.encode([], boundary) == f"--{boundary}--\r\n".encode()


def test_body_is_written_as_browsers_do_it():
    fields = [Field("a", "1"), Field("f", b"x", "n.txt", "text/plain")]
    assert wire.encode(fields, "B") == (
        b'--B\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'
        b'--B\r\nContent-Disposition: form-data; name="f"; filename="n.txt"\r\n'
        b"Content-Type: text/plain\r\n\r\nx\r\n"
        b"--B--\r\n"
    )


def test_quotes_and_line_breaks_in_names_cannot_escape():
    body = wire.encode([Field('a"\r\nX: 1', "1", 'b"\n')], "B")
    assert b'name="a%22%0D%0AX: 1"; filename="b%22%0A"\r\n' in body
    assert body.count(b"\r\n\r\n") == 1


def test_same_fields_give_the_same_bytes():
    fields = [Field("a", "1")]
    first = wire.encode(fields, wire.boundary_for(fields))
    assert first == wire.encode(fields, wire.boundary_for(fields))


def test_boundary_occurs_in_no_field():
    plain_boundary = wire.boundary_for([])
    second = wire.boundary_for([Field("a", f"x{plain_boundary}y")])
    third = wire.boundary_for([Field("a", plain_boundary), Field("b", second.encode())])
    assert len({plain_boundary, second, third}) == 3
    assert plain_boundary in second  # only the longer one is safe from both
    assert wire.content_type(second) == f"multipart/form-data; boundary={second}"


NAMES = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters='"\\'), min_size=1
)


@given(
    st.lists(
        st.builds(
            Field,
            NAMES,
            st.one_of(st.binary(), st.text(st.characters(exclude_categories=["Cs"]))),
            st.one_of(st.none(), NAMES),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_any_fields_are_read_by_others(fields):
    boundary = wire.boundary_for(fields)
    assert parsed(wire.encode(fields, boundary), boundary) == plain(fields)
