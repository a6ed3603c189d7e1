import json

import pytest

from ktb_load.vocabulary.random import Random

pytestmark = pytest.mark.k6

SEEDS = ["", "1/chat/0", "안녕/👍/vu 7", "a longer seed than the others " * 9]


def shuffled(random, i):
    items = list(range(i % 20))
    random.shuffle(items)
    return items


FLOATS = ("random", "uniform")

DRAWS = {
    "next32": lambda random, i: random.next32(),
    "random": lambda random, i: random.random(),
    "below": lambda random, i: random.below(i + 1),
    "below_much": lambda random, i: random.below(4294967296 - i),
    "integer": lambda random, i: random.integer(-i, i * i),
    "uniform": lambda random, i: random.uniform(-i, i / 7),
    "choice": lambda random, i: random.choice("가나다라마"),
    "shuffle": shuffled,
    "text": lambda random, i: random.text(i % 30),
    "uuid4": lambda random, i: random.uuid4(),
}


def test_a_thousand_draws_of_every_method_are_those_of_python(run_script):
    outcome = run_script("random.k6.js", {"SEEDS": json.dumps(SEEDS)})
    assert outcome.exit_code == 0, outcome.log
    drawn = {(told["seed"], told["method"]): told["drawn"] for told in outcome.told}
    for (seed, method), numbers in drawn.items():
        if method in FLOATS:
            drawn[seed, method] = [float(text) for text in numbers]
    for seed in SEEDS:
        for method, draw in DRAWS.items():
            random = Random(seed)
            assert drawn[seed, method] == [draw(random, i) for i in range(1000)], (seed, method)
