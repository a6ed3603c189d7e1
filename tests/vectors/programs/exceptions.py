"""raise, try, except, else, finally."""


class RoomError(Exception):
    """Nothing of its own."""


class FullError(RoomError):
    def __init__(self, room, limit=5):
        super().__init__(f"{room} is full")
        self.room = room
        self.limit = limit


class Coded(Exception):
    code = 7

    def __init__(self, text):
        super().__init__(text, self.code)

    def __str__(self):
        return f"[{self.code}] {self.args[0]}"


class Silent(ValueError):
    def __init__(self, value):
        self.value = value


def own_class():
    raise RoomError("closed")


def own_class_without_text():
    raise RoomError


def own_class_with_two_arguments():
    raise RoomError("a", 1)


def own_init():
    try:
        raise FullError("lobby", limit=2)
    except RoomError as error:
        return (
            str(error),
            error.room,
            error.limit,
            error.args,
            repr(error),
            isinstance(error, FullError),
        )


def own_text():
    try:
        raise Coded("bad")
    except Coded as error:
        return str(error), error.args, f"{error}", error.code


def own_init_without_super():
    try:
        raise Silent(3)
    except ValueError as error:
        return error.value, error.args, str(error)


def caught_by_base():
    out = []
    for error in (FullError("x"), RoomError("y"), KeyError("k"), IndexError("i"), ValueError("v")):
        try:
            raise error
        except FullError as e:
            out.append(("full", str(e)))
        except (RoomError, KeyError) as e:
            out.append(("room or key", str(e)))
        except LookupError as e:
            out.append(("lookup", str(e)))
        except Exception as e:
            out.append(("other", repr(e)))
    return out


def first_matching_handler():
    try:
        raise KeyError("k")
    except Exception:
        return "Exception"
    except KeyError:
        return "KeyError"


def not_caught():
    try:
        raise ValueError("v")
    except KeyError:
        return "never"


def bare_except():
    try:
        return 1 // 0
    except:
        return "caught"


def bare_raise():
    log = []
    try:
        try:
            raise ValueError("v")
        except ValueError:
            log.append("inner")
            raise
    except ValueError as error:
        log.append(str(error))
    return log


def bare_raise_after_a_nested_one():
    try:
        raise ValueError("outer")
    except ValueError:
        try:
            raise KeyError("inner")
        except KeyError:
            pass
        raise


def raise_from():
    try:
        try:
            int("x")
        except ValueError as error:
            raise RoomError("wrapped") from error
    except RoomError as error:
        return str(error)


def raise_from_none():
    try:
        raise RoomError("r") from None
    except RoomError as error:
        return repr(error)


def raised_in_handler():
    try:
        {}["k"]
    except KeyError:
        raise ValueError("second")


def else_runs_without_error():
    log = []
    for text in ("1", "x"):
        try:
            n = int(text)
        except ValueError:
            log.append("bad")
        else:
            log.append(n)
        finally:
            log.append("f")
    return log


def errors_in_else_are_not_caught():
    log = []
    try:
        try:
            log.append("try")
        except ValueError:
            log.append("never")
        else:
            raise ValueError("else")
        finally:
            log.append("finally")
    except ValueError as error:
        log.append(str(error))
    return log


def else_and_return():
    def f(fail):
        try:
            if fail:
                raise ValueError
        except ValueError:
            return "except"
        else:
            return "else"
        finally:
            log.append(fail)

    log = []
    return f(True), f(False), log


def return_in_try_skips_else():
    def f():
        try:
            return "try"
        except ValueError:
            return "except"
        else:
            return "else"

    return f()


def finally_overrides_return():
    def f():
        try:
            return "try"
        finally:
            return "finally"

    return f()


def finally_swallows_the_error():
    def f():
        try:
            raise ValueError
        finally:
            return "swallowed"

    return f()


def finally_does_not_change_the_value():
    def f():
        n = 1
        try:
            return n
        finally:
            n = 2

    return f()


def finally_changes_a_shared_list():
    def f():
        v = [1]
        try:
            return v
        finally:
            v.append(2)

    return f()


def finally_order():
    log = []

    def f():
        try:
            log.append("a")
            try:
                log.append("b")
                raise KeyError("k")
            finally:
                log.append("c")
        except KeyError:
            log.append("d")
            return "value"
        finally:
            log.append("e")

    return f(), log


