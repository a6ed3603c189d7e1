"""Our summaries of the samples that k6 emitted, held against what k6 printed for them."""

from pathlib import Path
from types import ModuleType

import pytest

from ktb_load.outputs.summary_data import summary_data

CASES = sorted((Path(__file__).parent / "cases").glob("*.json"))
OWN_SECTION = "chat-as-custom"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_text_is_that_of_k6_byte_for_byte(case: Path, capture: ModuleType) -> None:
    kept = capture.read_capture(case)
    expected = kept.text
    if case.stem == OWN_SECTION:  # k6 knows no chat metrics; everything else must be the same
        expected = expected.replace("    CUSTOM\n", "    CHAT\n")
        assert expected != kept.text
    assert capture.our_text(kept) == expected


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_data_are_those_of_k6_to_the_last_digit(case: Path, capture: ModuleType) -> None:
    kept = capture.read_capture(case)
    assert summary_data(capture.replayed(kept)) == kept.data


def test_cases_show_every_form_that_the_text_has() -> None:
    shown = "".join(path.read_text("utf-8") for path in CASES[0].parents[1].glob("captured/*.txt"))
    forms = ("THRESHOLDS", "TOTAL RESULTS", "█ GROUP: ", "↳ GROUP: ", "█ SCENARIO: ", "CUSTOM")
    sections = ("HTTP", "EXECUTION", "NETWORK", "BROWSER", "WEB_VITALS", "GRPC", "WEBSOCKET")
    assert [form for form in (*forms, *sections) if form not in shown] == []
