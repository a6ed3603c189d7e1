import pytest

from ktb_load.metrics.overload import LIMITS, Excess
from ktb_load.outputs.columns import Paint
from ktb_load.outputs.generator_words import as_data, block, in_short, line, sentence

LAG, LONGEST, CPU, LATENESS, UNSENT = LIMITS


@pytest.mark.parametrize(
    ("excess", "said"),
    [
        (Excess(LAG, 83.256), "its event loop was late by p(95)=83.25ms, limit 20ms"),
        (Excess(LONGEST, 1250.0), "its event loop was late by up to 1.25s, limit 500ms"),
        (Excess(CPU, 14_000.0), "it used over 90% of a core for 14s, limit 5s"),
        (Excess(LATENESS, 60.5), "iterations began late by p(99)=60.5ms, limit 50ms"),
        (Excess(UNSENT, 12_345_678.0), "12 MB waited in it to be sent, limit 1.0 MB"),
        (
            Excess(LAG, 30.0, "2@here"),
            "its event loop was late by p(95)=30ms, limit 20ms (worker 2@here)",
        ),
        (
            Excess(LAG, 30.0, "2@here", 3),
            "its event loop was late by p(95)=30ms, limit 20ms (worker 2@here and 3 more)",
        ),
    ],
)
def test_each_excess_has_its_sentence(excess, said):
    assert sentence(excess) == said


def test_block_names_the_culprit_and_what_helps():
    lines = "\n".join(block([Excess(LAG, 83.0), Excess(CPU, 14_000.0)], Paint()))
    assert lines.replace(" \n", "\n") == (
        "  █ GENERATOR was the limit, not the system: latencies are overstated\n"
        "\n"
        "    ✗ its event loop was late by p(95)=83ms, limit 20ms\n"
        "    ✗ it used over 90% of a core for 14s, limit 5s\n"
        "    use more processes or machines, fewer VUs, and cores that nobody else needs\n"
        "\n"
    )


def test_nothing_wrong_is_nothing_said():
    assert list(block([], Paint())) == []


def test_unsent_bytes_alone_are_not_blamed_on_the_generator():
    assert "was the limit" not in line([Excess(UNSENT, 2e6)])
    assert "the system or the network took them too slowly" in line([Excess(UNSENT, 2e6)])
    assert "was the limit, not the system" in line([Excess(LAG, 30.0), Excess(UNSENT, 2e6)])


def test_line_has_every_sentence():
    assert line([Excess(LAG, 83.0), Excess(LONGEST, 600.0)]) == (
        "the GENERATOR was the limit, not the system: latencies are overstated: "
        "its event loop was late by p(95)=83ms, limit 20ms; "
        "its event loop was late by up to 600ms, limit 500ms; "
        "use more processes or machines, fewer VUs, and cores that nobody else needs"
    )


def test_short_form_names_each_metric_once():
    excesses = [Excess(LAG, 83.0), Excess(LONGEST, 600.0), Excess(CPU, 9000.0)]
    assert in_short(excesses) == "GENERATOR PAST ITS LIMITS (lag, cpu)"


def test_data_say_it_for_programs():
    assert as_data([]) == {"ok": True, "warnings": []}
    assert as_data([Excess(LAG, 30.0, "2@here")]) == {
        "ok": False,
        "warnings": [
            {
                "metric": "generator_lag",
                "stat": "p(95)",
                "value": 30.0,
                "limit": 20,
                "message": "its event loop was late by p(95)=30ms, limit 20ms (worker 2@here)",
                "worker": "2@here",
            }
        ],
    }
    assert "worker" not in as_data([Excess(LAG, 30.0)])["warnings"][0]