def break_and_continue_with_finally():
    log = []
    for n in range(5):
        try:
            if n == 1:
                continue
            if n == 3:
                break
            log.append(n)
        finally:
            log.append(f"f{n}")
    return log


def break_in_except():
    log = []
    while True:
        try:
            log.append(len(log))
            if len(log) > 2:
                raise StopIteration
        except StopIteration:
            break
    return log


def retry():
    attempts = []

    def unreliable():
        attempts.append(1)
        if len(attempts) < 3:
            raise RoomError("again")
        return "done"

    while True:
        try:
            result = unreliable()
            break
        except RoomError:
            continue
    return result, len(attempts)


def error_as_a_value():
    errors = [ValueError("a"), KeyError("b")]
    return [str(e) for e in errors], [repr(e) for e in errors], [e.args for e in errors]


def types_in_a_variable():
    wanted = (KeyError, ValueError)
    try:
        raise ValueError("v")
    except wanted as error:
        return str(error)


def handler_variable_does_not_shadow_others():
    error = "outer"
    try:
        raise ValueError("v")
    except ValueError as problem:
        text = f"{error} {problem}"
    return text, error


def errors_of_builtins():
    out = []
    for action in (
        lambda: 1 / 0,
        lambda: [][0],
        lambda: {}["x"],
        lambda: int("x"),
        lambda: "a" + 1,
        lambda: None + 1,
        lambda: len(5),
        lambda: [1].index(9),
        lambda: "abc".index("z"),
        lambda: max([]),
        lambda: [].pop(),
        lambda: {}.pop("k"),
        lambda: chr(-1),
        lambda: ord("ab"),
        lambda: float("x"),
        lambda: 5 < "a",
        lambda: -"a",
        lambda: next(iter([])),
        lambda: "x" * 1.5,
        lambda: [1] + "a",
        lambda: 1 in 5,
        lambda: sorted([1, "a"]),
        lambda: "%d" % "x",
        lambda: sum(["a"]),
        lambda: int([]),
        lambda: {}[[]],
    ):
        try:
            out.append(action())
        except Exception as error:
            out.append(f"{_type_name(error)}: {error}")
    return out


def _type_name(error):
    return repr(error).partition("(")[0]


def text_of_key_errors():
    out = []
    for key in ("a", 1, None, ("a", 1), "it's", ""):
        try:
            {}[key]
        except KeyError as error:
            out.append((str(error), repr(error), error.args))
    return out


def assertion():
    n = 1
    assert n == 1
    assert n == 2, f"n is {n}"


def assertion_without_text():
    assert []


def raise_class_and_instance():
    out = []
    for thing in (ValueError, ValueError(), ValueError("x"), ValueError(1, 2), ValueError(None)):
        try:
            raise thing
        except ValueError as error:
            out.append((str(error), repr(error)))
    return out


def raise_something_else():
    thing = "text"
    raise thing


def raise_in_nested_functions():
    def a():
        raise KeyError("deep")

    def b():
        try:
            a()
        finally:
            log.append("b")

    log = []
    try:
        b()
    except KeyError as error:
        log.append(error.args[0])
    return log


def exception_in_finally_wins():
    try:
        raise ValueError("first")
    finally:
        raise KeyError("second")


def exception_in_finally_passes_the_handler_before_it():
    log = []

    def fail():
        raise ValueError("finally")

    try:
        try:
            log.append("try")
        except ValueError:
            log.append("never")
        finally:
            fail()
    except ValueError as error:
        log.append(str(error))
    return log


def exception_in_comprehension_and_generator():
    out = []
    try:
        [1 // n for n in (1, 0)]
    except ZeroDivisionError as error:
        out.append(str(error))
    try:
        sum(1 // n for n in (1, 0))
    except ZeroDivisionError as error:
        out.append(str(error))
    return out


def not_implemented():
    raise NotImplementedError("later")


def hierarchy():
    pairs = [
        (KeyError, LookupError),
        (IndexError, LookupError),
        (ZeroDivisionError, ArithmeticError),
    ]
    return (
        [isinstance(a("x"), b) for a, b in pairs],
        isinstance(FullError("r"), Exception),
        isinstance(RoomError(), FullError),
    )


def recursion_with_cleanup():
    log = []

    def down(n):
        try:
            if n == 0:
                raise RoomError("bottom")
            down(n - 1)
        finally:
            log.append(n)

    try:
        down(3)
    except RoomError as error:
        log.append(str(error))
    return log
