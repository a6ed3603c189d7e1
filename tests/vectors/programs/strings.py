"""Text: quotes, escapes, code points and the methods of str."""


def quotes():
    return "a\"b'c`d", 'it\'s "x"', "`${1 + 1}`", "${x}", "\\", "\\\\n"


def quotes_in_f_strings():
    x = "v"
    return f"a\"b'c`d{x}", f"`${{1}}`${x}", f"\\{x}\\", f"{{{x}}}", f"$`{x}${{", f'\\"{x}"'


def newlines_and_control_characters():
    x = 1
    return "a\nb\r\tc\0d\x1b\x7f", f"a\nb\r{x}\t\0", "\b\f\v", "\x85\xa0"


def line_separators():
    x = "x"
    return "a\u2028b\u2029c", f"a\u2028{x}\u2029", len("\u2028"), "a\u2028b".splitlines()


def korean():
    text = "채팅방에 오신 것을 환영합니다"
    return text[0], text[-1], len(text), text[2:5], text.split(), text.replace("방", "실"), text


def emoji_are_one_character():
    text = "a👍b🎉"
    return len(text), list(text), text[1], text[1:3], text[::-1], text.find("b"), text.index("🎉")


def emoji_with_joiners():
    family = "👨‍👩‍👧"
    return len(family), [ord(c) for c in family], family == "".join(list(family))


def lone_surrogates():
    text = "a\ud800b\udc00"
    return len(text), [ord(c) for c in text], text == "a\ud800b\udc00", f"\ud83d{'x'}" == "\ud83dx"


def ord_and_chr():
    return ord("가"), chr(0x1F600), ord("\n"), chr(65), [chr(n) for n in range(97, 101)]


def repr_of_text():
    return repr("it's"), repr('say "x"'), repr("'\""), repr("\n\t\\"), repr("\x00\x7f"), repr("방")


def repr_of_special_characters():
    return ["\u200b", "\xad", "\ufeff", "\u2028", "é", "\ue000", "\U0001f600", "\u0301"]


def concatenation():
    a, b = "x", "y"
    return "ab", "a" + "b" + a, a + b, a * 3, 2 * b, a * 0, a * -1, "" + f"{a}" + "c"


def comparing():
    return "a" < "b", "Z" < "a", "가" < "나", "a" < "ab", "" < "a", "é" > "z", "👍" > "\uffff"


def indexing():
    s = "hello"
    return s[0], s[-1], s[1:3], s[:-1], s[10:], s[-100:2], s[::2], s[::-1], s[4:1:-1]


def index_out_of_range():
    return "abc"[3]


def splitting():
    s = "a,b,,c"
    return (
        s.split(","),
        s.split(",", 1),
        s.rsplit(",", 1),
        s.split(",,"),
        "".split(","),
        "".split(),
        "  a  b ".split(),
        " a b c".split(None, 1),
        "a b c ".rsplit(maxsplit=1),
    )


def splitting_with_keywords():
    return "a-b-c".split(sep="-"), "a-b-c".split("-", maxsplit=1), "a b".split(maxsplit=5)


def split_by_nothing():
    return "a".split("")


def split_lines():
    return (
        "a\nb\r\nc\n".splitlines(),
        "a\nb".splitlines(True),
        "".splitlines(),
        "a\n\nb".split("\n"),
    )


def partitions():
    return (
        "a=b=c".partition("="),
        "a=b=c".rpartition("="),
        "abc".partition("="),
        "x".rpartition("="),
    )


def stripping():
    s = "  \t x y \n"
    return (
        s.strip(),
        s.lstrip(),
        s.rstrip(),
        "xxaxx".strip("x"),
        "abcba".strip("ab"),
        "--a".lstrip("-"),
    )


def prefixes():
    s = "room-12"
    return (
        s.startswith("room"),
        s.startswith(("a", "r")),
        s.endswith("12"),
        s.endswith(("x", "y")),
        s.removeprefix("room-"),
        s.removesuffix("-12"),
        s.startswith("oom", 1),
        s.removeprefix("x"),
    )


