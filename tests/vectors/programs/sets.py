"""Sets."""


def literals():
    return sorted({3, 1, 2, 3}), set(), {1}, len({1, 1.0, True}), {"a"}, frozenset(), frozenset([1])


def constructors():
    return (
        sorted(set("hello")),
        sorted(set([1, 2, 2])),
        set(range(1)),
        sorted(set({"a": 1, "b": 2})),
        set(()),
    )


def operators():
    a, b = {1, 2, 3}, {2, 3, 4}
    return [sorted(s) for s in (a | b, a & b, a - b, b - a, a ^ b)]


def methods():
    a = {1, 2}
    return [
        sorted(s)
        for s in (
            a.union([3], "x" and [4]),
            a.intersection([2, 5]),
            a.difference([1]),
            a.symmetric_difference([2, 3]),
        )
    ]


def subsets():
    a, b = {1}, {1, 2}
    return (
        a <= b,
        a < b,
        b <= b,
        b < b,
        b >= a,
        b > a,
        a.issubset([1, 2]),
        b.issuperset(a),
        a.isdisjoint([5]),
        a == {1.0},
    )


def changing():
    s = {1, 2}
    s.add(3)
    s.add(1)
    s.discard(9)
    s.discard(2)
    s.remove(1)
    s.update([5, 6], (7,))
    return sorted(s), len(s)


def removing_missing():
    s = {1}
    s.remove(5)
    return s


def popping():
    s = {7}
    return s.pop(), s


def popping_from_empty():
    return set().pop()


def in_place_operators():
    s = {1, 2, 3}
    t = s
    s |= {4}
    s &= {1, 4, 9}
    s -= {9}
    s ^= {5, 1}
    return sorted(t), s is t


def in_place_on_frozen():
    s = frozenset({1})
    t = s
    s |= {2}
    return sorted(s), t, s is t


def membership():
    s = {1, "a", (1, 2), None}
    return 1 in s, 1.0 in s, "b" in s, (1, 2) in s, None in s, "1" in s, True in s


def unhashable():
    return {[1]}


def unhashable_add():
    s = set()
    s.add({})
    return s


def unhashable_set_in_set():
    return {set()}


def frozen_in_set():
    return len({frozenset({1, 2}), frozenset({2, 1})}), {frozenset({1}): "x"}[frozenset({1})]


def comprehension():
    return {n % 3 for n in range(9)} == {0, 1, 2}, sorted({len(w) for w in ["a", "bb", "c"]})


def truth_and_equality():
    return (
        bool(set()),
        bool({0}),
        {1, 2} == {2, 1},
        {1} == frozenset({1}),
        {1} == [1],
        set() == {},
        {1} != {2},
    )


def copies():
    a = {1}
    b = a.copy()
    b.add(2)
    return a, sorted(b), set(a) == a, set(a) is a


def removing_duplicates_in_order():
    seen, out = set(), []
    for c in "abracadabra":
        if c not in seen:
            seen.add(c)
            out.append(c)
    return "".join(out), list(dict.fromkeys("abracadabra"))


def arithmetic_with_list():
    return {1} | [2]


def shown():
    return {1}, {"a"}, set(), {(1, 2)}, frozenset({1}), frozenset(), str({1}), f"{ {None} }"


def clearing():
    s = {1, 2}
    s.clear()
    return s, len(s)


def aggregates():
    s = {3, 1, 2}
    return sum(s), max(s), min(s), len(s), sorted(s, reverse=True), any(s), all(s)


def in_loops():
    total = 0
    for n in {1, 2, 3}:
        total += n
    return total


def updating_from_itself():
    s = {1, 2}
    s.difference_update([1])
    s.update(s)
    t = {1, 2, 3}
    t.intersection_update([2, 3, 4])
    t.symmetric_difference_update({3, 9})
    return s, sorted(t)


def set_of_mixed_numbers():
    return len({0, 0.0, False, -0.0}), len({1, 2**53, 2.0**53}), len({"1", 1})
