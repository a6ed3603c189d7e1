"""Both runners do the same with the same options: seen by a server, by exit codes, summaries and
samples.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.conformance.runs.measure import measure
from tests.conformance.runs.run_case import load_cases
from tests.servers.recorder import Recorder, recorder

pytestmark = [pytest.mark.k6, pytest.mark.system]

_CASES = load_cases()


@pytest.fixture(scope="session")
def recording() -> Iterator[Recorder]:
    with recorder() as server:
        yield server


@pytest.mark.parametrize("case", _CASES.values(), ids=_CASES.keys())
def test_runs_as_on_k6(case: dict[str, Any], recording: Recorder, k6: str) -> None:
    measured = measure(case, recording, k6)
    said = f"\nk6:\n{measured.k6.stderr}\nours:\n{measured.ours.stderr}"
    assert not measured.wrong, "\n".join(measured.wrong) + said
