"""Random programs of the accepted Python, for hypothesis to grow and to shrink.

Every program ends: loops have bounds, and functions call only what stands before them. Variables
have a kind (a number, a text, a list, a dict), so that most programs get far before they fail; some
fail on purpose, since the text of the exception must be the same too.
"""

from hypothesis import strategies as st

NUMBERS = ("i", "j", "k")
TEXTS = ("s", "t")
LISTS = ("v", "w")
DICTS = ("d",)
START = [
    "i, j, k = 7, -3, 2.5",
    's, t = "ab", "방 1"',
    "v, w = [3, 1, 2], []",
    'd = {"a": 1, 2: "two"}',
    "steps = 0",
]
RESULT = "return i, j, k, s, t, v, w, d"

_integers = st.one_of(
    st.integers(-12, 12), st.sampled_from([0, 2**31, 2**53, -(2**63), 10**20, 255])
)
_floats = st.sampled_from([0.5, -1.5, 2.0, 0.1, 1e16, -0.0, 3.25])
_texts = st.sampled_from(["", "a", "ab", "b c", "방", "👍x", "12", "-7", 'q"', "${x}", "`", "\\"])
number_literal = st.one_of(_integers, _floats).map(lambda n: f"({n!r})" if n < 0 else repr(n))
text_literal = _texts.map(repr)


def _fill(template, **parts):
    """A strategy of texts: ``{name}`` is replaced by what the strategy of that name gives."""
    return st.fixed_dictionaries(parts).map(lambda given: template.format(**given))


def _any_of(templates, **parts):
    return st.sampled_from(templates).flatmap(
        lambda template: _fill(template, **{n: p for n, p in parts.items() if f"{{{n}" in template})
    )


def _grow(children):
    """Expressions of all kinds, one level deeper; each strategy may fail to be of its kind."""
    number, text, items, table, test = children
    parts = {"n": number, "m": number, "s": text, "r": text, "v": items, "w": items, "d": table}
    parts |= {"c": test, "small": st.integers(-3, 4).map(str)}
    numbers = _any_of(
        [
            "({n} + {m})",
            "({n} - {m})",
            "({n} * {m})",
            "({n} / {m})",
            "({n} // {m})",
            "({n} % {m})",
            "(-{n})",
            "abs({n})",
            "len({s})",
            "len({v})",
            "int({n})",
            "float({n})",
            "round({n}, 2)",
            "round({n})",
            "({n} if {c} else {m})",
            "max({n}, {m})",
            "min({n}, {m})",
            "sum(x for x in {v} if isinstance(x, int))",
            "{v}[{small}]",
            "{s}.count({r})",
            "{s}.find({r})",
            "int({s})",
            "(int({n}) & {small})",
            "(int({n}) ^ int({m}))",
            "(int({n}) >> abs({small}))",
            "({n} and {m})",
            "({n} or {m})",
            "divmod({n}, {m})[0]",
            "{d}.get({s}, {n})",
        ],
        **parts,
    )
    texts = _any_of(
        [
            "({s} + {r})",
            "({s} * {small})",
            "{s}[{small}:]",
            "{s}[:{small}]",
            "{s}[::-1]",
            "{s}[{small}]",
            "str({n})",
            "repr({s})",
            "str({v})",
            "{s}.upper()",
            "{s}.replace({r}, {s})",
            "{s}.strip()",
            "{r}.join(str(x) for x in {v})",
            "f'{{{n}}}|{{{s}!r:>6}}'",
            "f'<{{{s}:^7}}>'",
            "({s} if {c} else {r})",
            "({s} or {r})",
            "{s}.partition({r})[2]",
            "{s}.zfill(4)",
        ],
        **{**parts, "s": text.filter(_fits_f_string), "n": number.filter(_fits_f_string)},
    )
    lists = _any_of(
        [
            "[{n}, {m}]",
            "[{s}, {n}]",
            "({v} + {w})",
            "{v}[{small}:]",
            "{v}[::{small}]",
            "list({s})",
            "sorted({v})",
            "sorted({v}, key=str, reverse=True)",
            "list(reversed({v}))",
            "[x * 2 for x in {v}]",
            "[x for x in {v} if x != {n}]",
            "[(x, y) for x in {v}[:2] for y in {w}[:2]]",
            "list({d})",
            "list({d}.values())",
            "list({d}.items())",
            "{s}.split({r})",
            "{s}.split()",
            "list(range({small}, 4))",
            "list(zip({v}, {s}))",
            "list(enumerate({s}, {small}))",
            "[*{v}, {n}]",
            "({v} if {c} else {w})",
            "({v} * {small})",
            "list(map(str, {v}))",
        ],
        **parts,
    )
    tables = _any_of(
        [
            "{{{s}: {n}, {n}: {s}}}",
            "{{**{d}, {s}: {v}}}",
            "{{x: len(str(x)) for x in {v}}}",
            "dict(zip({s}, {v}))",
            "({d} | {{{n}: {m}}})",
            "{d}.copy()",
            "dict(enumerate({v}))",
        ],
        **parts,
    )
    tests = _any_of(
        [
            "{n} < {m}",
            "{n} == {m}",
            "{n} <= {m} < 9",
            "{s} in {r}",
            "{s} == {r}",
            "{n} in {v}",
            "{s} in {d}",
            "{v} == {w}",
            "{v} < {w}",
            "not {c}",
            "({c} and {n})",
            "({c} or {s})",
            "isinstance({n}, float)",
            "any(x == {n} for x in {v})",
            "all({v})",
            "{s}.isdigit()",
            "{n} is not None",
        ],
        **parts,
    )
    brackets = tests.map(lambda test: f"({test})")
    return (
        st.one_of(number, numbers),
        st.one_of(text, texts),
        st.one_of(items, lists),
        st.one_of(table, tables),
        st.one_of(test, brackets),
    )


