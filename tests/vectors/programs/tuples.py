"""Tuples."""


def literals():
    return (), (1,), (1, 2), ((),), 1, (1, (2, 3)), tuple("ab"), tuple([1]), tuple()


def indexing():
    t = (1, 2, 3)
    return t[0], t[-1], t[1:], t[::-1], len(t), 2 in t, t.index(3), t.count(1)


def joining():
    return (1,) + (2,), (1, 2) * 2, () + (), 2 * (0,), (*(1, 2), 3), (*"ab",)


def joining_with_list():
    return (1,) + [2]


def comparing():
    return (
        (1, 2) < (1, 3),
        (1,) < (1, 0),
        (1, 2) == (1, 2),
        (1, 2) == (1.0, 2),
        () < (1,),
        (2,) > (1, 5),
        (1, "a") != (1, "b"),
    )


def as_keys():
    grid = {(x, y): x * y for x in range(3) for y in range(2)}
    return grid[2, 1], grid[(1, 1)], (0, 5) in grid, sum(grid.values())


def returned():
    def bounds(values):
        return min(values), max(values)

    low, high = bounds([3, 1, 2])
    return low, high, bounds("abc"), bounds([0.5])[0]


def swapped():
    a, b, c = 1, 2, 3
    a, b, c = c, a, b
    return a, b, c


def sorted_and_reversed():
    return (
        sorted((3, 1, 2)),
        tuple(reversed((1, 2))),
        tuple(sorted("ba")),
        sorted([(2, "a"), (1, "b"), (1, "a")]),
    )


def nested():
    t = ((1, (2, [3])), "x")
    t[0][1][1].append(4)
    return t, t[0][1][1][0]


def shown():
    return str(()), str((1,)), str((1, 2)), repr(("a", None)), f"{(1,)}", f"{(1.0, [])}"


def truth():
    return bool(()), bool((0,)), not (), () or "empty", (0,) and "full"


def in_lists():
    return (1, 2) in [(1, 2)], [1, 2] in [(1, 2)], (1,) == [1], [(1, "a")] == [(1, "a")]


def isinstance_of_tuple():
    return (
        isinstance((), tuple),
        isinstance([], tuple),
        isinstance((1,), list),
        isinstance((), (list, tuple)),
    )


def aggregates():
    return (
        sum((1, 2)),
        max((1, 5), (1, 3)),
        min((2, "a"), (2, "b")),
        sum(((1,), (2,)), ()),
        any((0, 1)),
        len(((),)),
    )


def augmented():
    t = (1,)
    s = t
    t += (2,)
    t *= 2
    return t, s


def constant_in_loop():
    out = []
    for name, (low, high) in (("a", (1, 2)), ("b", (3, 4))):
        out.append(f"{name}{low}-{high}")
    return out


def missing_item():
    return (1, 2).index(3)


def deleting_an_item():
    t = (1,)
    del t[0]
    return t


def conversions():
    return (
        list((1, 2)),
        tuple({"a": 1}),
        tuple(range(3)),
        set((1, 1)),
        dict((("a", 1),)),
        tuple(enumerate("a")),
    )


def mapped():
    return (
        tuple(n * 2 for n in (1, 2)),
        tuple(map(str, (1, 2))),
        tuple(zip((1, 2), "ab")),
        tuple(filter(None, (0, 1, "", "a"))),
    )


def call_with_tuple():
    def f(a, b):
        return a - b

    pair = (5, 3)
    return f(*pair), max(*pair), "{}-{}".format(*pair), "%d/%d" % pair
