"""Classes: inheritance, properties, special methods, class attributes."""


class Animal:
    legs = 4
    names = ("none",)

    def __init__(self, name):
        self.name = name

    def speak(self):
        return f"{self.name} says {self.sound()}"

    def sound(self):
        return "..."

    @property
    def title(self):
        return self.name.title()

    @classmethod
    def create(cls, *parts):
        return cls("-".join(parts))

    @staticmethod
    def plural(word, count=2):
        return word if count == 1 else word + "s"

    def __repr__(self):
        return f"Animal({self.name!r})"


class Dog(Animal):
    def __init__(self, name, tricks=None):
        super().__init__(name)
        self.tricks = tricks or []

    def sound(self):
        return "wow"

    def speak(self):
        return super().speak() + "!"

    @property
    def title(self):
        return "Dog " + super().title


class Bird(Animal):
    legs = 2


class Puppy(Dog):
    def sound(self):
        return super().sound().upper()


def inheritance():
    d = Dog("rex", ["sit"])
    return d.speak(), d.title, d.legs, d.tricks, isinstance(d, Animal), isinstance(Animal("x"), Dog)


def three_levels():
    p = Puppy("bo")
    return p.speak(), p.title, isinstance(p, Dog), isinstance(p, (int, Animal)), p.tricks, p


def without_init():
    b = Bird("tit")
    return b.speak(), b.legs, Animal("a").legs, Bird.legs, Animal.legs


def class_methods():
    d = Dog.create("a", "b")
    return (
        d.speak(),
        isinstance(d, Dog),
        d.create("c").name,
        Bird.create().name,
        repr(Animal.create("x")),
    )


def static_methods():
    return (
        Animal.plural("cat"),
        Dog.plural("dog", 1),
        Dog("x").plural("y", count=3),
        Bird.plural(count=1, word="w"),
    )


def attributes_of_instances_hide_those_of_classes():
    a, b = Bird("a"), Bird("b")
    a.legs = 1
    return a.legs, b.legs, Bird.legs


def attributes_of_classes_change_for_all():
    a = Counter()
    Counter.total += 5
    b = Counter()
    result = a.total, b.total, Counter.total, SubCounter.total, SubCounter().total
    Counter.total = 0
    return result


class Counter:
    total = 0
    log = ["shared"]

    def __init__(self):
        self.own = []


class SubCounter(Counter):
    pass


def attribute_of_the_subclass_alone():
    SubCounter.total = 7
    result = SubCounter.total, SubCounter().total, Counter.total, Counter().total
    SubCounter.total = 0
    return result


def augmented_attribute_becomes_the_instances():
    c = Counter()
    c.total += 3
    return c.total, Counter.total


def mutable_class_attributes_are_shared():
    a, b = Counter(), Counter()
    a.log.append("x")
    a.own.append(1)
    result = list(b.log), b.own, a.log is b.log
    a.log.pop()
    return result


class Account:
    def __init__(self, balance=0):
        self._balance = balance

    @property
    def balance(self):
        return self._balance

    @property
    def empty(self):
        return not self._balance

    def put(self, amount):
        self._balance += amount
        return self


def properties():
    a = Account(5)
    a.put(10).put(-15)
    return a.balance, a.empty, Account(1).empty


def chained_calls():
    return Account().put(1).put(2).put(3).balance


class Vector:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __eq__(self, other):
        return isinstance(other, Vector) and (self.x, self.y) == (other.x, other.y)

    def __hash__(self):
        return hash_of((self.x, self.y))

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __sub__(self, other):
        return Vector(self.x - other.x, self.y - other.y)

    def __mul__(self, n):
        return Vector(self.x * n, self.y * n)

    def __rmul__(self, n):
        return self * n

    def __neg__(self):
        return Vector(-self.x, -self.y)

    def __abs__(self):
        return (self.x**2 + self.y**2) ** 0.5

    def __bool__(self):
        return bool(self.x or self.y)

    def __repr__(self):
        return f"Vector({self.x}, {self.y})"

    def __str__(self):
        return f"<{self.x}|{self.y}>"

    def __iter__(self):
        return iter((self.x, self.y))

    def __getitem__(self, at):
        return (self.x, self.y)[at]

    def __lt__(self, other):
        return abs(self) < abs(other)

    def __call__(self, n=1):
        return (self.x * n, self.y * n)

    def __iadd__(self, other):
        self.x += other.x
        return self


def hash_of(pair=()):
    return sum(pair)


def own_operators():
    a, b = Vector(1, 2), Vector(3, 4)
    return (
        a + b,
        b - a,
        a * 3,
        2 * a,
        -a,
        abs(b),
        a == Vector(1, 2),
        a != b,
        a == (1, 2),
        a < b,
        a > b,
    )


def own_texts():
    v = Vector(1, 2)
    return str(v), repr(v), f"{v} {v!r}", [v], {"v": v}, "%s" % v, "{}".format(v)


def own_truth_and_iteration():
    x, y = Vector(5, 6)
    return (
        bool(Vector(0, 0)),
        not Vector(0, 1),
        list(Vector(1, 2)),
        x,
        y,
        max(Vector(1, 9)),
        [*Vector(3, 4)],
    )


def own_items_and_calls():
    v = Vector(7, 8)
    return v[0], v[-1], v(), v(2), v(n=3), callable(v)


def own_augmented():
    v = Vector(1, 2)
    w = v
    v += Vector(10, 10)
    v *= 2
    return v, w


