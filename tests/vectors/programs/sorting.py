"""sorted, sort, min, max."""


def numbers():
    return (
        sorted([3, -1, 2.5, 10, 9]),
        sorted([10, 9, 100]),
        sorted([2**60, 2**59, 1]),
        sorted([True, 0, 2]),
    )


def texts():
    return (
        sorted(["b", "A", "a", "가", "Z", "é", "👍", "\uffff"]),
        sorted("hello"),
        sorted(["a10", "a9", "a"]),
    )


def reverse_keeps_equal_ones_in_order():
    people = [("a", 1), ("b", 2), ("c", 1), ("d", 2)]
    return sorted(people, key=lambda p: p[1]), sorted(people, key=lambda p: p[1], reverse=True)


def in_place():
    v = [3, 1, 2]
    w = v
    result = v.sort()
    first = list(w)
    v.sort(reverse=True)
    return first, w, result


def in_place_with_key():
    v = ["bb", "a", "ccc"]
    v.sort(key=len)
    first = list(v)
    v.sort(key=lambda s: -len(s))
    return first, v


def sorted_does_not_change():
    v = [2, 1]
    return sorted(v), v


def by_several_keys():
    rows = [("x", 2), ("a", 2), ("b", 1)]
    return sorted(rows, key=lambda r: (-r[1], r[0])), sorted(rows, key=lambda r: r[::-1])


def by_method():
    return (
        sorted(["b", "A", "c"], key=str.lower),
        sorted(["10", "9"], key=int),
        sorted([-3, 2, -1], key=abs),
    )


def of_dicts():
    rows = [{"n": 2}, {"n": 1}]
    return (
        sorted(rows, key=lambda r: r["n"]),
        sorted({"b": 1, "a": 2}),
        sorted({"b": 1, "a": 2}.items()),
    )


def of_nested_lists():
    return sorted([[2, 1], [1, 5], [1]]), sorted([(1, "b"), (1, "a")]), sorted([[], [0]])


def mixed_kinds():
    return sorted([1, "a"])


def none_among_them():
    return sorted([1, None])


def dicts_cannot_be_sorted():
    return sorted([{}, {}])


def minimum_and_maximum():
    return (
        min(3, 1, 2),
        max([3, 1]),
        min("b", "a"),
        max("abc"),
        min([[2], [1, 9]]),
        max((1, 2), (1, 3)),
        max(1.0, 1),
    )


def with_key_and_default():
    return (
        max(["a", "bbb"], key=len),
        min([], default=5),
        max([], default=None),
        min([3, -4], key=abs),
        max({"a": 1, "b": 2}, key=lambda k: -ord(k)),
    )


def first_of_equals():
    return max([("a", 1), ("b", 1)], key=lambda p: p[1]), min(
        [("a", 1), ("b", 1)], key=lambda p: p[1]
    )


def minimum_of_nothing():
    return min([])


def maximum_of_mixed():
    return max([1, "a"])


def maximum_of_one_number():
    return max(5)


def key_is_called_once_each():
    calls = []

    def key(n):
        calls.append(n)
        return -n

    return sorted([1, 3, 2], key=key), calls


def key_errors_pass():
    return sorted([1, 0], key=lambda n: 1 // n)


def ranks():
    scores = {"kim": 90, "lee": 85, "park": 90}
    order = sorted(scores, key=lambda name: (-scores[name], name))
    return {name: rank for rank, name in enumerate(order, 1)}


def reversing():
    v = [1, 2, 3]
    v.reverse()
    return v, list(reversed(v)), v[::-1], sorted(v, reverse=True), list(reversed("ab"))


def top_three():
    return sorted([5, 1, 9, 7, 3], reverse=True)[:3], sorted(range(5), key=lambda n: (n % 2, -n))


class Version:
    def __init__(self, text):
        self.parts = [int(part) for part in text.split(".")]

    def __lt__(self, other):
        return self.parts < other.parts

    def __repr__(self):
        return ".".join(str(p) for p in self.parts)


def own_order():
    versions = [Version(t) for t in ("1.10", "1.9", "1.2.3")]
    return (
        sorted(versions),
        max(versions),
        min(versions),
        sorted(versions, reverse=True),
        Version("1") > Version("0.9"),
    )


def percentiles():
    values = sorted([12, 5, 7, 30, 22, 18])

    def at(share):
        return values[min(len(values) - 1, int(len(values) * share))]

    return at(0.5), at(0.9), at(0), values[len(values) // 2]


def merging_sorted_lists():
    a, b, out = [1, 4, 9], [2, 3, 10, 11], []
    while a and b:
        out.append(a.pop(0) if a[0] <= b[0] else b.pop(0))
    return out + a + b


def nan_free_floats():
    return sorted([0.1, -0.0, 0.0, 1e300, -1e300, 5]), min(0.0, -0.0), max(-0.0, 0.0)
