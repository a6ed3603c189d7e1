"""Whole numbers of any size."""


def big_sums():
    a = 2**53
    return a, a + 1, a - 1, a + 1 - 2, -a - 1, 9007199254740991 + 1, 9007199254740993


def big_products():
    return 10**20 * 10**20, 99999999 * 99999999, 3 * 10**18 // 10**18, (2**70) % 1000, -(2**65)


def factorial():
    result = 1
    for n in range(1, 31):
        result *= n
    return result


def fibonacci():
    a, b = 0, 1
    for _ in range(150):
        a, b = b, a + b
    return a


def floor_division_signs():
    return [a // b for a in (7, -7) for b in (2, -2)], [a % b for a in (7, -7) for b in (2, -2)]


def floor_division_of_big_numbers():
    big = 10**20 + 7
    return [a // b for a in (big, -big) for b in (10, -10)], [
        a % b for a in (big, -big) for b in (10, -10)
    ]


def zero_remainders():
    return 6 % 3, -6 % 3, 6 % -3, 0 // 5, 0 % 5, -0, 0 * -1, 0 // -5


def division_gives_floats():
    return 4 / 2, 1 / 3, -1 / 2, 10**20 / 10**18, 0 / 5, 7 / 7


def divmods():
    return divmod(7, 2), divmod(-7, 2), divmod(7, -2), divmod(10**20, 7), divmod(7.5, 2)


def division_by_zero():
    return 1 / 0


def floor_division_by_zero():
    return 1 // 0


def remainder_by_zero():
    return 1 % 0


def divmod_by_zero():
    return divmod(1, 0)


def powers():
    return 2**10, 2**-1, (-2) ** 3, -(2**2), 0**0, 7**20, pow(2, 100), pow(3, 4, 5), pow(2, -1)


def powers_bind():
    return -(2**2), 2**3**2, (2**3) ** 2, 2**-2 * 4


def zero_to_negative():
    return 0**-1


def shifts():
    return 1 << 40, 1 << 70, 2**70 >> 68, -1 >> 3, -5 >> 1, 5 << 0, 255 >> 4, -(2**70) >> 69


def negative_shift():
    return 1 << -1


def bits():
    return 12 & 10, 12 | 3, 12 ^ 10, ~5, ~-1, -1 & 0xFF, -8 | 3, 2**40 & (2**40 - 1), 2**40 | 1


def bits_of_big_numbers():
    a = 2**65 + 5
    return a & 7, a | 2**66, a ^ a, ~a, a & -a, (a & 0xFFFFFFFFFFFFFFFF) == 5


def bits_over_32():
    return 0xFFFFFFFF & 0xFFFFFFFF, 0xFFFFFFFF + 1, 0x80000000 | 0, 1 << 31, 1 << 32, ~0xFFFFFFFF


def literals():
    return 0xFF, 0o17, 0b101, 1_000_000, 0xDEADBEEFCAFEBABE, 12345678901234567890


def parsing():
    return int("42"), int(" -7 "), int("+5"), int("1_000"), int("99999999999999999999"), int("007")


def parsing_with_base():
    return (
        int("ff", 16),
        int("0xff", 16),
        int("101", 2),
        int("z", 36),
        int("0b11", 0),
        int("-0o7", 8),
        int("10", base=8),
    )


def parsing_floats():
    return int(3.9), int(-3.9), int(1e20), int(True), int(2.0)


def parsing_nonsense():
    return int("4x")


def parsing_empty():
    return int("")


def parsing_a_float_text():
    return int("1.5")


def parsing_a_bad_digit():
    return int("9", 8)


def parsing_none():
    return int(None)


def rendering():
    return str(10**25), repr(-5), hex(255), hex(-255), bin(5), oct(8), hex(2**70), bin(-2)


def comparing():
    return (
        2**53 == 2**53 + 1,
        2**53 < 2**53 + 1,
        1 == 1.0,
        2**70 > 1e10,
        3 > 2.5,
        2**53 + 1 > float(2**53),
    )


def booleans_are_integers():
    return (
        True + True,
        True * 5,
        False - 1,
        True == 1,
        sum([True, False, True]),
        -True,
        ~True,
        True < 2,
        True / 2,
    )


def absolute_and_sign():
    return abs(-5), abs(-(2**70)), -5, +5, +True, --5


def rounding_to_tens():
    return (
        round(1234, -2),
        round(1250, -2),
        round(1350, -2),
        round(15, -1),
        round(25, -1),
        round(7),
        round(-15, -1),
    )


def bit_lengths():
    return (5).bit_length(), (0).bit_length(), (2**70).bit_length(), (-8).bit_length()


def to_and_from_bytes():
    return (258).to_bytes(2, "big"), (258).to_bytes(4, "little"), int.from_bytes(b"\x01\x02", "big")


def minimum_and_maximum():
    return max(1, 2**70), min([3, 1, 2]), max(2, 2.5), min(-1, True), sum([2**60, 2**60], 1)


def maximum_of_nothing():
    return max([])


def as_indexes():
    values = ["a", "b"]
    return values[True], values[-True], values[1 - 1], "abc"[2**0]


def hashes_in_dicts():
    return {2**60: "a", 2**60 + 1: "b"}[2**60], {1: "x"}[True], {2**53: 1}.get(2.0**53)


def ranges():
    return (
        list(range(5)),
        list(range(2, 8, 3)),
        list(range(5, 0, -2)),
        list(range(0)),
        list(range(3, 3)),
    )


def ranges_have_properties():
    r = range(0, 10, 3)
    return (
        len(r),
        r[-1],
        r[1],
        6 in r,
        7 in r,
        list(r[1:3]),
        range(3) == range(0, 3),
        r,
        list(reversed(r)),
    )


def range_with_zero_step():
    return list(range(1, 5, 0))


def range_with_float():
    return range(1.5)


def collatz():
    lengths = []
    for start in range(1, 12):
        n, steps = start, 0
        while n != 1:
            n = n // 2 if n % 2 == 0 else 3 * n + 1
            steps += 1
        lengths.append(steps)
    return lengths


def greatest_common_divisor():
    def gcd(a, b):
        while b:
            a, b = b, a % b
        return a

    return gcd(48, 36), gcd(2**80, 6**30), gcd(0, 5)


def linear_congruence():
    state, out = 42, []
    for _ in range(8):
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        out.append(state >> 33)
    return out


def fnv_hash():
    value = 0xCBF29CE484222325
    for byte in "room 방".encode():
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return value