def searching():
    s = "banana"
    return (
        s.find("na"),
        s.rfind("na"),
        s.find("x"),
        s.index("n"),
        s.count("a"),
        s.find("a", 2),
        s.count(""),
    )


def index_of_missing():
    return "abc".index("x")


def replacing():
    return (
        "aaa".replace("a", "b", 2),
        "abc".replace("", "-"),
        "a.b.c".replace(".", "$&"),
        "aa".replace("a", ""),
    )


def cases():
    return (
        "Hello World".swapcase(),
        "hello world".title(),
        "hELLO".capitalize(),
        "ß".upper(),
        "İ".lower(),
    )


def more_cases():
    return "ABC".lower(), "Straße".casefold(), "they're bill's".title(), "éa".upper(), "".upper()


def padding():
    return (
        "a".ljust(3) + "|",
        "a".rjust(3),
        "ab".center(5, "*"),
        "7".zfill(3),
        "-7".zfill(4),
        "👍".ljust(3, "-"),
    )


def classes_of_characters():
    return [
        ("12".isdigit(), "1a".isalnum(), "ab".isalpha(), " ".isspace(), "".isdigit()),
        ("ab".islower(), "AB".isupper(), "Ab".istitle(), "abc".isidentifier(), "é".isascii()),
        ("²".isdigit(), "²".isdecimal(), "½".isnumeric(), "가".isalpha(), "1".isdecimal()),
    ]


def joining():
    return (
        ",".join(["a", "b"]),
        "".join("abc"),
        "-".join([]),
        ", ".join(str(n) for n in range(3)),
        "x".join({"k": 1}),
    )


def joining_numbers():
    return ",".join(["a", 1])


def containing():
    return "ell" in "hello", "" in "a", "x" not in "abc", "👍" in "a👍"


def in_with_a_number():
    return 1 in "abc"


def text_plus_number():
    return "a" + 1


def number_plus_text():
    return 1 + "a"


def text_times_text():
    return "a" * "b"


def iterating():
    return (
        [c for c in "a👍"],
        list(enumerate("ab")),
        list(zip("ab", "cd")),
        list(reversed("abc")),
        sorted("bca"),
    )


def percent_formatting():
    return (
        "%s is %d and %.2f" % ("a", 3, 1.5),
        "%5s|%-5s|%05d" % ("a", "b", 7),
        "%r %%" % "x",
        "%x %X %o" % (255, 255, 8),
    )


def format_method():
    return (
        "{} {}".format(1, "a"),
        "{0}{1}{0}".format("a", "b"),
        "{x:>4}".format(x=1),
        "{{}}".format(),
    )


def format_method_with_fields():
    return "{0[a]} {1[0]}".format({"a": 1}, [2]), "{!r}".format("x"), "{:{}}".format("a", 3)


def expanding_tabs():
    return "a\tb".expandtabs(), "a\tb".expandtabs(4), "ab\tc\n\td".expandtabs(3)


def translating():
    return "abc".translate({97: "x", 98: None}), "a.b".translate({46: 45})


def str_of_things():
    return str(None), str(True), str(1.0), str([1, "a"]), str({"a": 1}), str((1,)), str("x"), str()


def encoding():
    return (
        "가".encode(),
        len("👍".encode()),
        "é".encode("utf-8"),
        b"\xea\xb0\x80".decode(),
        "a".encode("ascii"),
    )


def methods_as_values():
    upper = "abc".upper
    return upper(), list(map(str.upper, ["a", "b"])), sorted(["B", "a"], key=str.lower)


def multiline():
    text = """first
  second "quoted"
\tthird\\
"""
    return text, text.splitlines()


def bytes_are_not_text():
    return b"a" == "a", "a" != b"a", str(b"a")


def truth():
    return [bool(s) for s in ["", " ", "0", "False"]], not "", "" or "x", "a" and "b"
