"""Random programs mean in k6 what they mean in Python.

``RANDOM_PROGRAMS`` says how many (they share one start of k6), ``RANDOM_SEED`` which ones; without
them the same ones every time, so that CI is reproducible.
"""

import os
import warnings

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.vectors.harness import k6_says, python_says
from tests.vectors.random_programs import HELPERS, bodies, program

COUNT = int(os.environ.get("RANDOM_PROGRAMS", "150"))
SEED = int(os.environ.get("RANDOM_SEED", "0"))


def generated(count, number):
    """Different bodies that hypothesis makes of a seed."""
    found = {}

    @seed(number)
    @settings(
        max_examples=4 * count,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(bodies)
    def collect(body):
        if len(found) < count and _is_python(body):
            found["\n".join(body)] = body

    collect()
    return list(found.values())


def _is_python(body):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(program("f", body), "f", "exec")
        except (SyntaxError, MemoryError):
            return False
    return True


@pytest.mark.k6
@pytest.mark.xdist_group("vectors")
@pytest.mark.filterwarnings("ignore::SyntaxWarning")
def test_random_programs_agree(k6, tmp_path):
    texts = [program(f"program{n}", body) for n, body in enumerate(generated(COUNT, SEED))]
    path = tmp_path / "random_programs.py"
    path.write_text("\n\n".join([HELPERS, *texts]) + "\n", encoding="utf-8")
    expected = python_says(path)
    answers = k6_says(k6, [path], tmp_path)[path]
    assert len(texts) > COUNT // 2
    wrong = [
        f"{text}\n# Python: {expected[f'program{n}']}\n# k6:     {answers.get(f'program{n}')}"
        for n, text in enumerate(texts)
        if expected[f"program{n}"] != answers.get(f"program{n}")
    ]
    shown = "\n\n".join(sorted(wrong, key=len)[:3])
    assert not wrong, f"{len(wrong)} of {len(texts)} programs differ:\n\n{shown}"
