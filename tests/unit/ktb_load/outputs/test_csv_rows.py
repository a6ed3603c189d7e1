import pytest

from ktb_load.metrics.tags import tag_set
from ktb_load.outputs.csv_rows import open_csv

SYSTEM_COLUMNS = (
    "check,error,error_code,expected_response,group,method,name,proto,scenario,service,status,"
    "subproto,tls_version,url"
)


@pytest.fixture
def rows(context, tmp_path):
    """Let something happen, and give the rows that were written of it."""

    def write(happen, environ=None, **more):
        output = open_csv(str(tmp_path / "a.csv"), context(environ, **more))
        happen()
        output.close()
        return (tmp_path / "a.csv").read_bytes().decode().split("\n")[:-1]

    return write


def test_columns_are_those_of_k6(rows):
    assert rows(lambda: None) == [
        f"metric_name,timestamp,metric_value,{SYSTEM_COLUMNS},extra_tags,metadata"
    ]


def test_tags_of_k6_have_columns_and_others_stand_together(rows, store):
    tags = tag_set({"url": "http://h/", "z": "1", "a": "x y", "check": 'is "it", so', "vu": "7"})
    _, row = rows(lambda: store.series("vus", tags).add(1.23456789))
    assert row == 'vus,1000,1.234568,"is ""it"", so",,,,,,,,,,,,,http://h/,a=x y&vu=7&z=1,'


def test_sample_without_tags_has_a_row(rows, store):
    _, row = rows(lambda: store.series("vus", ()).add(3))
    assert row == "vus,1000,3.000000" + "," * 16


def test_only_system_tags_that_are_asked_for_have_columns(rows, store):
    tags = tag_set({"url": "u", "ip": "i", "group": "g"})
    written = rows(lambda: store.series("vus", tags).add(1), system_tags=["vu", "url", "ip"])
    assert written == [
        "metric_name,timestamp,metric_value,ip,url,extra_tags,metadata",
        "vus,1000,1.000000,i,u,group=g,",
    ]


@pytest.mark.parametrize(
    ("time_format", "text"),
    [
        ("unix", "1000"),
        ("unix_milli", "1000250"),
        ("unix_micro", "1000250000"),
        ("unix_nano", "1000250000000"),
        ("rfc3339", "1970-01-01T00:16:40Z"),
        ("rfc3339_nano", "1970-01-01T00:16:40.25Z"),
    ],
)
def test_time_has_the_form_that_is_asked_for(rows, store, time_format, text):
    _, row = rows(lambda: store.series("vus", ()).add(1), {"K6_CSV_TIME_FORMAT": time_format})
    assert row.split(",")[1] == text


def test_settings_may_stand_in_the_argument(context, store, tmp_path):
    settings = f"saveInterval=2s,timeFormat=rfc3339,fileName={tmp_path}/b.csv"
    output = open_csv(settings, context({"K6_CSV_TIME_FORMAT": "unix", "K6_CSV_FILENAME": "c"}))
    store.series("vus", ()).add(1)
    output.close()
    assert "vus,1970-01-01T00:16:40Z,1.000000" in (tmp_path / "b.csv").read_text("utf-8")
