"""Parameters: defaults, keyword-only ones, stars."""


def _add(a, b=2, c=3):
    return a, b, c


def _only(a, *, key, other="o"):
    return a, key, other


def _rest(first, *rest):
    return first, rest


def _rest_and_only(first, *rest, sep=", ", end="."):
    return sep.join([str(first), *map(str, rest)]) + end


LIMIT = 10


def _with_constant(n=LIMIT, name="x", pair=(1, 2), none=None, negative=-1, yes=True):
    return n, name, pair, none, negative, yes


def defaults_in_order():
    return (
        _add(1),
        _add(1, 5),
        _add(1, 5, 6),
        _add(1, c=9),
        _add(1, b=7),
        _add(a=0),
        _add(c=1, a=2, b=3),
    )


def none_is_a_value():
    return _add(None, None), _add(1, b=None), _add(1, c=False)


def keyword_only():
    return _only(1, key=2), _only(1, other=3, key=4), _only(a=5, key=6)


def rest():
    return _rest(1), _rest(1, 2, 3), _rest("a", *"bc"), _rest(*[1, 2])


def rest_and_keywords():
    return (
        _rest_and_only(1),
        _rest_and_only(1, 2, 3),
        _rest_and_only(1, 2, sep="-"),
        _rest_and_only("a", end="!", sep=""),
    )


def rest_is_a_tuple():
    def f(*values):
        return values, len(values), values == (1, 2), values + (3,)

    return f(1, 2), f()


def stars_in_calls():
    values = [2, 3]
    return (
        _add(1, *values),
        _add(*[1, 2, 3]),
        _add(*(7,)),
        _rest(*range(3), *"ab", 9),
        _add(*{"k": 1}),
    )


def constants_as_defaults():
    return _with_constant(), _with_constant(1, negative=5), _with_constant(yes=False, n=0)


def names_are_evaluated_once():
    limit = 1

    def f(n=limit):
        return n

    limit = 5
    return f(), limit, f(7)


def lambdas_keep_defaults():
    functions = [lambda x, n=n: x + n for n in range(3)]
    return [f(10) for f in functions], functions[0](1, 2)


def functions_keep_defaults():
    functions = []
    for n in range(3):

        def f(x, kept=n):
            return x * kept

        functions.append(f)
    return [f(5) for f in functions]


def expressions_as_defaults():
    seen = []

    def note(x):
        seen.append(x)
        return x

    base = 3

    def f(a, b=base + 1, c=base * 2):
        return a + b + c

    base = 100
    note(f(1))
    note(f(1, 1, 1))
    return seen


def attribute_as_default():
    o = Holder()

    def f(n=o.value):
        return n

    o.value = 9
    return f(), o.value


class Holder:
    value = 4

    def method(self, a, b=2, *, c=3):
        return a, b, c

    def star(self, *values, joined="-"):
        return joined.join(values)

    @staticmethod
    def fixed(a, b=1):
        return a, b

    @classmethod
    def of(cls, a, *, b=1):
        return a, b, cls.value


def methods():
    h = Holder()
    return h.method(1), h.method(1, c=5), h.method(1, 7), h.method(b=0, a=9), h.method(*[1, 2])


def methods_with_stars():
    h = Holder()
    return h.star("a", "b"), h.star("a", "b", joined="+"), h.star(), h.star(*"xyz", joined="")


def static_and_class_methods():
    h = Holder()
    return (
        Holder.fixed(1),
        h.fixed(1, b=3),
        Holder.fixed(b=2, a=5),
        Holder.of(1),
        h.of(1, b=4),
        Holder.of(a=2, b=3),
    )


def default_uses_earlier_name_outside():
    a = "outer"

    def f(b=a, a="inner"):
        return a, b

    return f(), f("x")


def lambda_parameters():
    return (
        (lambda a, b=2: (a, b))(1),
        (lambda *v: v)(1, 2),
        (lambda a, *v: (a, v))(1),
        (lambda: None)(),
    )


def lambda_with_keywords():
    f = lambda a, b=2: (a, b)
    return f(1, b=5), f(b=1, a=0), f(3)


def function_as_value_with_keywords():
    def f(a, b=2, *, c=3):
        return a, b, c

    g = f
    return g(1), g(1, c=5), g(b=1, a=0), g(*[1], c=2)


def functions_passed_along():
    def apply(f, *values, by=1):
        return [f(v, by) for v in values]

    return apply(lambda a, b: a * b, 1, 2, 3, by=2), apply(max, 1, 2), apply(pow, 2, 3, by=3)


def keywords_are_evaluated_as_written():
    log = []

    def note(x):
        log.append(x)
        return x

    result = _add(c=note(3), a=note(1), b=note(2))
    return result, log


def recursion_with_defaults():
    def total(values, at=0, so_far=0):
        if at == len(values):
            return so_far
        return total(values, at + 1, so_far=so_far + values[at])

    return total([1, 2, 3])


def inner_default_hides_nothing():
    def outer(n=1):
        def inner(n=n + 1):
            return n

        return inner(), inner(10), n

    return outer(), outer(5)


def none_as_default_list():
    def f(item, items=None):
        if items is None:
            items = []
        items.append(item)
        return items

    return f(1), f(2), f(3, [0])


def many_parameters():
    def f(a, b, c, d=4, e=5, *rest, g=7, h=8):
        return a, b, c, d, e, rest, g, h

    return f(1, 2, 3), f(1, 2, 3, 4, 5, 6, 7), f(1, 2, 3, h=0), f(*range(8), g="g")


def positional_only():
    def f(a, /, b=2):
        return a, b

    return f(1), f(1, b=3), f(1, 4)
