from benchmarks.results import Results, read_results


def test_results_are_read_as_they_were_written(tmp_path):
    results = Results({"CPU": "fast"})
    results.outcome("echo", "k6", "k6, by hand").runs[2] = {"cpu_us": 19.5}
    results.outcome("echo", "wrk", "wrk").absent = "it speaks HTTP only"
    results.write(tmp_path / "latest.json")
    assert read_results(tmp_path / "latest.json") == results


def test_a_figure_is_taken_from_the_runs_that_have_it():
    outcome = Results({}).outcome("echo", "k6", "k6")
    outcome.runs |= {1: {"cpu_us": 5.0}, 2: {"memory_mb": 60.0}}
    assert outcome.values("cpu_us") == {1: 5.0}
