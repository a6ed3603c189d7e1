"""Assignment expressions."""


def in_if():
    if (n := len("abc")) > 2:
        return n
    return "never"


def in_while():
    values, out = [1, 2, 0, 3], []
    while n := values.pop(0):
        out.append(n)
    return out, n, values


def in_comprehension_leaks():
    out = [half for n in range(6) if (half := n // 2) > 1]
    return out, half


def in_any_leaks():
    found = any((hit := n) > 2 for n in range(10))
    return found, hit


def in_condition_expression():
    return (n := 5) + n, (m if (m := 0) else "zero")


def in_calls():
    def f(a, b):
        return a, b

    return f((x := 1), x + 1), x


def in_containers():
    v = [y := 1, y + 1, (y := y * 10), y]
    d = {(k := "a"): k * 2}
    return v, d, y


def in_chains():
    return 0 < (n := 5) < 10, n, (a := 1) == 1 and (b := 2) == 2, a, b


def in_boolean():
    value = (x := 0) or (y := "other")
    return value, x, y


def in_f_string():
    return f"{(n := 3)} {n + 1}"


def in_lambda():
    f = lambda v: (w := v * 2) + w
    return f(3)


def nested():
    a = (b := (c := 1) + 1) + 1
    return a, b, c


def in_dict_comprehension():
    return {k: (last := k * 2) for k in range(3)}, last


def sum_so_far():
    total = 0
    return [total := total + n for n in [1, 2, 3]], total


def in_elif():
    text = "room-12"
    if text.startswith("x"):
        return "x"
    elif (at := text.find("-")) >= 0:
        return text[:at], int(text[at + 1 :])
    return None


def in_function_of_function():
    def f():
        if (n := 3) > 2:
            return n
        return 0

    n = 1
    return f(), n


def in_slice_and_index():
    v = [1, 2, 3, 4]
    return v[(i := 1) :], v[i], v[: (j := 2)], j


def in_return():
    def f():
        return (n := 4)

    return f()


def in_assert_and_raise():
    assert (n := 2) == 2
    try:
        raise ValueError(m := "text")
    except ValueError as error:
        return n, m, str(error)


def in_nested_comprehension():
    rows = [[(cell := a * b) for a in range(2)] for b in range(3)]
    return rows, cell
