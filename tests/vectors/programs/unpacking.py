"""Unpacking."""


def simple():
    a, b = 1, 2
    [c, d] = "xy"
    (e,) = [5]
    return a, b, c, d, e


def nested():
    (a, (b, [c, d])), e = (1, (2, [3, 4])), 5
    return a, b, c, d, e


def stars():
    a, *b = [1, 2, 3]
    *c, d = "xyz"
    e, *f, g = range(5)
    h, *i = (1,)
    return a, b, c, d, e, f, g, h, i


def stars_are_lists():
    first, *rest = (1, 2, 3)
    rest.append(4)
    return first, rest, isinstance(rest, list)


def nested_stars():
    (a, *b), *c = [[1, 2, 3], 4, 5]
    return a, b, c


def of_everything():
    a, b = {"x": 1, "y": 2}
    c, d = range(2)
    e, f = b"\x01\x02"
    g, h = (n * 2 for n in (1, 2))
    (i, j), k = zip("ab", "cd"), 1
    l_, m = map(str, [1, 2])
    return a, b, c, d, e, f, g, h, i, j, k, l_, m


def of_emoji():
    a, b = "👍🎉"
    return a, b


def too_few():
    a, b = [1]
    return a, b


def too_many():
    a, b = [1, 2, 3]
    return a, b


def too_few_for_star():
    a, *b, c = [1]
    return a, b, c


def of_a_number():
    a, b = 5
    return a, b


def of_none():
    a, b = None
    return a, b


def to_items_and_attributes():
    d, v, o = {}, [0, 0], Holder()
    d["a"], v[1], o.x = 1, 2, 3
    d["b"], *v[:1] = "xyz"
    return d, v, o.x


class Holder:
    x = 0


def swap_items():
    v = [1, 2, 3]
    v[0], v[2] = v[2], v[0]
    i, v[i] = 1, "set"
    return v, i


def swap_in_order():
    a, b, c = 1, 2, 3
    a, b, c = b, c, a
    a, b = b, a + b
    return a, b, c


def in_loops():
    out = []
    for n, (key, *values) in enumerate([("a", 1, 2), ("b",)]):
        out.append((n, key, values))
    return out


def in_comprehensions():
    return [a + b for a, b in [(1, 2), (3, 4)]], {k: v for k, (v, _) in {"a": (1, 2)}.items()}


def in_calls():
    def f(a, b, c=0, *rest):
        return a, b, c, rest

    return f(*[1, 2]), f(1, *[2, 3, 4]), f(*"ab", *"cd"), f(*(1,), 2), f(*{"k": 1, "l": 2})


def in_literals():
    a, b = [1, 2], (3,)
    return (
        [*a, *b],
        (*a, *b),
        {*a, *b} == {1, 2, 3},
        {**{"x": 1}, "y": 2},
        [*"ab", *range(2)],
        [*a, 0, *a],
    )


def star_of_a_number():
    try:
        return [*5]
    except TypeError:
        return "a TypeError"


def returned_pairs():
    def pair():
        return 1, (2, 3)

    a, (b, c) = pair()
    return a + b + c


def ignored():
    _, b, _ = 1, 2, 3
    *_, last = "abc"
    return b, last, _


def chained():
    a, b = c, d = [1, 2]
    (e, f) = g = (5, 6)
    return a, b, c, d, e, f, g


def evaluation_order():
    log = []

    def note(x):
        log.append(x)
        return x

    v = {}
    v[note("k1")], v[note("k2")] = note("v1"), note("v2")
    return v, log


def value_first_then_target():
    log = []

    def note(x):
        log.append(x)
        return x

    v = {}
    v[note("key")] = note("value")
    return v, log


def from_iterator():
    it = iter([1, 2, 3, 4])
    a, b = next(it), next(it)
    c, d = it
    return a, b, c, d


def from_split():
    name, _, rest = "key=value=more".partition("=")
    host, port = "localhost:80".split(":")
    return name, rest, host, int(port)


def deep_swap():
    d = {"a": [1, 2]}
    d["a"][0], d["a"][1] = d["a"][1], d["a"][0]
    (d["b"], d["c"]), d["e"] = d["a"], len(d)
    return d