def _fits_f_string(text):
    """Before Python 3.12 an f-string may contain neither its own quotes nor a backslash."""
    return not set(text) & set("'\"\\{}")


_LEAVES = (
    st.one_of(st.sampled_from(NUMBERS), number_literal),
    st.one_of(st.sampled_from(TEXTS), text_literal),
    st.sampled_from(LISTS),
    st.sampled_from(DICTS),
    st.sampled_from(["True", "False", "v", "i", "s"]),
)
_EXPRESSIONS = _grow(_grow(_LEAVES))


def _joined(parts):
    return [line for lines in parts for line in lines]


def _indented(lines):
    return [f"    {line}" for line in lines]


def _simple():
    number, text, items, table, _ = _EXPRESSIONS
    assignments = [
        _fill("{a} = {n}", a=st.sampled_from(NUMBERS), n=number),
        _fill("{a} = {s}", a=st.sampled_from(TEXTS), s=text),
        _fill("{a} = {v}", a=st.sampled_from(LISTS), v=items),
        _fill("d = {d}", d=table),
        _fill(
            "{a} {op}= {n}",
            a=st.sampled_from(NUMBERS),
            op=st.sampled_from(["+", "-", "*", "//", "%"]),
            n=number,
        ),
        _fill("{a} += {s}", a=st.sampled_from(TEXTS), s=text),
        _fill("{a}.append({n})", a=st.sampled_from(LISTS), n=number),
        _fill("{a} += {v}", a=st.sampled_from(LISTS), v=items),
        _fill("d[{s}] = {v}", s=st.one_of(text, number), v=items),
        _fill("{a}[{n}] = {s}", a=st.sampled_from(LISTS), n=st.integers(-2, 2).map(str), s=text),
        _fill("i, j = {n}, {m}", n=number, m=number),
        _fill("{a}, *{b} = {v}", a=st.just("k"), b=st.sampled_from(LISTS), v=items),
        _fill("k = helper({n}, b={m})", n=number, m=number),
        _fill("w = [*helper_list(*{v}[:2], last={n})]", v=items, n=number),
        _fill("raise ValueError({s}, {n})", s=text, n=number),
        _fill("del v[{n}:]", n=st.integers(-2, 2).map(str)),
        _fill("s = v.pop() if v else {s}", s=text),
    ]
    return st.one_of(assignments).map(lambda line: [line])


def _blocks(body):
    number, text, items, _, test = _EXPRESSIONS
    lines = st.lists(body, min_size=1, max_size=3).map(_joined)
    return st.one_of(
        st.tuples(test, lines, lines).map(
            lambda p: [f"if {p[0]}:", *_indented(p[1]), "else:", *_indented(p[2])]
        ),
        st.tuples(items, lines).map(lambda p: [f"for k in {p[0]}[:4]:", *_indented(p[1])]),
        st.tuples(text, test, lines, lines).map(
            lambda p: [
                f"for t in {p[0]}[:3]:",
                *_indented([f"if {p[1]}:", "    break", *p[2]]),
                "else:",
                *_indented(p[3]),
            ]
        ),
        st.tuples(number, lines).map(
            lambda p: [
                f"while steps < 5 and {p[0]}:",
                *_indented(["steps += 1", *p[1]]),
            ]
        ),
        st.tuples(lines, lines, lines).map(
            lambda p: [
                "try:",
                *_indented(p[0]),
                "except (ValueError, IndexError) as error:",
                *_indented(["s = str(error)", *p[1]]),
                "finally:",
                *_indented(p[2]),
            ]
        ),
        st.tuples(lines, lines).map(
            lambda p: ["try:", *_indented(p[0]), "except Exception:", *_indented(p[1])]
        ),
        lines.map(
            lambda p: [
                "def change(x=i):",
                *_indented(["nonlocal i, j, k, s, t, v, w, d, steps", *p, "return x"]),
                "j = change()",
            ]
        ),
    )


_STATEMENTS = st.recursive(_simple(), _blocks, max_leaves=6)
bodies = st.lists(_STATEMENTS, min_size=1, max_size=7).map(_joined)
"""The lines of a program, between ``START`` and ``RESULT``."""

HELPERS = """
def _helper_sizes(values):
    return [len(str(value)) for value in values]


def helper(a, b=2, *, scale=1):
    return (a - b) * scale if a != b else sum(_helper_sizes([a, b]))


def helper_list(*values, last=None):
    return (*values, last)
"""


def program(name, body):
    """A function with this body; where it goes wrong it returns what it had by then."""
    lines = [
        *START,
        "try:",
        *_indented(body),
        "except Exception as error:",
        *_indented(["return str(error), repr(error), i, j, k, s, t, v, w, d"]),
        RESULT,
    ]
    return "\n".join([f"def {name}():", *_indented(lines)])
