"""while, for, else, break, continue."""


def while_else_with_break():
    n, log = 0, []
    while n < 5:
        n += 1
        if n == 3:
            break
        log.append(n)
    else:
        log.append("else")
    return log, n


def while_else_without_break():
    n, log = 0, []
    while n < 2:
        n += 1
    else:
        log.append("else")
    return log, n


def for_else_over_nothing():
    log = []
    for _ in []:
        log.append("never")
    else:
        log.append("else")
    return log


def continue_and_else():
    log = []
    for n in range(4):
        if n % 2:
            continue
        log.append(n)
    else:
        log.append("else")
    return log


def break_of_the_outer_loop_in_an_inner_else():
    log = []
    for a in range(4):
        for b in range(3):
            if a == 2:
                break
            log.append((a, b))
        else:
            if a == 1:
                break
            continue
        log.append("after break")
    else:
        log.append("never")
    return log


def inner_else_breaks_the_outer_loop():
    log = []
    for a in range(3):
        for _ in range(2):
            pass
        else:
            log.append(a)
            break
    else:
        log.append("never")
    return log


def primes():
    found = []
    for n in range(2, 30):
        for p in found:
            if n % p == 0:
                break
        else:
            found.append(n)
    return found


def nested_breaks():
    log = []
    for a in range(3):
        for b in range(3):
            if b > a:
                break
            log.append((a, b))
        if a == 1:
            break
    return log


def break_in_try():
    log = []
    for n in range(3):
        try:
            if n == 1:
                break
            log.append(n)
        finally:
            log.append("f")
    else:
        log.append("never")
    return log


def continue_in_try():
    log = []
    for n in range(3):
        try:
            if n == 1:
                continue
            log.append(n)
        finally:
            log.append("f")
    else:
        log.append("else")
    return log


def continue_in_finally():
    log = []
    for n in range(3):
        try:
            log.append(1 / n)
        except ZeroDivisionError:
            log.append("zero")
        finally:
            log.append(n)
            continue
    return log


def loop_variable_stays():
    for n in range(3):
        pass
    for c in "ab":
        n = c
    return n, c


def changing_the_loop_variable():
    log = []
    for n in range(3):
        log.append(n)
        n += 10
        log.append(n)
    return log


def changing_the_range_variable():
    stop, log = 3, []
    for n in range(stop):
        stop = 100
        log.append(n)
    return log


def growing_list():
    values = [1, 2]
    for v in values:
        if len(values) < 6:
            values.append(v * 2)
    return values


def shrinking_list():
    values, seen = [1, 2, 3, 4], []
    for v in values:
        seen.append(v)
        values.remove(v)
    return values, seen


def over_a_copy():
    values = [1, 2, 3, 4]
    for v in list(values):
        if v % 2:
            values.remove(v)
    return values


def over_things():
    out = []
    for things in (
        "ab",
        [1],
        (2,),
        {"k": 3},
        range(1),
        b"z",
        {9},
        {"a": 1}.items(),
        enumerate("q"),
        zip([1], [2]),
    ):
        for thing in things:
            out.append(thing)
    return out


def over_dicts():
    d = {"a": 1, "b": 2}
    return (
        [k for k in d],
        [v for v in d.values()],
        [(k, v) for k, v in d.items()],
        [x for x in d.keys()],
    )


def over_a_number():
    for n in 5:
        return n


def over_none():
    for n in None:
        return n


def unpacking_targets():
    out = []
    for (a, b), c in [((1, 2), 3), ((4, 5), 6)]:
        out.append(a + b + c)
    for first, *rest in ["abc", [1, 2]]:
        out.append((first, rest))
    return out


def unpacking_too_many():
    for a, b in [(1, 2, 3)]:
        return a, b


def attribute_and_item_targets():
    d, out = {}, []
    for d["k"] in range(3):
        out.append(dict(d))
    values = [0, 0]
    for values[1] in "xy":
        pass
    return out, values


def enumerate_and_zip():
    return (
        list(enumerate(["a", "b"], start=1)),
        list(enumerate("ab", 5)),
        list(zip([1, 2, 3], "ab")),
        list(zip()),
    )


def iterators_are_used_up():
    it = iter([1, 2, 3, 4])
    first = next(it)
    rest = list(it)
    return first, rest, list(it), next(it, "end")


def iterator_shared_by_zip():
    it = iter(range(6))
    return list(zip(it, it))


def partly_used_iterator():
    it = iter("abcdef")
    log = []
    for c in it:
        log.append(c)
        if c == "b":
            break
    return log, "".join(it)


def next_at_the_end():
    return next(iter([]))


def while_true():
    n = 0
    while True:
        n += 1
        if n > 5:
            return n


def while_with_values():
    stack, out = [1, [2, [3, []]]], []
    while stack:
        item = stack.pop()
        if isinstance(item, list):
            stack.extend(item)
        else:
            out.append(item)
    return out


def return_in_nested_loops():
    def find(grid, wanted):
        for y, row in enumerate(grid):
            for x, cell in enumerate(row):
                if cell == wanted:
                    return x, y
        return None

    return find(["ab", "cd"], "c"), find(["ab"], "z")


def reversed_and_sorted():
    return (
        [n for n in reversed([1, 2])],
        [c for c in sorted("cab")],
        list(reversed(range(0, 10, 4))),
    )


def bubble_sort():
    values = [5, 3, 9, 1, 3]
    for end in range(len(values) - 1, 0, -1):
        swapped = False
        for at in range(end):
            if values[at] > values[at + 1]:
                values[at], values[at + 1] = values[at + 1], values[at]
                swapped = True
        if not swapped:
            break
    return values
