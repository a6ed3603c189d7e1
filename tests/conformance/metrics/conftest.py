"""The tool that runs cases on k6 lives with the golden summaries."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

_CAPTURE = Path(__file__).parents[2] / "golden" / "summary" / "capture.py"


@pytest.fixture(scope="session")
def capture() -> ModuleType:
    """``tests/golden/summary/capture.py``."""
    spec = importlib.util.spec_from_file_location("golden_summary_capture", _CAPTURE)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
