import pytest

from ktb_load.chat.rooms import room_name, seat_of


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        pytest.param((3,), [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)], id="rooms of three"),
        pytest.param((1,), [(0, 0), (1, 0), (2, 0)], id="everybody alone"),
        pytest.param(
            (4, 2),
            [(0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 0), (2, 1), (2, 2), (2, 3), (3, 0)],
            id="two, three, four, and round again",
        ),
    ],
)
def test_where_people_sit(sizes, expected):
    assert [seat_of(vu_id, *sizes) for vu_id in range(1, len(expected) + 1)] == expected


def test_rooms_of_a_run_have_names_that_all_know():
    assert room_name("ab12", 0) == "room ab12 1"
