"""Numbers with a point."""

import math


def texts():
    return 1.0, 0.1, 1e16, 1e15, 123456789012345680.0, 1e-5, 0.0001, 1e22, 1.5e300, -0.0, 5e-324


def large_literals():
    return 1e300, 1e308 * 10, -1e308 * 10, 1.7976931348623157e308, 2.0**1000


def infinities():
    return float("inf"), float("-inf"), -float("inf"), math.inf, float("inf") > 10**400, 1e999


def not_a_number():
    nan = float("nan")
    return nan, nan == nan, nan != nan, nan < 1, math.isnan(nan), [nan] == [1], nan in [1.0]


def sums():
    return 0.1 + 0.2, 0.1 * 3, 1.0 + 1, 1 + 1.0, 2.5 - 0.5, 1e16 + 1.0, 0.1 + 0.7


def integral_results_stay_floats():
    x = 4.0
    return x, x / 2, x * 2, x - 4, x // 3, x % 3, -x, abs(-x), x**2, x**0.5, +x


def division():
    return 7.5 // 2, -7.5 // 2, 7.5 % 2, -7.5 % 2, 7.5 % -2, 1.0 // 0.1, 1 % 0.1, 6.0 // 2.0


def signed_zeros():
    return (
        0.0 == -0.0,
        -0.0,
        0.0 * -1,
        -0.0 + 0.0,
        0.0 // -1,
        str(-0.0),
        abs(-0.0),
        -1.0 % 1.0,
        0.0 % -1.0,
    )


def division_by_zero():
    return 1.0 / 0


def floor_division_by_zero():
    return 1.0 // 0.0


def remainder_by_zero():
    return 1.0 % 0


def zero_to_negative_power():
    return 0.0**-1


def overflowing_power():
    return 10.0**400


def int_too_large():
    return float(10**400)


def int_of_infinity():
    return int(float("inf"))


def int_of_nan():
    return int(float("nan"))


def parsing():
    return (
        float("1.5"),
        float(" -2 "),
        float("1e3"),
        float("1_0.5"),
        float(".5"),
        float("5."),
        float("+1"),
        float("INF"),
    )


def parsing_nonsense():
    return float("1.5x")


def parsing_empty():
    return float("")


def rounding():
    return (
        [round(x) for x in (0.5, 1.5, 2.5, -0.5, -1.5, 2.4999999)],
        round(2.675, 2),
        round(1.005, 2),
        round(5.015, 2),
    )


def rounding_keeps_the_kind():
    return (
        round(2.0),
        round(2.0, 0),
        round(2, 1),
        round(2.55, 1),
        round(-1.25, 1),
        round(1e20),
        round(1234.5, -2),
    )


def math_functions():
    return (
        math.sqrt(2),
        math.sqrt(4),
        math.ceil(1.2),
        math.floor(-1.2),
        math.trunc(-1.9),
        math.fabs(-3),
        math.pi,
        math.e,
    )


def more_math_functions():
    return (
        math.log(math.e),
        math.log2(8),
        math.log10(1000),
        math.hypot(3, 4),
        math.pow(2, 3),
        math.log(8, 2),
    )


def predicates():
    return (
        math.isinf(math.inf),
        math.isfinite(1.0),
        math.isclose(0.1 + 0.2, 0.3),
        (2.0).is_integer(),
        (2.5).is_integer(),
    )


def square_root_of_negative():
    return math.sqrt(-1)


def logarithm_of_zero():
    return math.log(0)


def comparing_with_integers():
    return (
        1.0 == 1,
        0.5 < 1,
        2.0 >= 2,
        2**53 == 2.0**53,
        2**53 + 1 == 2.0**53,
        1.5 in [1.5],
        1 in [1.0],
    )


def keys():
    d = {1.0: "a", 0.5: "b"}
    d[1] = "c"
    return d, d[True], 1.0 in d, d.get(0.5)


def mixed_sums():
    return sum([0.5, 1, 2]), sum([1, 2], 0.5), max(1, 1.5), min(2.0, 2), sum([1.0, 2.0])


def mean():
    values = [3, 4, 5]
    return sum(values) / len(values), sum(values) / 3 == 4


def integer_and_float_text():
    return f"{1.0}", f"{3}", str(1e100), f"{1e21}", f"{0.1 + 0.2}", "%s" % 2.0, repr(1.0)


def steps_accumulate():
    x = 0.0
    for _ in range(10):
        x += 0.1
    return x, x == 1.0, round(x, 10), int(x)


def as_truth():
    return (
        bool(0.0),
        bool(-0.0),
        bool(0.1),
        bool(float("nan")),
        not 0.0,
        0.0 or "zero",
        2.0 and "two",
    )


def as_indexes():
    at = 1.0
    return [1, 2][at]


def as_counts():
    return "a" * 2.0


def powers():
    return 2.0**3, 2**0.5, 2**-1, 4**0.5, (-8.0) ** 3, 9.0**0.5, 1.0**1000, 0.0**0


def large_and_small():
    return 1e308 + 1e308, 1e-320, 5e-324 / 2, 123456.789e3, 1.0e10, 12345678.9, 1e7


def divmods_and_negation():
    return divmod(7.5, 2), divmod(-7.5, 2), divmod(7, -2.5), -(1.5), -(-2.0), divmod(1.0, 0.25)


def sorted_mix():
    return (
        sorted([2, 1.5, True, 0.0, -1]),
        sorted([1.0, 1, True]),
        sorted([3.5, 3, 2.5], reverse=True),
    )


def newton():
    x = 2.0
    for _ in range(20):
        x = x - (x * x - 2) / (2 * x)
    return x
