"""Which name is meant: locals, functions of the module, builtins."""

count = 10
items = [1, 2]


def total(values=()):
    return sum(values) + count


def _helper(n):
    return n + count


def local_hides_builtin():
    list = [1]
    str = "s"
    len = 3
    return list + [len], str


def local_function_hides_builtin():
    def sum(values):
        return "own sum"

    return sum([1]), max([1, 2])


def parameter_hides_builtin():
    def f(id, type, max=5, input=None):
        return id, type, max, input

    return f(1, 2), f(type=1, id=2), f(1, 2, max=3)


def parameter_hides_function():
    def f(_helper):
        return _helper(1)

    return f(lambda n: n * 100), _helper(1)


def local_hides_function_of_the_module():
    total = 5
    return total + 1


def local_hides_constant():
    count = 1
    return count + _helper(0)


def loop_variable_hides_builtin():
    out = []
    for max in [1, 2]:
        out.append(max)
    for dict in out:
        pass
    return out, max, dict


def comprehension_hides_only_inside():
    values = [len for len in (1, 2)]
    return values, len(values), [sum for sum in [sum([1, 2])]]


def lambda_hides_builtin():
    return (lambda len: len + 1)(1), len("ab"), (lambda print=3: print)()


def function_uses_later_function():
    return _later(2)


def _later(n):
    return n * count


def constants_are_shared():
    return items, count, total(items), [count for _ in items]


def inner_function_hides_outer():
    def f():
        return "outer"

    def g():
        def f():
            return "inner"

        return f()

    return f(), g()


def exception_name_hides_builtin():
    ValueError_ = ValueError
    try:
        raise ValueError("x")
    except ValueError_ as sum:
        text = str(sum)
    return text


def builtin_as_a_value():
    f = len
    functions = {"max": max, "str": str}
    return (
        f("abc"),
        functions["max"](1, 2),
        [g(1.5) for g in (int, str, float, bool)],
        list(map(len, ["a", "bc"])),
    )


def method_names_are_no_names():
    append = 5
    values = []
    values.append(append)
    return values


def class_hidden_by_local():
    Thing = "text"
    return Thing, _make().name


class Thing:
    name = "thing"
    count = 99

    def get(self):
        return count + self.count

    def total(self, total):
        return total

    def module_total(self):
        return total([1])


def _make():
    return Thing()


def methods_see_the_module():
    t = Thing()
    return t.get(), t.total(5), t.module_total()


def with_variable_hides():
    out = []
    for str in ["a"]:
        out.append(str)
    return out


def import_inside():
    import json
    import math

    return math.floor(2.5), json.dumps([1])


def import_hidden_by_local():
    math = {"pi": 3}
    return math["pi"], math.get("x", 1)


def unused_local_function():
    def never():
        raise ValueError("never called")

    return "fine"


def same_names_in_two_functions():
    def a():
        x = 1

        def inner():
            return x

        return inner

    def b():
        x = 2

        def inner():
            return x

        return inner

    return a()(), b()()


def assigned_in_branches():
    out = []
    for flag in (True, False):
        if flag:
            name = "yes"
        else:
            name = "no"
        out.append(name)
    return out


def assigned_in_try_and_with():
    try:
        value = int("5")
    except ValueError:
        value = None
    while True:
        inner = value
        break
    return value, inner
