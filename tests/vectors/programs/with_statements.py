"""with, on context managers of one's own."""


class Noted:
    def __init__(self, log, name, swallow=False):
        self.log = log
        self.name = name
        self.swallow = swallow

    def __enter__(self):
        self.log.append(f"enter {self.name}")
        return self

    def __exit__(self, kind, error, trace):
        self.log.append(f"exit {self.name} {error}")
        return self.swallow


class Value:
    def __init__(self, value):
        self.value = value

    def __enter__(self):
        return self.value

    def __exit__(self, *details):
        return None


class FailsAtEnter:
    def __enter__(self):
        raise ValueError("enter")

    def __exit__(self, kind, error, trace):
        raise KeyError("never")


class FailsAtExit:
    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        raise KeyError("exit")


class Suppress:
    def __init__(self, *kinds):
        self.kinds = kinds

    def __enter__(self):
        return None

    def __exit__(self, kind, error, trace):
        return error is not None and isinstance(error, self.kinds)


def simple():
    log = []
    with Noted(log, "a") as a:
        log.append(a.name)
    log.append("after")
    return log


def without_a_name():
    log = []
    with Noted(log, "a"):
        log.append("body")
    return log


def several_in_one_line():
    log = []
    with Noted(log, "a") as a, Noted(log, "b") as b:
        log.append(a.name + b.name)
    return log


def in_brackets():
    log = []
    with (
        Noted(log, "a"),
        Noted(log, "b"),
        Noted(log, "c"),
    ):
        log.append("body")
    return log


def nested():
    log = []
    with Noted(log, "a"):
        with Noted(log, "b"):
            log.append("body")
        log.append("between")
    return log


def error_passes():
    log = []
    try:
        with Noted(log, "a"):
            raise ValueError("v")
    except ValueError as error:
        log.append(f"caught {error}")
    return log


def error_is_suppressed():
    log = []
    with Noted(log, "a", swallow=True):
        raise ValueError("v")
    log.append("after")
    return log


def inner_suppresses():
    log = []
    with Noted(log, "a"), Noted(log, "b", swallow=True):
        raise ValueError("v")
    return log


def outer_suppresses():
    log = []
    with Noted(log, "a", swallow=True), Noted(log, "b"):
        raise ValueError("v")
    return log


def only_some_kinds():
    with Suppress(KeyError, IndexError):
        [][1]
    with Suppress(KeyError):
        raise ValueError("not suppressed")


def return_inside():
    log = []

    def f():
        with Noted(log, "a"):
            return len(log)

    return f(), log


def return_inside_nested():
    log = []

    def f():
        for n in range(3):
            with Noted(log, str(n)):
                if n == 1:
                    return n

    return f(), log


def break_and_continue_inside():
    log = []
    for n in range(4):
        with Noted(log, str(n)):
            if n == 0:
                continue
            if n == 2:
                break
            log.append("body")
    return log


def value_is_not_the_manager():
    with Value([1, 2]) as items:
        items.append(3)
    with Value((1, 2)) as (a, b):
        pass
    return items, a, b


def variable_stays():
    with Value(5) as n:
        pass
    return n


def fails_at_enter():
    log = []
    try:
        with Noted(log, "outer"), FailsAtEnter():
            log.append("never")
    except ValueError as error:
        log.append(str(error))
    return log


def fails_at_exit():
    log = []
    try:
        with Noted(log, "outer"), FailsAtExit():
            log.append("body")
    except KeyError as error:
        log.append(str(error))
    return log


class Fussy:
    def __init__(self, log):
        self.log = log

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        self.log.append(f"exit {error}")
        self.fail()

    def fail(self):
        raise KeyError("exit")


def exit_is_called_once():
    log = []
    try:
        with Fussy(log):
            log.append("body")
    except KeyError as error:
        log.append(str(error))
    return log


def fails_at_exit_after_an_error():
    with FailsAtExit():
        raise ValueError("lost")


def in_try_finally():
    log = []
    try:
        with Noted(log, "a"):
            log.append("body")
    finally:
        log.append("finally")
    return log


def in_except():
    log = []
    try:
        raise ValueError("v")
    except ValueError as error:
        with Noted(log, "a"):
            log.append(str(error))
    return log


def finally_inside():
    log = []
    with Noted(log, "a", swallow=True):
        try:
            raise ValueError("v")
        finally:
            log.append("finally")
    return log


def reused():
    log = []
    manager = Noted(log, "m")
    for _ in range(2):
        with manager:
            log.append("body")
    return log


def expression_as_manager():
    log = []

    def make(name):
        log.append(f"make {name}")
        return Noted(log, name)

    with make("a") as a, make(a.name + "b"):
        pass
    return log


def raise_inside_suppressed_keeps_going():
    out = []
    for value in ("1", "x", "3"):
        with Suppress(ValueError):
            out.append(int(value))
    return out


def yields_state():
    class_log = []
    with Noted(class_log, "a") as manager:
        manager.name = "renamed"
    return class_log


def with_in_a_method():
    return Runner().run()


class Runner:
    def __init__(self):
        self.log = []
        self.depth = 0

    def __enter__(self):
        self.depth += 1
        return self.depth

    def __exit__(self, kind, error, trace):
        self.depth -= 1

    def run(self):
        with self as depth:
            self.log.append(depth)
            with self as depth:
                self.log.append(depth)
        return self.log, self.depth
