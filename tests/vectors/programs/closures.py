"""Functions inside of functions."""


def counter():
    count = 0

    def up():
        nonlocal count
        count += 1
        return count

    return [up(), up(), up()], count


def two_counters_are_separate():
    def make(start):
        value = start

        def up(by=1):
            nonlocal value
            value += by
            return value

        return up

    a, b = make(0), make(10)
    return a(), a(), b(), a(5), b(by=2)


def late_binding():
    x = 1

    def f():
        return x

    x = 2
    return f()


def parameters_are_captured():
    def adder(n):
        return lambda x: x + n

    return adder(1)(2), adder(10)(20), [f(1) for f in [adder(n) for n in range(3)]]


def loops_share_the_variable():
    functions = []
    for n in range(3):

        def f():
            return n

        functions.append(f)
    return [f() for f in functions], n


def comprehension_lambdas_share():
    return [f() for f in [lambda: n for n in range(3)]]


def nonlocal_through_two_levels():
    log = ["start"]
    depth = 0

    def middle():
        def inner():
            nonlocal depth
            depth += 1
            log.append(depth)

        inner()
        inner()

    middle()
    return depth, log


def inner_assignment_is_local():
    x = "outer"

    def f():
        x = "inner"
        return x

    return f(), x


def inner_shadows_parameter():
    def f(x):
        def g(x):
            return x + 1

        return g(x * 2), x

    return f(5)


def mutual_recursion():
    def even(n):
        return True if n == 0 else odd(n - 1)

    def odd(n):
        return False if n == 0 else even(n - 1)

    return even(10), odd(7), even(3)


def recursion():
    def fib(n):
        return n if n < 2 else fib(n - 1) + fib(n - 2)

    return [fib(n) for n in range(12)]


def functions_in_dicts():
    operations = {"add": lambda a, b: a + b, "mul": lambda a, b: a * b}
    return [operations[name](3, 4) for name in operations]


def functions_as_arguments():
    def twice(f, x):
        return f(f(x))

    return twice(lambda x: x * 2, 3), twice(str.upper, "a"), twice(lambda x: [x], 1)


def composition():
    def compose(*functions):
        def run(x):
            for f in functions:
                x = f(x)
            return x

        return run

    return compose(lambda x: x + 1, lambda x: x * 10, str)(4)


def memo():
    seen = {}

    def fib(n):
        if n not in seen:
            seen[n] = n if n < 2 else fib(n - 1) + fib(n - 2)
        return seen[n]

    return fib(80), len(seen)


def function_redefined():
    def f():
        return 1

    g = f

    def f():
        return 2

    return f(), g()


def conditional_definition():
    result = []
    for flag in (True, False):
        if flag:

            def f():
                return "yes"

        else:

            def f():
                return "no"

        result.append(f())
    return result


def function_without_return():
    def f(x):
        x + 1

    def g(x):
        if x:
            return 1

    return f(1), g(0), g(1)


def early_returns():
    def sign(n):
        if n < 0:
            return "-"
        if n == 0:
            return "0"
        return "+"

    return [sign(n) for n in (-1, 0, 1)]


def accumulators():
    def accumulator():
        values = []

        def add(value):
            values.append(value)
            return sum(values)

        return add

    add = accumulator()
    return add(1), add(2), add(3.5)


def lambdas_in_conditions():
    f = (lambda: 1) if [] else (lambda: 2)
    g = None or (lambda: 3)
    return f(), g()


def nested_lambdas():
    return (lambda x: lambda y: lambda z: (x, y, z))(1)(2)(3)


def closure_over_loop_with_helper():
    def make(n):
        def f():
            return n

        return f

    return [f() for f in [make(n) for n in range(3)]]


def nonlocal_swap():
    a, b = 1, 2

    def swap():
        nonlocal a, b
        a, b = b, a

    swap()
    first = (a, b)
    swap()
    return first, a, b


def callbacks():
    handlers = {}

    def on(name, handler):
        handlers.setdefault(name, []).append(handler)

    def emit(name, *values):
        return [handler(*values) for handler in handlers.get(name, [])]

    on("x", lambda a: a + 1)
    on("x", lambda a: a * 2)
    on("y", lambda a, b: (a, b))
    return emit("x", 5), emit("y", 1, 2), emit("z")


def captured_exception_text():
    texts = []
    for value in ("a", "b"):
        try:
            raise ValueError(value)
        except ValueError as error:
            text = str(error)
            texts.append(lambda: text)
    return [f() for f in texts]


def calling_the_result():
    def f():
        return [lambda: {"k": lambda x: x * 2}]

    return f()[0]()["k"](21)


def not_callable():
    x = 1
    return x()


def nonlocal_in_loop():
    total = 0

    def add(n):
        nonlocal total
        total += n
        return total

    return [add(n) for n in range(5)], total


def augmented_closure_list():
    values = [1]

    def grow():
        nonlocal values
        values += [len(values) + 1]
        values = values + [0]
        return values

    kept = values
    grow()
    return kept, values
