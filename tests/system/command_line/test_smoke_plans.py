"""The smoke plan of every system holds against its embedded server."""

import pytest

from ktb_load.catalog import locustfiles
from tests.system.command_line.conftest import ROOT

pytestmark = pytest.mark.system


@pytest.mark.parametrize(
    ("system", "options"),
    [
        *(pytest.param(name, [], id=name) for name in locustfiles(ROOT / "locustfiles")),
        pytest.param("ktb-chat", ["--dialect", "documented"], id="ktb-chat documented"),
    ],
)
def test_the_smoke_plan_holds(runner, start_reference, system, options):
    with start_reference(*options, system=system) as server:
        where = ["--host", server.rest, "--socket-host", server.socket]
        ended = runner("ktb_load", "run", "--system", system, "--plan", "smoke", *where)
    assert ended.code == 0, ended.err + ended.out
    assert "█ THRESHOLDS" in ended.out
    assert "✗" not in ended.out
    assert "Traceback" not in ended.err
    assert "running (" in ended.err
