"""Small programs: each function is one, and its result must be the same in k6 as in Python."""


def while_with_else():
    number = 0
    while number < 3:
        number += 1
    else:
        number = 100
    return number


def for_with_break_skips_else():
    found = None
    for item in [1, 5, 9]:
        if item > 4:
            found = item
            break
    else:
        found = "none"
    return found


def closures_in_loops_see_the_last_value():
    functions = []
    for number in range(3):
        functions.append(lambda: number)
    return [function() for function in functions]


def default_arguments_keep_the_value():
    functions = []
    for number in range(3):
        functions.append(lambda kept=number: kept)
    return [function() for function in functions]


def short_circuit_values():
    return [0 or "x", "" and 1, [] or {} or None, 1 and 2 and 3, None or 0]


def truth_of_containers():
    return [bool(x) for x in ([], {}, "", 0, 0.0, None, [0], {"a": 1}, "a", set(), (0,))]


def chained_comparison():
    values = []

    def seen(value):
        values.append(value)
        return value

    result = seen(1) < seen(2) < seen(2) < seen(9)
    return result, values


def comprehension_scopes():
    x = "outer"
    pairs = [(x, y) for x in range(2) for y in range(x, 3) if x != y]
    return x, pairs, {k: v for k, v in pairs}, sorted({a + b for a, b in pairs})


def unpacking():
    first, *middle, last = [1, 2, 3, 4]
    (a, b), c = (5, 6), 7
    a, b = b, a
    return first, middle, last, a, b, c


def exceptions():
    log = []
    try:
        try:
            {}["missing"]
        except KeyError as error:
            log.append(str(error))
            raise ValueError("other") from error
        finally:
            log.append("finally")
    except (TypeError, ValueError) as error:
        log.append(repr(error))
    else:
        log.append("never")
    return log


def return_in_finally_order():
    log = []

    def f():
        try:
            return log.append("try") or "value"
        finally:
            log.append("finally")

    return f(), log


def f_strings():
    name, number, ratio = "방", 7, 0.12345
    return f"{name!r:>6}|{number:03d}|{ratio:.2%}|{ratio:8.3f}|{{}}|{number + 1}|{'`${x}'}"


def numbers():
    return [
        7 // -2,
        -7 % 3,
        7 / 2,
        4 / 2,
        2**70,
        10**20 // 3,
        round(2.5),
        round(-1.25, 1),
        1e16,
        0.1 + 0.2,
    ]


def text():
    s = "안녕👍 hello"
    return (
        len(s),
        s[2],
        s[-5:],
        s[::-1],
        s.split(),
        s.upper(),
        s.find("h"),
        "a,b,,c".split(","),
        " x ".strip(),
    )


def sorting():
    people = [("b", 2), ("a", 2), ("c", 1)]
    return (
        sorted(people, key=lambda p: p[1]),
        sorted(people, reverse=True),
        max(people, key=lambda p: p[1]),
    )


def dictionaries():
    d = {"b": 1, "a": 2}
    d["c"] = d.pop("b")
    d.setdefault("list", []).append(3)
    return (
        list(d.items()),
        d.get("x", 0),
        "a" in d,
        {**d, "a": 5},
        {1: "int", 1.0: "float", True: "bool"},
    )


def lists_are_shared():
    a = [1]
    b = a
    b += [2]
    c = a + [3]
    c.append(4)
    return a, b is a, c, a == [1, 2], [1, 2] == (1, 2)


def nonlocal_counter():
    count = 0

    def up(by=1):
        nonlocal count
        count += by
        return count

    up()
    up(by=5)
    return count


class Point:
    size = 2

    def __init__(self, x, y=0):
        self.x = x
        self.y = y

    @property
    def total(self):
        return self.x + self.y

    @staticmethod
    def origin():
        return Point(0)

    @classmethod
    def twice(cls, x):
        return cls(x, y=x)

    def moved(self, *, by):
        return Point(self.x + by, self.y + by)


class Point3(Point):
    def __init__(self, x, y, z):
        super().__init__(x, y)
        self.z = z

    @property
    def total(self):
        return self.x + self.y + self.z


def classes():
    p = Point3(1, 2, 3).moved(by=1)
    return (
        p.total,
        Point3(1, 2, 3).total,
        Point.twice(4).total,
        p.origin().size,
        isinstance(p, Point3),
    )


def walrus_and_conditional():
    values = [n for n in range(10) if (half := n / 2) > 3]
    return values, "yes" if values else "no"
