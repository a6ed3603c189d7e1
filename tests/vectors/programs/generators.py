"""Generator expressions: lazy, used up once."""


def in_calls():
    return (
        sum(n for n in range(5)),
        max(n * n for n in (1, -3)),
        min(len(w) for w in ["ab", "c"]),
        sorted(-n for n in range(3)),
    )


def in_constructors():
    return (
        list(n for n in "ab"),
        tuple(n for n in "ab"),
        sorted(set(n % 2 for n in range(5))),
        dict((k, 1) for k in "ab"),
    )


def in_join():
    return (
        ",".join(str(n) for n in range(3)),
        "".join(c.upper() for c in "방a"),
        "-".join(w for w in ["a", "", "b"] if w),
    )


def any_is_lazy():
    log = []

    def note(n):
        log.append(n)
        return n

    return any(note(n) > 1 for n in range(10)), all(note(n) < 1 for n in range(10)), log


def next_takes_the_first():
    log = []

    def note(n):
        log.append(n)
        return n

    return next(n for n in range(10) if note(n) > 2), next((n for n in [] if n), "none"), log


def next_without_any():
    return next(n for n in [1] if n > 5)


def used_up_once():
    g = (n for n in range(3))
    return list(g), list(g), sum(g)


def partly_used():
    g = (n * 10 for n in range(5))
    first = next(g)
    second = next(g)
    return first, second, list(g)


def in_loops():
    out = []
    for n in (m * 2 for m in range(3)):
        out.append(n)
    return out


def loop_broken_then_continued():
    g = (n for n in range(5))
    for n in g:
        if n == 1:
            break
    return list(g)


def the_first_iterable_is_evaluated_at_once():
    values = [1, 2]
    g = (v for v in values)
    values = ["x"]
    return list(g)


def the_rest_is_evaluated_later():
    factor = 2
    g = (n * factor for n in [1, 2])
    factor = 10
    return list(g)


def growing_list_is_seen():
    values = [1]
    g = (v for v in values)
    values.append(2)
    return list(g)


def errors_come_when_reached():
    g = (1 // n for n in (1, 0))
    first = next(g)
    try:
        next(g)
    except ZeroDivisionError as error:
        return first, str(error)


def any_stops_before_the_error():
    return any(1 // n for n in (1, 0)), all(n and 1 // n for n in (0, 0))


def nested():
    return sum(sum(n for n in range(m)) for m in range(4)), list(
        (a, b) for a in "ab" for b in range(2)
    )


def chained():
    evens = (n for n in range(10) if n % 2 == 0)
    squares = (n * n for n in evens)
    return sum(squares), list(evens)


def zipped_with_itself():
    g = (n for n in range(6))
    return list(zip(g, g)), list(enumerate(c for c in "ab"))


def stars():
    return [*(n for n in range(2))], max(*(n for n in (1, 2))), (*(n for n in "a"),)


def unpacked():
    a, b = (n + 1 for n in range(2))
    first, *rest = (n for n in "xyz")
    return a, b, first, rest


def membership_uses_it_up():
    g = (n for n in range(5))
    return 2 in g, list(g)


def truth():
    g = (n for n in [])
    return bool(g), list(g)


def passed_to_functions():
    def total(values, start=0):
        for v in values:
            start += v
        return start

    return (
        total(n for n in range(4)),
        total((n for n in range(4)), 10),
        total(start=1, values=(n for n in (1,))),
    )


def map_and_filter_are_lazy():
    log = []

    def note(n):
        log.append(n)
        return n % 2

    f = filter(note, [1, 2, 3])
    first = next(f)
    m = map(lambda a, b: a + b, [1, 2, 3], [10, 20])
    return first, log, list(m), list(f), log


def captured_variables():
    functions = [lambda: n for n in range(2)]
    g = [f() for f in (lambda: m for m in range(3))]
    return [f() for f in functions], g


def conditions_and_conversions():
    words = ["apple", "kiwi", "fig"]
    return {w: n for n, w in enumerate(w.upper() for w in words if len(w) > 3)}, sum(
        len(w) > 3 for w in words
    )


def max_with_key():
    return (
        max((w for w in ["aa", "b"]), key=len),
        min((n for n in []), default=0),
        sorted((n for n in [2, 1]), reverse=True),
    )


def extends_lists():
    v = [0]
    v.extend(n for n in range(2))
    v += (n for n in "x")
    v[:1] = (n for n in [7, 8])
    return v


def name_of_the_iterable():
    x = [1, 2]
    return list(x for x in x), x
