"""Finding systems by the names of their files."""

import pytest

from ktb_load.reference_server import system


def test_all_systems_are_found_by_name() -> None:
    expected = ["erlang-chat", "ktb-chat", "login-notify", "meeting", "nest-chat"]
    assert system.names() == expected


@pytest.mark.parametrize("name", system.names())
def test_system_says_all_there_is_to_know(name: str) -> None:
    found = system.load(name)
    assert found.ports
    assert len(set(found.actions)) == len(found.actions) > 0
    assert len(set(found.pushes)) == len(found.pushes) > 0
