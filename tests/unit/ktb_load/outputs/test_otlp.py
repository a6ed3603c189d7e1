import pytest

pytest.importorskip("opentelemetry.sdk.metrics")

from ktb_load.outputs.otlp import open_otlp


def url_of(output):
    return output._pusher._endpoint.url


@pytest.mark.parametrize(
    ("argument", "environ", "url"),
    [
        pytest.param("", {}, "https://localhost:4318/v1/metrics", id="k6's default has TLS"),
        pytest.param(
            "",
            {"HTTP_EXPORTER_INSECURE": "true", "HTTP_EXPORTER_ENDPOINT": "h:1"},
            "http://h:1/v1/metrics",
            id="a host without TLS",
        ),
        pytest.param(
            "", {"HTTP_EXPORTER_URL_PATH": "a/b"}, "https://localhost:4318/a/b", id="a path"
        ),
        pytest.param(
            "http://h:1/x", {"HTTP_EXPORTER_ENDPOINT": "i"}, "http://h:1/x", id="a URL as argument"
        ),
        pytest.param(
            "",
            {"EXPORTER_PROTOCOL": "http/protobuf", "GRPC_EXPORTER_ENDPOINT": "h:4317"},
            "https://localhost:4318/v1/metrics",
            id="the protocol decides",
        ),
    ],
)
def test_collector_is_where_the_variables_say(context, argument, environ, url):
    named = {f"K6_OTEL_{key}": value for key, value in environ.items()}
    assert url_of(open_otlp(argument, context(named))) == url
