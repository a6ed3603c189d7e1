"""f-strings and format()."""


def integers():
    n = 42
    return f"{n:5}|{n:<5}|{n:^5}|{n:>5}|{n:05}|{n:+}|{n: }|{n:-}|{n:=+6}|{n:*^8}|{n:d}|{-n:06d}"


def integer_bases():
    n = 255
    return f"{n:x} {n:X} {n:#x} {n:b} {n:#b} {n:o} {n:#o} {n:08b} {n:#010x} {n:c} {-n:x}"


def thousands():
    n = 1234567
    return f"{n:,} {n:_} {n:12,} {n:x} {1234.5:,.2f} {-n:,} {123:,} {n:_x} {0.5:,}"


def big_integers():
    n = 2**80
    return f"{n} {n:,} {n:x} {n:40d}| {n:e} {-n:+}"


def fixed():
    x = 3.14159
    return f"{x:.2f} {x:8.3f}| {x:<8.1f}| {x:+.0f} {x:08.2f} {-x:08.2f} {x:f} {2.5:.0f} {3.5:.0f} {0.125:.2f} {1:.2f}"


def exponents():
    x = 12345.678
    return f"{x:e} {x:.2e} {x:E} {0.00012:.1e} {0:.1e} {1e100:e} {x:12.1e}|"


def general():
    return f"{1234567.0:g} {0.0001:g} {0.00001:g} {1e20:g} {3.0:g} {3.14159:.3g} {100:g} {1e6:g} {123456789:g} {0.1:G}"


def percent():
    return f"{0.5:%} {0.1234:.1%} {1:.0%} {0.005:.0%} {2.5:8.1%}|"


def floats_without_a_type():
    return f"{1.0} {1.5:5}| {1e20:} {0.1:.3} {1234.5678:.3} {1.0:.3} {2.0:5}| {1e16} {-0.0}"


def text():
    s = "방ab"
    return f"{s:6}|{s:>6}|{s:^6}|{s:.2}|{s:*<5}|{s:s}|{s:👍^7}|{'x':>{4}}|{'long':.{2}}"


def conversions():
    s = "it's"
    return f"{s!r} {s!s} {'방'!a} {s!r:>10} {None!r} {[s]!r} {1.0!r} {s!r:.4}"


def nested_specs():
    width, precision, x = 10, 3, 2.71828
    return f"{x:{width}.{precision}f}| {x:{'>'}{width}}| {'a':{'*'}^{width}}|"


def self_documenting():
    x, y = 5, "a"
    return f"{x=} {y=} {x + 1=} {y=!s} {x=:>4}"


def expressions():
    d, values = {"k": 1}, [1, 2]
    return f"{d['k']} {values[-1]} {len(values)} {'yes' if values else 'no'} {(lambda: 3)()} {[n for n in values]}"


def braces():
    x = 1
    return f"{{{x}}} {{}} {{x}} }}{x}{{", f"{ {'a': 1}['a'] }", f"{{{{{x}}}}}"


def of_everything():
    return f"{None} {True} {[1, 'a', None]} {(1,)} { {'a': [1.0]} } {set()} {b'x'} {range(3)} {()}"


def booleans():
    return f"{True:5}|{True:d}|{False:>6}|{True!s:>6}|{True:.1f}"


def adjacent():
    a = 1
    return f"a{a}bc{a}" + f"{a}" * 2, f"x{a}", f"" + "y", f"{a}{a}"


def multiline():
    a = "x"
    return f"""line {a}
  "quoted" {a!r}
"""


def long_names_and_attributes():
    room = Room("로비", 3)
    return f"{room.name} has {room.size:02d} {room.label():>8} {room}"


class Room:
    def __init__(self, name, size):
        self.name = name
        self.size = size

    def label(self):
        return f"<{self.name}>"

    def __str__(self):
        return f"Room {self.name}"


def format_function():
    return (
        format(3.14159, ".2f"),
        format(5, "03d"),
        format("a"),
        format("a", ">3"),
        format(10, "b"),
        format(None),
    )


def unknown_code():
    return f"{'a':d}"


def float_with_an_integer_code():
    return f"{1.5:d}"


def text_with_sign():
    return f"{'a':+}"


def precision_of_integer():
    return f"{5:.2}"


def list_with_width():
    return f"{[1]:5}"


def none_with_width():
    return f"{None:5}"


def zero_padding_of_text():
    return f"{'a':05}|{'-5':05}"


def nan_and_infinity():
    inf = float("inf")
    return f"{inf} {-inf:.2f} {inf - inf} {inf:>6} {inf:06} {inf:e} {inf:%}"


def rounding():
    return f"{0.5:.0f} {1.5:.0f} {2.675:.2f} {1.005:.2f} {1e22:.0f} {123456789.987654321:.4f} {0.1:.20f}"


def dates_like():
    year, month, day = 2024, 3, 9
    return f"{year:04d}-{month:02d}-{day:02d}T{0:02d}:{5:02d}:{7.5:06.3f}Z"


def table():
    rows = [("방", 1, 0.5), ("long name", 22, 12.25)]
    return "\n".join(f"{name:<10}|{count:>4}|{ratio:>8.2%}" for name, count, ratio in rows)


def awkward_texts():
    quote, back = '"', "\\"
    return f"{quote}{back}`${{{quote}}}${back}", f"{'`'}", f"{'${1}'}", f"\N{SNOWMAN}\x41\u0042"
