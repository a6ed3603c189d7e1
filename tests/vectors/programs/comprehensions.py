"""Comprehensions: scopes, nesting, order."""


def the_first_iterable_is_outside():
    x = [1, 2]
    return [x for x in x], x


def inner_iterables_are_inside():
    xs = [[1, 2], [3]]
    return [x for xs in xs for x in xs], xs


def variables_do_not_leak():
    n = "kept"
    a = [n for n in range(3)]
    b = {n: n for n in range(2)}
    c = {n for n in range(1)}
    d = sum(n for n in range(4))
    return n, a, b, c, d


def conditions():
    return [n for n in range(20) if n % 2 if n % 3], [n if n else "zero" for n in range(3)]


def nested_lists():
    return [[a * b for a in range(3)] for b in range(3)], [[] for _ in range(2)]


def several_loops():
    return [(a, b) for a in range(3) if a for b in range(a) if b != 1]


def dependent_loops():
    return [c for word in ["ab", "", "c"] for c in word], [
        (i, c) for i, w in enumerate(["xy", "z"]) for c in w
    ]


def transposed():
    rows = [[1, 2, 3], [4, 5, 6]]
    return [[row[i] for row in rows] for i in range(3)], [list(column) for column in zip(*rows)]


def dicts():
    d = {"a": 1, "b": 2}
    return (
        {v: k for k, v in d.items()},
        {k: {k: v} for k, v in d.items() if v > 1},
        {n % 2: n for n in range(5)},
    )


def sets():
    return (
        {n % 3 for n in range(10)} == {0, 1, 2},
        sorted({c for c in "hello"}),
        len({(n, n) for n in [1, 1.0, True]}),
    )


def unpacking():
    return (
        [a + b for a, b in [(1, 2), (3, 4)]],
        [rest for _, *rest in ["abc", "d"]],
        [x for (x,) in [(1,), (2,)]],
    )


def captured():
    base = 10

    def f():
        return [base + n for n in range(2)]

    base = 20
    return f()


def with_functions():
    def square(n):
        return n * n

    return (
        [square(n) for n in range(4)],
        {n: square(n) for n in range(2)},
        [square(square(n)) for n in (2,)],
    )


def with_booleans():
    return (
        [a or b for a in (0, 1) for b in ("x", "")],
        [a and b for a in (0, 1) for b in (2,)],
        [not a for a in (0, 1)],
    )


def with_chains():
    return [n for n in range(10) if 2 < n <= 5], [0 <= n < 2 for n in range(-1, 3)]


def order_of_evaluation():
    log = []

    def note(tag, value):
        log.append(tag)
        return value

    result = [
        note("e", a + b) for a in note("o", [1, 2]) if note("c", True) for b in note("i", [3])
    ]
    return result, log


def order_in_dicts():
    log = []

    def note(value):
        log.append(value)
        return value

    return {note(k): note(v) for k, v in [("a", 1), ("b", 2)]}, log


def errors_inside():
    return [1 // n for n in (2, 1, 0)]


def error_caught_outside():
    done = []
    try:
        [done.append(10 // n) for n in (5, 0, 2)]
    except ZeroDivisionError as error:
        return done, str(error)


def lambdas():
    functions = [lambda x, n=n: x * n for n in range(3)]
    return [f(2) for f in functions]


def nested_with_the_same_name():
    return [[x for x in range(x)] for x in range(4)]


def three_levels():
    return [[[a + b + c for c in "c"] for b in "b"] for a in "a"]


def over_strings_and_bytes():
    return [c.upper() for c in "a👍"], [b for b in b"ab"], {c: "abc".index(c) for c in "abc"}


def in_conditions():
    values = [3, 4]
    return "yes" if [v for v in values if v > 3] else "no", bool([v for v in values if v > 9])


def in_f_strings():
    return f"{[n for n in range(3)]} {sum(n for n in range(3))} { {n: n for n in range(2)} }"


def in_calls():
    return (
        max([len(w) for w in ["a", "bcd"]]),
        ",".join([str(n) for n in range(3)]),
        sorted([-n for n in range(3)]),
    )


def in_arguments_with_stars():
    return max(*[n for n in range(3)]), [*[n for n in range(2)], *(n for n in range(2))]


def as_targets():
    a, b = [n * 2 for n in (1, 2)]
    (c, d), *rest = [(n, -n) for n in range(3)]
    return a, b, c, d, rest


def slices_and_items():
    d = {"rows": [[1, 2], [3, 4]]}
    return [row[-1] for row in d["rows"]], [n for row in d["rows"][1:] for n in row[:1]]


def flattening():
    nested = [[1, [2]], [3, [4]]]
    return [x for pair in nested for x in pair if not isinstance(x, list)], [
        y for _, (y,) in nested
    ]


def grouping():
    words = ["apple", "avocado", "bean", "cherry", "cucumber"]
    return {first: [w for w in words if w[0] == first] for first in sorted({w[0] for w in words})}


def matrix_product():
    a, b = [[1, 2], [3, 4]], [[5, 6], [7, 8]]
    return [[sum(x * y for x, y in zip(row, column)) for column in zip(*b)] for row in a]


def pythagoras():
    return [
        (a, b, c)
        for c in range(1, 21)
        for b in range(1, c)
        for a in range(1, b)
        if a * a + b * b == c * c
    ]


class Rooms:
    def __init__(self):
        self.names = ["a", "b"]
        self.size = 2

    def all(self):
        return [f"{name}{self.size}" for name in self.names if self.fits(name)]

    def fits(self, name):
        return name in {n for n in self.names}


def in_methods():
    return Rooms().all()
