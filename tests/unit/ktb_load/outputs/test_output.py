from ktb_load.outputs.output import CannotOpen, Once


def test_only_the_first_complaint_is_heard(said):
    complain = Once(said.append)
    complain("one")
    complain("two")
    assert said == ["one"]


def test_refusal_says_what_is_wrong():
    assert str(CannotOpen("wrong", "right")) == "wrong"
