"""json.dumps and json.loads."""

import json


def simple_values():
    return [json.dumps(v) for v in (1, 1.0, 1.5, "a", True, None, [], {}, -0.0, 1e20, 1e-7, 2**70)]


def nested():
    return json.dumps({"a": [1, {"b": [None, True]}], "c": "d", "e": {}})


def texts_are_escaped():
    return json.dumps('방 "quoted" \\ \n\t\x00\x7f 👍 \u2028'), json.dumps({"키": "값"})


def without_ascii():
    return json.dumps("방 👍 \n\u2028 é", ensure_ascii=False)


def separators():
    return json.dumps({"a": [1, 2]}, separators=(",", ":")), json.dumps(
        [1, {"b": 2}], separators=(", ", ": ")
    )


def indented():
    return json.dumps({"a": [1, 2], "b": {}, "c": [], "d": {"e": 1}}, indent=2), json.dumps(
        [1], indent=0
    )


def sorted_keys():
    return json.dumps({"b": 1, "a": {"d": 1, "c": 2}}, sort_keys=True)


def keys_become_texts():
    return json.dumps({1: "a", 1.5: "b", True: "c", None: "d", "x": "e"})


def tuples_become_lists():
    return json.dumps((1, (2, 3))), json.dumps({"t": ()})


def infinities():
    return json.dumps([float("inf"), float("-inf"), float("nan")])


def sets_cannot():
    return json.dumps({1})


def bytes_cannot():
    return json.dumps({"a": b"x"})


def tuple_keys_cannot():
    return json.dumps({(1, 2): 3})


def loaded_values():
    return [
        json.loads(t)
        for t in ("1", "1.0", "-2.5e3", '"a"', "true", "null", "[]", "{}", "1e2", "-0", "-0.0")
    ]


def loaded_numbers_keep_their_kind():
    return json.loads(
        "[1, 1.0, 10000000000000000000000, 9007199254740993, 0.1, 1E5, 123456789012345678]"
    )


def loaded_nested():
    return json.loads('{"a": [1, {"b": null}], "c": {"d": "e"}, "f": ""}')


def loaded_escapes():
    return json.loads(r'"\u00e9\n\t\"\\\/\ud83d\ude00 \u0000"'), json.loads('"방"')


def loaded_spaces():
    return json.loads(' { "a" : [ 1 , 2 ] } \n')


def loaded_bytes():
    return json.loads(b'{"a": 1}'), json.loads("[1]".encode())


def duplicate_keys():
    return json.loads('{"a": 1, "b": 2, "a": 3}')


def order_is_kept():
    return list(json.loads('{"z": 1, "10": 2, "2": 3, "a": 4}'))


def special_keys():
    d = json.loads('{"__proto__": 1, "constructor": 2, "": 3}')
    return d, d["__proto__"], json.dumps(d)


def round_trip():
    value = {
        "users": [{"id": 1, "name": "김", "score": 9.5, "tags": ["a", "b"]}],
        "next": None,
        "ok": False,
    }
    return json.loads(json.dumps(value)) == value, json.loads(json.dumps(value))


def result_is_python():
    d = json.loads('{"a": {"b": [1, 2, 3]}}')
    d["a"]["b"].append(4)
    d["a"]["c"] = d["a"].get("x", "none")
    return d, sum(d["a"]["b"]), d["a"]["b"][1:], isinstance(d, dict), isinstance(d["a"]["b"], list)


def nonsense():
    try:
        return json.loads("{bad")
    except ValueError as error:
        return str(error)


def nothing():
    try:
        return json.loads("")
    except ValueError as error:
        return str(error)


def rest():
    try:
        return json.loads("1 2")
    except ValueError as error:
        return str(error)


def unfinished():
    out = []
    for text in (
        "[1,",
        '{"a"',
        '"a',
        "[1 2]",
        "{1: 2}",
        "nul",
        "[1,]",
        '{"a": }',
        "01",
        "+1",
        ".5",
    ):
        try:
            out.append(json.loads(text))
        except ValueError as error:
            out.append(str(error))
    return out


def load_of_none():
    try:
        return json.loads(None)
    except TypeError:
        return "a TypeError"


def shared_values():
    inner = [1]
    return json.dumps({"a": inner, "b": inner})


def numbers_as_texts():
    return json.dumps([0.1 + 0.2, 100.0, 1e16, 123456789.123, 5e-324, 1.7976931348623157e308])


def line_protocol():
    frames = ['42["message",{"room":"a","n":1}]', '42["left",null]']
    out = []
    for frame in frames:
        name, data = json.loads(frame[2:])
        out.append((name, data))
    return out, "42" + json.dumps(
        ["join", {"room": "방"}], separators=(",", ":"), ensure_ascii=False
    )


def large_array():
    text = json.dumps([{"n": n, "s": str(n)} for n in range(50)])
    values = json.loads(text)
    return len(text), sum(v["n"] for v in values), values[-1]
