"""Tokens of one run of a server."""

from ktb_load.reference_server.tokens import Tokens


def test_token_carries_its_claims() -> None:
    tokens = Tokens()
    claims = tokens.read(tokens.issue({"sub": "me"}, 60))
    assert claims is not None
    assert claims["sub"] == "me"


def test_no_two_tokens_are_the_same() -> None:
    tokens = Tokens()
    assert tokens.issue({"sub": "me"}, 60) != tokens.issue({"sub": "me"}, 60)


def test_token_of_another_run_is_none() -> None:
    assert Tokens().read(Tokens().issue({}, 60)) is None
    assert Tokens().read("nonsense") is None


def test_token_that_ran_out_is_read_on_demand() -> None:
    tokens = Tokens()
    token = tokens.issue({"sub": "me"}, -60)
    assert tokens.read(token) is None
    assert tokens.read(token, even_expired=True)
