"""Dictionaries."""


def keeps_the_order():
    d = {"b": 1, "a": 2}
    d["c"] = 3
    d["b"] = 9
    del d["a"]
    d["a"] = 0
    return d, list(d), list(d.values())


def keys_that_look_like_numbers():
    d = {"2": "text", 2: "int", "1": "one", 1: "int one", "a": 0}
    return d, list(d), d["2"], d[2]


def numeric_keys_are_equal():
    d = {1: "a"}
    d[1.0] = "b"
    d[True] = "c"
    d[0] = "zero"
    d[False] = "no"
    return d, len(d), d[1], 1.0 in d


def tuple_keys():
    d = {(1, 2): "a", (1, (2, 3)): "b", (): "c"}
    d[1, 2] = "again"
    return d, d[(1, (2, 3))], (1.0, 2) in d, d[()]


def none_and_float_keys():
    d = {None: 1, 0.5: 2, "None": 3}
    return d, d[None], d[0.5], None in d, d.get(0.25)


def unhashable_key():
    return {[1]: 2}


def unhashable_in_tuple():
    return {(1, [2]): 3}


def unhashable_lookup():
    return {}[{}]


def missing_key():
    return {"a": 1}["b"]


def missing_integer_key():
    return {"1": 1}[1]


def missing_tuple_key():
    return {}[(1, "a")]


def deleting_missing_key():
    d = {}
    del d["x"]
    return d


def getting():
    d = {"a": None, "b": 0}
    return d.get("a"), d.get("a", 1), d.get("x"), d.get("x", []), d.get("b", 5), d.get("b") or 7


def popping():
    d = {"a": 1, "b": 2, "c": 3}
    return d.pop("a"), d.pop("x", None), d.pop("x", 5), d.popitem(), d


def popping_missing():
    return {}.pop("a")


def popping_from_empty():
    return {}.popitem()


def defaults():
    d = {}
    for word in ["apple", "bean", "avocado"]:
        d.setdefault(word[0], []).append(word)
    return d, d.setdefault("z"), d.setdefault("a", "kept"), d


def updating():
    d = {"a": 1}
    d.update({"b": 2}, c=3)
    d.update([("d", 4), ["e", 5]])
    d.update(a=9)
    d.update()
    return d


def merging():
    a, b = {"x": 1, "y": 2}, {"y": 3, "z": 4}
    return {**a, **b}, a | b, {"y": 0, **a}, {**a, "y": 5}, a, b


def merging_in_place():
    a = {"x": 1}
    b = a
    a |= {"y": 2}
    return b, a is b


def views_are_live():
    d = {"a": 1}
    keys, values, items = d.keys(), d.values(), d.items()
    d["b"] = 2
    return (
        list(keys),
        list(values),
        list(items),
        len(keys),
        "b" in keys,
        ("b", 2) in items,
        2 in values,
    )


def views_as_sets():
    a, b = {"x": 1, "y": 2}, {"y": 2, "z": 3}
    return (
        sorted(a.keys() & b.keys()),
        sorted(a.keys() | b.keys()),
        a.keys() - b.keys(),
        sorted(a.items() & b.items()),
    )


def views_shown():
    d = {"a": 1}
    return d.keys(), d.values(), d.items(), f"{d.keys()}", str(d)


def iteration():
    d = {"a": 1, "b": 2}
    out = []
    for key in d:
        out.append(key)
    for key, value in d.items():
        out.append((key, value))
    for number, (key, value) in enumerate(d.items()):
        out.append((number, key, value))
    return out, list(reversed(d)), sorted(d), max(d), sum(d.values()), min(d.items())


def constructors():
    return (
        dict(),
        dict(a=1),
        dict([("a", 1), ("b", 2)]),
        dict({"x": 1}, y=2),
        dict(zip("ab", [1, 2])),
        dict.fromkeys("ab"),
        dict.fromkeys([1], 0),
    )


def copies_are_shallow():
    a = {"k": [1]}
    b, c = a.copy(), dict(a)
    b["k"].append(2)
    b["new"] = 1
    return a, b, c, a == c, a is c


def nested():
    d = {"a": {"b": {"c": [1, {"d": 2}]}}}
    d["a"]["b"]["c"][1]["d"] += 5
    d["a"]["x"] = d["a"]["b"]["c"][0]
    return d, d["a"]["b"]["c"][1]["d"]


def counting():
    counts = {}
    for c in "mississippi":
        counts[c] = counts.get(c, 0) + 1
    return counts, sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def equality():
    return (
        {"a": 1} == {"a": 1.0},
        {"a": [1]} != {"a": [2]},
        {} == {},
        {1: 2} == {True: 2},
        {"a": 1} == [("a", 1)],
    )


def truth_and_length():
    return bool({}), bool({"": 0}), len({1: 1, 1.0: 2}), not {}


def clearing():
    d = {"a": 1}
    e = d
    d.clear()
    return e, len(d)


def values_can_be_functions():
    d = {"double": lambda n: n * 2, "name": str}
    return d["double"](4), d["name"](4.0), [f(3) for f in d.values()]


def value_expressions_are_ordered():
    log = []

    def note(x):
        log.append(x)
        return x

    d = {note("a"): note(1), note("b"): note(2), note("a"): note(3)}
    return d, log


def inverted():
    d = {"a": 1, "b": 2, "c": 1}
    inverse = {}
    for key, value in d.items():
        inverse.setdefault(value, set()).add(key)
    return {k: sorted(v) for k, v in inverse.items()}


def sorting_by_value():
    d = {"a": 3, "b": 1, "c": 2}
    return (
        sorted(d, key=d.get),
        dict(sorted(d.items(), key=lambda kv: kv[1])),
        max(d, key=lambda k: d[k]),
    )


def unpacking_into_lists():
    d = {"a": 1, "b": 2}
    first, *rest = d
    [(k, v), *_] = d.items()
    return [*d], (*d.values(),), {*d} == {"a", "b"}, first, rest, k, v


def shown_deeply():
    return {"a": [(1,), {"b": None}], 1.5: {2}, True: "it's", None: b"x", (): {}}


def self_reference_by_name():
    d = {"a": 1}
    d["copy"] = dict(d)
    d["keys"] = list(d)
    return d


def augmented_values():
    d = {"n": 1, "l": [1], "s": "a"}
    d["n"] += 1
    d["n"] **= 3
    d["l"] += [2]
    d["s"] *= 3
    return d


def augmented_missing():
    d = {}
    d["n"] += 1
    return d


def many_keys():
    d = {n: n * n for n in range(200)}
    for n in range(0, 200, 2):
        del d[n]
    d[0] = "again"
    return len(d), sum(d[n] for n in d if n), list(d)[-1], list(d)[:3]


def not_subscriptable_by_attribute():
    d = {"items": 1, "keys": 2}
    return d["items"], list(d.items()), d.get("keys"), "get" in d


def changed_while_iterating():
    d = {"a": 1}
    for k in d:
        d[k + "x"] = 1
    return d
