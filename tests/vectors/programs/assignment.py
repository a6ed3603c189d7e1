"""Assignments: chained, augmented, evaluated once, in order."""


class Box:
    def __init__(self, value=0):
        self.value = value
        self.reads = 0

    def me(self):
        self.reads += 1
        return self


def _noting():
    log = []

    def note(value):
        log.append(value)
        return value

    return log, note


def chained():
    a = b = c = [1]
    a.append(2)
    d = e = 5
    e += 1
    return a, b, c is a, d, e


def chained_targets_in_order():
    log, note = _noting()
    v = {}
    v[note("a")] = v[note("b")] = note("value")
    return v, log


def augmented_operators():
    n, out = 10, []
    n += 5
    out.append(n)
    n -= 3
    out.append(n)
    n *= 4
    out.append(n)
    n //= 7
    out.append(n)
    n **= 2
    out.append(n)
    n %= 7
    out.append(n)
    n /= 4
    out.append(n)
    return out


def augmented_bits():
    n, out = 12, []
    n <<= 3
    out.append(n)
    n |= 5
    out.append(n)
    n &= 0b1100101
    out.append(n)
    n ^= 3
    out.append(n)
    n >>= 2
    out.append(n)
    return out


def augmented_texts_and_tuples():
    s, t = "a", (1,)
    s += "b"
    s *= 2
    t += (2,)
    return s, t


def augmented_lists_change_in_place():
    a = [1]
    b = a
    a += [2]
    a += "xy"
    a += (n for n in range(2))
    a *= 2
    return a, b is a


def plain_sum_makes_a_new_list():
    a = [1]
    b = a
    a = a + [2]
    return a, b


def augmented_with_wrong_kind():
    a = [1]
    a += 5
    return a


def attributes_are_evaluated_once():
    box = Box(1)
    box.me().value += 5
    box.me().me().value *= 2
    return box.value, box.reads


def items_are_evaluated_once():
    log, note = _noting()
    v = [1, 2, 3]
    v[note(1)] += note(10)
    v[note(0) + note(2)] *= 2
    return v, log


def owner_is_evaluated_once():
    log, note = _noting()
    d = {"a": [1, 2]}
    note(d)["a"][note(1)] -= 5
    return d["a"], len(log)


def nested_items():
    d = {"a": {"b": [0, {"c": 1}]}}
    d["a"]["b"][1]["c"] += 1
    d["a"]["b"][0] = d["a"]["b"][1]["c"]
    d["a"]["new"] = []
    d["a"]["new"] += [1]
    return d


def value_before_target():
    box = Box(0)
    v = {}

    def next_key():
        box.value += 1
        return box.value

    v[box.value] = next_key()
    v[box.value] = next_key()
    return v


def value_changes_the_owner():
    box = Box([0, 0])

    def swap():
        box.value = [9, 9]
        return 5

    box.value[0] = swap()
    return box.value


def length_as_key():
    v = {}
    v[len(v)] = v.setdefault("x", 1)
    return v


def augmented_reads_before_the_value():
    total = 1

    def change():
        nonlocal total
        total = 100
        return 5

    total += change()
    return total


def swaps():
    a, b = 1, 2
    a, b = b, a
    v = [1, 2, 3]
    i = 0
    i, v[i] = 2, "x"
    return a, b, v, i


def annotated():
    n: int = 5
    m: list[int]
    m = [n]
    box = Box()
    box.value: int = 7
    return n, m, box.value


def conditional():
    n = 5 if [] else 6
    m = n if n > 5 else None
    return n, m


def shadowed_by_loop():
    n = "before"
    for n in range(2):
        pass
    return n


def deleted_names():
    n = 1
    del n
    n = 2
    return n


def attributes_of_new_objects():
    box = Box()
    box.extra = [1]
    box.extra.append(2)
    box.other = box.extra
    return box.extra, box.other is box.extra, hasattr(box, "extra"), hasattr(box, "missing")


def subtraction_of_sets_in_place():
    a = {1, 2, 3}
    b = a
    a -= {2}
    return sorted(a), a is b


def dict_of_counters():
    counts = {"a": 0}
    for c in "abca":
        counts[c] = counts.get(c, 0) + 1
    counts["a"] -= 1
    return counts


def float_and_int():
    x = 1
    x += 0.5
    x -= 0.5
    x *= 2
    y = 7
    y /= 7
    y += 1
    return x, y
