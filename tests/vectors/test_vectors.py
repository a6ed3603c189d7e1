"""The accepted Python means in k6 what it means in Python."""

from pathlib import Path

import pytest

from tests.vectors.harness import functions_of, k6_says, python_says

PROGRAMS = sorted((Path(__file__).parent / "programs").glob("*.py"))
CASES = [(path, name) for path in PROGRAMS for name in functions_of(path)]


@pytest.fixture(scope="module")
def answers(k6, tmp_path_factory):
    """What k6 says to all programs, in one start."""
    return k6_says(k6, PROGRAMS, tmp_path_factory.mktemp("vectors"))


@pytest.mark.k6
@pytest.mark.xdist_group("vectors")
@pytest.mark.parametrize(("path", "name"), CASES, ids=[f"{p.stem}.{n}" for p, n in CASES])
def test_k6_and_python_agree(answers, path, name):
    assert answers[path].get(name) == python_says(path)[name]
