"""What the conformance tests share: the k6 binary that judges."""

import os
import shutil
from pathlib import Path

import pytest

_IN_TREE = Path(__file__).parents[2] / ".tools" / "k6"


@pytest.fixture(scope="session")
def k6() -> str:
    """The k6 binary: K6_BINARY, else ``.tools/k6``, else the one on the PATH.

    Where there is none the test is skipped, but in CI it fails: nobody would notice there.
    """
    named = os.environ.get("K6_BINARY")
    binary = named or (str(_IN_TREE) if _IN_TREE.is_file() else shutil.which("k6"))
    if binary and (found := shutil.which(binary)):
        return found
    reason = f"no k6: {named or _IN_TREE} is not there, nor is k6 on the PATH"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
