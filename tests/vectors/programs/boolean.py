"""Truth, short circuits and comparisons."""


def _noting():
    log = []

    def note(value):
        log.append(value)
        return value

    return log, note


def or_gives_values():
    return 0 or "", "" or 0, None or [] or {}, 1 or 2, 0 or None, [] or "x"


def and_gives_values():
    return 0 and 1, 1 and 0, 1 and 2 and 3, "a" and [], [] and "a", None and 1


def mixed():
    return (
        0 or 1 and 2,
        (0 or 1) and 2,
        1 and 0 or 3,
        not 0 and 5,
        not (0 or 1),
        0 and 1 or [] and 2 or "end",
    )


def short_circuit_of_or():
    log, note = _noting()
    result = note(0) or note("x") or note("never")
    return result, log


def short_circuit_of_and():
    log, note = _noting()
    result = note(1) and note([]) and note("never")
    return result, log


def short_circuit_in_conditions():
    log, note = _noting()
    if note(0) and note("never"):
        log.append("no")
    elif note(1) or note("never"):
        log.append("yes")
    return log


def conditional_expressions_are_lazy():
    log, note = _noting()
    result = note(1) if note(True) else note(2)
    other = note(3) if note("") else note(4)
    return result, other, log


def nested_conditionals():
    return [("a" if n < 1 else "b" if n < 2 else "c") for n in range(3)], (1 if 0 else 2) + (
        3 if 1 else 4
    )


def chains_evaluate_once():
    log, note = _noting()
    result = note(1) < note(2) < note(3)
    return result, log


def chains_stop_early():
    log, note = _noting()
    result = note(5) < note(2) < note(3)
    return result, log


def long_chains():
    a, b, c = 1, 2, 2
    return a < b <= c == 2 != 3, a < b > c, a == a == a, 1 < 2 > 1 < 3, 3 > 2 > 1 > 1


def chains_of_in_and_is():
    x = None
    return (
        1 in [1] in [[1]],
        x is None is None,
        1 < 2 in [2, 3],
        "a" in "ab" in ["ab"],
        1 == 1 in [1],
    )


def chains_in_conditions():
    out = []
    for n in range(6):
        if 1 < n < 4:
            out.append(n)
    while 0 <= len(out) < 4:
        out.append("x")
    return out


def truth_of_everything():
    values = [
        0,
        1,
        0.0,
        0.5,
        "",
        "a",
        [],
        [0],
        {},
        {0: 0},
        (),
        (0,),
        set(),
        {0},
        None,
        b"",
        b"a",
        range(0),
        range(1),
    ]
    return [bool(v) for v in values], [not v for v in values], [1 if v else 0 for v in values]


def truth_of_functions_and_objects():
    return (
        bool(len),
        bool(lambda: 0),
        bool(Empty()),
        bool(Sized(0)),
        bool(Sized(2)),
        bool(Decided(False)),
        bool(Plain),
    )


class Plain:
    pass


class Empty:
    pass


class Sized:
    def __init__(self, size):
        self.size = size

    def __len__(self):
        return self.size


class Decided:
    def __init__(self, value):
        self.value = value

    def __bool__(self):
        return self.value


def equality_of_containers():
    return (
        [1, [2]] == [1, [2]],
        {"a": [1]} == {"a": [1]},
        (1, 2) == [1, 2],
        {1, 2} == {2, 1},
        [1.0] == [1],
        [1] != [1],
    )


def equality_of_dicts_ignores_order():
    return (
        {"a": 1, "b": 2} == {"b": 2, "a": 1},
        {"a": 1} == {"a": 1, "b": 2},
        {1: "x"} == {1.0: "x"},
        {} == [],
    )


def equality_of_kinds():
    return (
        1 == "1",
        0 == False,
        0 == None,
        "" == 0,
        [] == False,
        None == False,
        True == 1,
        True == 2,
        "a" == ["a"],
    )


def identity():
    a, b = [1], [1]
    c = a
    return a is b, a is c, a is not b, None is None, a == b, (a is None) is False


def membership():
    return (
        1 in [1, 2],
        1.0 in [1],
        [1] in [[1]],
        "a" in {"a": 1},
        1 in {"a": 1},
        (1,) in {(1,)},
        None in [None],
        True in [1],
    )


def membership_looks_at_the_item_first():
    log, note = _noting()
    return note(1) in note([1]), note(2) not in note([2]), log


def constant_conditions():
    out = []
    if not True:
        for n in range(3):
            if False:
                break
            out.append(n)
        else:
            out.append("else")
    elif 3 > 2:
        out.append("yes")
    while True:
        if True:
            break
    return out, 1 if True else 2


def not_in():
    return 3 not in [1], not 3 in [1], "a" not in "abc", not ("a" in "abc")


def ordering_of_sequences():
    return (
        [1, 2] < [1, 3],
        [1] < [1, 0],
        (1, "a") < (1, "b"),
        [] < [0],
        (2,) > (1, 9),
        [[1], 2] < [[1], 3],
        "a" < "b",
    )


def ordering_of_mixed_kinds():
    return 1 < "a"


def ordering_of_dicts():
    return {} < {}


def ordering_of_none():
    return None > 1


def ordering_inside_lists():
    return [1, "a"] < [1, 2]


def any_and_all():
    return (
        any([]),
        all([]),
        any([0, 1]),
        all([1, 0]),
        any(n > 2 for n in range(4)),
        all(c.isdigit() for c in "12"),
        any({0: 1}),
    )


def any_stops_early():
    log, note = _noting()
    return any(note(n) for n in (0, 0, 2, 3)), log


def all_stops_early():
    log, note = _noting()
    return all(note(n) for n in (1, 0, 2)), log


def booleans_as_numbers_and_keys():
    return (
        True + 1,
        [10, 20][True],
        {True: "t"}[1],
        sum(n > 1 for n in range(5)),
        str(True),
        f"{False}",
        True & False,
        True ^ True,
    )


def not_binds_loosely():
    return not 1 == 2, (not 1) == 2, not 1 in [2], not None, not not "a", not [] or 5


def walrus_in_and():
    return (n := 5) > 3 and n < 10, n


def defaults_with_or():
    def f(x=None):
        return x or "default"

    return f(), f(0), f("given"), f([]), f([0])


def comparison_results_in_arithmetic():
    return (
        (1 < 2) + (2 < 3),
        (1 < 2) * 5,
        [1, 2][2 > 1],
        -(3 > 2),
        (1 == 1) is True,
        ("a" in "b") is False,
    )


def boolean_operators_are_not_bitwise():
    return 5 and 6, 5 & 6, 4 or 2, 4 | 2, True and 7, True & 7, False or 0.0
