"""Ctrl-C and SIGTERM: what was collected is shown, the exit code is 105; twice ends at once."""

import signal
import time

import pytest

pytestmark = pytest.mark.system

LONG = {"K6_DURATION": "2m", "K6_VUS": "5"}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_run_with_its_summary_and_105(runner, start_reference, signalled, number):
    with start_reference() as server:
        process = runner.start_load(server, **LONG)
        ended = signalled(process, number, "iterations")
    assert ended.code == 105, ended.err + ended.out
    assert "█ TOTAL RESULTS" in ended.out
    assert "Traceback" not in ended.err


def test_a_signal_in_setup_gives_a_summary_too(runner, start_reference, signalled):
    with start_reference() as server:
        process = runner.start_load(server, **LONG, ACCOUNTS_PER_SECOND="1")
        ended = signalled(process, signal.SIGINT, "setup")
    assert ended.code == 105, ended.err + ended.out
    assert "█ TOTAL RESULTS" in ended.out


def test_a_second_ctrl_c_ends_at_once(runner, start_reference, signalled):
    with start_reference("--fault", "*:never=1,after=6s") as server:
        process = runner.start_load(server, **LONG)
        while "iterations" not in process.stderr.readline():
            pass
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGINT)
        began = time.monotonic()
        process.communicate(timeout=20)
    assert process.returncode == 105
    assert time.monotonic() - began < 5


def test_ctrl_c_without_a_plan_gives_the_summary_too(runner, start_reference, signalled):
    with start_reference() as server:
        process = runner.start_load(server, "-u", "3", "-r", "3")
        ended = signalled(process, signal.SIGINT, "iterations")
    assert ended.code == 105, ended.err + ended.out
    assert "█ TOTAL RESULTS" in ended.out