class Bag:
    def __init__(self, *items):
        self.items = list(items)

    def __len__(self):
        return len(self.items)

    def __contains__(self, item):
        return item in self.items

    def __getitem__(self, key):
        return self.items[key]

    def __setitem__(self, key, value):
        self.items[key] = value

    def __delitem__(self, key):
        del self.items[key]

    def __iter__(self):
        return iter(self.items)

    def add(self, item):
        self.items.append(item)
        return self

    def get(self, key, default=None):
        return self.items[key] if key < len(self.items) else default

    def pop(self):
        return self.items.pop()

    def update(self, *, first):
        self.items[0] = first


def own_container():
    b = Bag(1, 2, 3)
    b[0] = 9
    del b[1]
    return len(b), 9 in b, 2 in b, b[0], b[-1], list(b), bool(b), bool(Bag()), sorted(b), sum(b)


def own_methods_named_like_those_of_builtins():
    b = Bag().add(1).add(2)
    b.update(first=5)
    d = {"get": 1}
    d.update(first=2)
    return b.get(0), b.get(9), b.get(9, default="none"), b.pop(), len(b), d.get("get"), d


def attribute_named_like_a_method():
    b = Bag("a", "b")
    d = {"items": 1}
    return b.items, list(d.items()), [item for item in b.items], len(b.items)


class Node:
    def __init__(self, value, next=None):
        self.value = value
        self.next = next


def linked_list():
    head = None
    for n in range(4):
        head = Node(n, head)
    out, node = [], head
    while node:
        out.append(node.value)
        node = node.next
    return out, head.next.next.value


class Shape:
    def area(self):
        raise NotImplementedError(f"area of {self.kind()}")

    def kind(self):
        return "shape"

    def describe(self):
        return f"{self.kind()}: {self.area():.1f}"


class Square(Shape):
    def __init__(self, side):
        self.side = side

    def area(self):
        return self.side**2

    def kind(self):
        return "square"


def template_method():
    return Square(3).describe()


def abstract_method():
    return Shape().describe()


def methods_as_values():
    a = Account(1)
    put = a.put
    put(5)
    return a.balance, [f().balance for f in [lambda: a]], list(map(a.put, [1]))[0].balance


def methods_as_callbacks():
    def twice(f, x):
        f(x)
        return f(x)

    return twice(Account().put, 4).balance


def classes_as_values():
    kinds = {"dog": Dog, "bird": Bird}
    return [kinds[name](name).speak() for name in kinds], [kind("x").legs for kind in (Dog, Bird)]


def class_passed_along():
    def build(kind, *details):
        return kind(*details)

    return build(Vector, 1, 2)


def name_of_the_class():
    return Dog.__name__, Dog("x").__class__.__name__, Puppy.__name__


def getattr_and_hasattr():
    d = Dog("rex")
    return (
        getattr(d, "name"),
        getattr(d, "x", 5),
        hasattr(d, "speak"),
        hasattr(d, "fly"),
        getattr(d, "legs"),
        getattr(d, "sound")(),
    )


def identity_and_default_equality():
    a, b = Bird("a"), Bird("a")
    return a == b, a == a, a is a, a != b, a in [b], a in [a], [a].index(a)


def instances_as_keys():
    a, b = Bird("a"), Bird("b")
    d = {a: 1, b: 2}
    return d[a], d[b], len({a, b, a}), a in d, Bird("a") in d


class Registry:
    def __init__(self):
        self.handlers = {}

    def on(self, name, handler):
        self.handlers.setdefault(name, []).append(handler)
        return self

    def fire(self, name, *values):
        return [handler(*values) for handler in self.handlers.get(name, ())]


def callbacks_in_attributes():
    log = []
    r = Registry().on("a", log.append).on("a", lambda v: v + 1)
    return r.fire("a", 5), r.fire("b"), log


class Holder:
    def __init__(self, action, kind=list):
        self.action = action
        self.kind = kind

    def run(self, n):
        return self.action(n), self.kind("ab")


def functions_in_attributes():
    return Holder(lambda n: n * 2).run(4), Holder(str, tuple).run(4), Holder(Bird).run("x")[0].legs


class Config:
    base = 10
    double = base * 2
    names = [f"n{base}"]
    chained = 1 < base < 20
    either = "" or "default"

    def get(self):
        return self.double + self.base


def class_attributes_from_others():
    return Config.double, Config().get(), Config.names, Config.chained, Config.either


def nested_state():
    a = Node([1], Node({"k": 1}))
    a.next.value["k"] += 1
    a.value.append(2)
    a.next.value["l"] = a.value
    return a.value, a.next.value


class Recursive:
    def __init__(self, depth):
        self.children = [Recursive(depth - 1) for _ in range(2)] if depth else []

    def count(self):
        return 1 + sum(child.count() for child in self.children)


def recursive_structure():
    return Recursive(3).count()


class Countdown:
    def __init__(self, start):
        self.n = start

    def __iter__(self):
        return self

    def __next__(self):
        if self.n <= 0:
            raise StopIteration
        self.n -= 1
        return self.n


def own_iterator():
    c = Countdown(3)
    return (
        next(c),
        list(c),
        list(Countdown(2)),
        [n for n in Countdown(3)],
        next(Countdown(0), "end"),
    )


def deleted_attribute():
    a = Account(1)
    del a._balance
    return hasattr(a, "_balance")


def unbound_call():
    return Animal.sound(Dog("x")), Account.put(Account(2), 3).balance
