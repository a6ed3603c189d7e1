import builtins
import sys
from types import SimpleNamespace

import pytest

from ktb_load.errors import AuthorError, ExitCode
from ktb_load.outputs import out
from ktb_load.outputs.out import open_outputs


def problems_of(specs, context):
    with pytest.raises(AuthorError) as raised:
        open_outputs(specs, context)
    assert raised.value.exit_code is ExitCode.GENERIC
    return [str(problem) for problem in raised.value.problems]


def test_unknown_output_is_refused_with_the_names_of_all(context):
    assert problems_of(["foo=3"], context()) == [
        "--out foo=3: invalid output type 'foo', available types are: csv, "
        "experimental-opentelemetry, experimental-prometheus-rw, json, junit, opentelemetry, "
        "prometheus, prometheus-rw"
    ]


def test_everything_that_is_wrong_is_told_at_once(context, tmp_path):
    specs = ["foo", f"json={tmp_path}/none/a.json", f"csv={tmp_path}/none/a.csv", "junit"]
    found = problems_of([*specs, f"junit={tmp_path}"], context())
    assert len(found) == 5
    assert "could not create the 'json' output: " in found[1]
    assert "No such file or directory" in found[2]
    assert "write junit=report.xml" in found[3]
    assert "Is a directory" in found[4]


@pytest.mark.parametrize(
    ("spec", "environ", "what"),
    [
        ("csv=x.csv", {"K6_CSV_TIME_FORMAT": "bad"}, "bad does not belong to TimeFormat values"),
        ("csv=name=x.csv", {}, "unknown key 'name'; write one of: fileName,"),
        ("prometheus", {}, "'' is not an address to listen at; write prometheus=127.0.0.1:9464"),
        ("prometheus=host:99999", {}, "not an address"),
        ("prometheus=a b:1", {}, "not an address"),
        ("prometheus-rw=nonsense", {}, "'nonsense' is not the URL of an endpoint"),
        ("prometheus-rw=http://:80/", {}, "is not the URL"),
        ("prometheus-rw=http://h:x/", {}, "is not the URL"),
        ("prometheus-rw=http://h/a b", {}, "is not the URL"),
        ("prometheus-rw", {"K6_PROMETHEUS_RW_SERVER_URL": "::"}, "is not the URL"),
        ("prometheus-rw", {"K6_PROMETHEUS_RW_PUSH_INTERVAL": "x"}, "'x' is not a duration"),
        ("prometheus-rw", {"K6_PROMETHEUS_RW_PUSH_INTERVAL": "0s"}, "not longer than nothing"),
        ("prometheus-rw", {"K6_PROMETHEUS_RW_TREND_STATS": "p(95),x"}, "invalid trend stat 'x'"),
        ("prometheus-rw", {"K6_PROMETHEUS_RW_STALE_MARKERS": "perhaps"}, "write true or false"),
        ("prometheus-rw", {"K6_PROMETHEUS_RW_HTTP_HEADERS": "ab"}, "not of the form key:value"),
        ("prometheus-rw", {"K6_PROMETHEUS_RW_HEADERS_A": "b\nc"}, "header 'A' cannot be sent"),
        (
            "prometheus-rw",
            {"K6_PROMETHEUS_RW_TREND_AS_NATIVE_HISTOGRAM": "true"},
            "native histograms are not written here",
        ),
        (
            "prometheus-rw=https://h/",
            {"K6_PROMETHEUS_RW_CLIENT_CERTIFICATE": "none.pem"},
            "No such file",
        ),
        ("opentelemetry", {"K6_OTEL_EXPORTER_PROTOCOL": "grpc"}, "gRPC is not supported: "),
        ("opentelemetry", {"K6_OTEL_EXPORTER_TYPE": "grpc"}, "gRPC is not supported: "),
        ("opentelemetry", {"K6_OTEL_GRPC_EXPORTER_ENDPOINT": "h:4317"}, "gRPC is not supported"),
        ("opentelemetry", {"K6_OTEL_EXPORTER_PROTOCOL": "x"}, 'unsupported exporter protocol "x"'),
        ("opentelemetry", {"K6_OTEL_HTTP_EXPORTER_ENDPOINT": "http://h"}, "only a host and a port"),
        ("opentelemetry", {"K6_OTEL_HEADERS": "x"}, "not of the form key=value"),
        ("opentelemetry=ftp://h", {}, "is not the URL"),
    ],
)
def test_mistake_is_found_before_the_run(context, tmp_path, monkeypatch, spec, environ, what):
    pytest.importorskip("cramjam")
    pytest.importorskip("prometheus_client")
    pytest.importorskip("opentelemetry.sdk.metrics")
    monkeypatch.chdir(tmp_path)
    (found,) = problems_of([spec], context(environ))
    assert what in found


@pytest.mark.parametrize(
    ("spec", "missing", "extra"),
    [
        ("prometheus-rw", "cramjam", "prometheus"),
        ("experimental-prometheus-rw", "cramjam", "prometheus"),
        ("prometheus=127.0.0.1:0", "prometheus_client", "prometheus"),
        ("opentelemetry", "opentelemetry", "otel"),
        ("experimental-opentelemetry", "opentelemetry", "otel"),
    ],
)
def test_missing_extra_is_named(context, monkeypatch, spec, missing, extra):
    real = builtins.__import__

    def without(name, *more):
        if name.partition(".")[0] == missing:
            raise ModuleNotFoundError(f"No module named {missing!r}", name=missing)
        return real(name, *more)

    monkeypatch.delitem(__import__("sys").modules, "ktb_load.outputs.otlp_message", raising=False)
    monkeypatch.setattr(builtins, "__import__", without)
    (found,) = problems_of([spec], context())
    assert found == (
        f"--out {spec}: the library {missing} is missing; pip install 'ktb-load[{extra}]'"
    )


def test_outputs_that_could_be_opened_are_closed_if_another_could_not(context, tmp_path):
    problems_of([f"csv={tmp_path}/a.csv", "foo"], context())
    assert (tmp_path / "a.csv").read_text("utf-8").startswith("metric_name,")


class Broken:
    """An output with a mistake in it."""

    def flush(self):
        raise LookupError("a mistake")

    close = flush


def test_mistake_in_an_output_harms_neither_the_run_nor_the_others(
    context, store, said, tmp_path, monkeypatch
):
    module = SimpleNamespace(open_it=lambda argument, context: Broken())
    monkeypatch.setitem(sys.modules, "ktb_load.outputs.broken", module)
    monkeypatch.setattr(out, "OPENERS", {**out.OPENERS, "broken": "broken.open_it"})
    outputs = open_outputs(["broken=x", f"json={tmp_path}/a.json"], context())
    store.series("vus", ()).add(1)
    for _ in range(3):
        for output in outputs:
            output.flush()
    for output in outputs:
        output.close()
    assert len((tmp_path / "a.json").read_text("utf-8").splitlines()) == 2
    (text,) = said
    assert "broken=x" in text and "please report it: LookupError('a mistake')" in text


def test_json_without_a_name_goes_to_stdout(context, store, capfd):
    (output,) = open_outputs(["json"], context())
    store.series("vus", ()).add(1)
    output.close()
    assert [line[:9] for line in capfd.readouterr().out.splitlines()] == ['{"type":"', '{"metric"']
    print("stdout is still open")  # noqa: T201
