"""Dataclasses and named tuples."""

from dataclasses import dataclass, field, replace
from typing import ClassVar, NamedTuple


@dataclass
class Point:
    x: int
    y: int = 0

    def moved(self, by):
        return Point(self.x + by, self.y + by)

    @property
    def total(self):
        return self.x + self.y


@dataclass(frozen=True)
class Room:
    name: str
    members: list = field(default_factory=list)
    limits: dict = field(default_factory=lambda: {"max": 5})
    open: bool = field(default=True)


@dataclass
class Point3(Point):
    z: int = 5


@dataclass
class Checked:
    low: int
    high: int
    size: int = 0
    kind: ClassVar[str] = "range"

    def __post_init__(self):
        if self.low > self.high:
            raise ValueError(f"{self.low} > {self.high}")
        self.size = self.high - self.low


@dataclass
class Named:
    name: str

    def __repr__(self):
        return f"<{self.name}>"


class Pair(NamedTuple):
    left: int
    right: str = "r"

    def joined(self):
        return f"{self.left}{self.right}"

    @property
    def size(self):
        return len(self)


def construction():
    return Point(1), Point(1, 2), Point(y=3, x=4), Point(1, y=9)


def shown():
    return str(Point(1)), repr(Room("방")), f"{Point(1, 2)}", [Point(0)], Named("n")


def equality():
    return (
        Point(1) == Point(1, 0),
        Point(1) != Point(2),
        Point(1) == (1, 0),
        Point(1) in [Point(1)],
        Room("a") == Room("a"),
    )


def methods_and_properties():
    p = Point(1, 2).moved(5)
    return p, p.total


def fields_change():
    p = Point(1)
    p.x += 5
    p.y = [1]
    return p


def factories_make_new_ones():
    a, b = Room("a"), Room("b")
    a.members.append(1)
    a.limits["max"] = 9
    return a, b, a.members is b.members


def given_instead_of_factory():
    members = [1]
    a = Room("a", members, open=False)
    members.append(2)
    return a, a.members is members


def replaced():
    a = Point(1, 2)
    b = replace(a, y=5)
    return a, b, replace(a), replace(b, x=0, y=0), a is replace(a), replace(Room("a"), name="b")


def inherited():
    p = Point3(1)
    return (
        p,
        Point3(1, 2, 3),
        Point3(x=1, z=0),
        p.total,
        isinstance(p, Point),
        p == Point(1),
        p.moved(1),
    )


def post_init():
    c = Checked(1, 5)
    return c, c.size, c.kind, Checked.kind


def post_init_refuses():
    return Checked(5, 1)


def named_tuple():
    p = Pair(1)
    return (
        p,
        p.left,
        p.right,
        p[0],
        len(p),
        list(p),
        p.joined(),
        p.size,
        Pair(2, "x"),
        Pair(right="y", left=3),
    )


def named_tuple_is_a_tuple():
    p = Pair(1, "a")
    left, right = p
    return (
        p == (1, "a"),
        isinstance(p, tuple),
        left,
        right,
        p < Pair(2),
        {p: 1}[(1, "a")],
        p + (3,),
        p[::-1],
    )


def named_tuple_replaced():
    p = Pair(1)
    return p._replace(left=5), p._asdict(), p._fields, p


def named_tuples_sorted():
    return (
        sorted([Pair(2, "a"), Pair(1, "b"), Pair(1, "a")]),
        max(Pair(1), Pair(3)),
        [l for l, _ in [Pair(1)]],
    )


def in_dicts_and_sets():
    return {Pair(1): "x"}[Pair(1)], len({Pair(1), Pair(1), (1, "r")}), {"p": Point(1)}["p"].x


def frozen_as_keys():
    return {Coordinate(1, 2): "a"}[Coordinate(1, 2)], len({Coordinate(0, 0), Coordinate(0, 0)})


@dataclass(frozen=True)
class Coordinate:
    x: int
    y: int


def nested():
    r = Room("a", [Point(1), Point(2)])
    return r, sum(p.x for p in r.members), r == Room("a", [Point(1), Point(2)])
