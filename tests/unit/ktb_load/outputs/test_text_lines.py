import errno
import io

import pytest

from ktb_load.outputs.text_lines import TextLines, open_lines, open_named


class FullDisk(io.StringIO):
    """A file on a disk that is full."""

    def writelines(self, lines):
        raise OSError(errno.ENOSPC, "No space left on device")


def test_lines_wait_for_a_flush():
    out = io.StringIO()
    lines = TextLines(out, pytest.fail, "the file")
    lines.add("a\n")
    assert out.getvalue() == ""
    lines.flush()
    assert out.getvalue() == "a\n"


def test_many_lines_do_not_wait():
    out = io.StringIO()
    lines = TextLines(out, pytest.fail, "the file")
    for _ in range(5000):
        lines.add("a\n")
    assert len(out.getvalue()) > 2000


def test_full_disk_ends_the_file_with_one_complaint():
    said = []
    lines = TextLines(FullDisk(), said.append, "the file")
    assert lines.is_open
    for _ in range(3):
        lines.add("a\n")
        lines.flush()
    lines.close()
    assert not lines.is_open
    assert said == ["the file is not complete, writing failed: [Errno 28] No space left on device"]


def test_file_takes_any_text(tmp_path):
    with open_lines(tmp_path / "a.txt") as out:
        out.write("값\ud800\n")
    assert (tmp_path / "a.txt").read_bytes() == "값\\ud800\n".encode()


def test_dash_is_stdout_and_stays_open(capfd):
    for text in ("one\n", "two\n"):
        out = open_named("-")
        out.write(text)
        out.close()
    assert capfd.readouterr().out == "one\ntwo\n"
