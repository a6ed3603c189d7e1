from ktb_load.reference_server.systems.ktb_chat.sessions import Sessions


def test_login_ends_the_earlier_session() -> None:
    sessions = Sessions()
    first = sessions.open("user")
    second = sessions.open("user")
    assert not sessions.lives("user", first)
    assert sessions.lives("user", second)


def test_session_lives_half_an_hour_after_it_was_last_asked_about() -> None:
    now = [0.0]
    sessions = Sessions(lambda: now[0])
    session = sessions.open("user")
    for minutes, lives in ((29, True), (58, True), (89, False)):
        now[0] = minutes * 60.0
        assert sessions.lives("user", session) is lives


def test_nobody_has_the_empty_session() -> None:
    assert not Sessions().lives("user", "")
