"""What each piece of Python becomes, word for word."""

import pytest

from tests.unit.k6_export.compiling import body_of

EXPRESSIONS = [
    ("1", "1"),
    ("9007199254740993", "9007199254740993n"),
    ("-5", "-5"),
    ("1.5", "1.5"),
    ("2.0", "new py.Float(2.0)"),
    ("-0.0", "new py.Float(-0)"),
    ("1e300", "new py.Float(1e+300)"),
    ("None", "null"),
    ("True", "true"),
    ('"a\\"b"', '"a\\"b"'),
    ('"방\\u2028"', '"방\\u2028"'),
    ('b"ab"', "Uint8Array.of(97, 98)"),
    ('f"{x}"', "`${py.str(x)}`"),
    ('f"a{x!r:>4}`"', '`a${py.format(x, `>4`, "r")}\\``'),
    ("[x, *y]", "[x, ...py.iter(y)]"),
    ("(x,)", "py.Tuple.of(x)"),
    ("{x}", "new py.PySet([x])"),
    ("{x: 1, **y}", "new py.Dict([[x, 1], ...y.entries()])"),
    ("x + y", "py.add(x, y)"),
    ("x - y", "py.sub(x, y)"),
    ("x * y", "py.mul(x, y)"),
    ("x / y", "py.div(x, y)"),
    ("x // y", "py.floordiv(x, y)"),
    ("x % y", "py.mod(x, y)"),
    ("x ** y", "py.pow(x, y)"),
    ("x << 1", "py.lshift(x, 1)"),
    ("x & y", "py.bitand(x, y)"),
    ("-x", "py.neg(x)"),
    ("~x", "py.invert(x)"),
    ("+x", "py.pos(x)"),
    ('"a" + "b"', '"a" + "b"'),
    ("not x", "!py.truthy(x)"),
    ("x and y", "let $1;\nreturn (py.truthy($1 = x) ? y : $1)"),
    ("x or y", "let $1;\nreturn (py.truthy($1 = x) ? $1 : y)"),
    ("x == y and not y", "py.eq(x, y) && !py.truthy(y)"),
    ("x < y", "py.lt(x, y)"),
    ("x < y < 3", "let $1, $2;\nreturn (py.lt(x, ($1 = y)) && py.lt($1, ($2 = 3)))"),
    ("x is None", "x === null"),
    ("x is not y", "!py.is(x, y)"),
    ("x in y", "py.contains(y, x)"),
    ("x not in y", "!py.contains(y, x)"),
    ("x if y else 1", "(py.truthy(y) ? x : 1)"),
    ("(z := x)", "let z;\nreturn (z = x)"),
    ("x[0]", "py.getitem(x, 0)"),
    ("x[1:]", "py.slice(x, 1, null, null)"),
    ("x[::2]", "py.slice(x, null, null, 2)"),
    ("x.name", "x.name"),
    ("x.upper()", "py.m.upper(x)"),
    ("x.split(',', maxsplit=1)", 'py.m.split(x, ",", new py.Kw({ maxsplit: 1 }))'),
    ("len(x)", "py.b.len(x)"),
    ("sorted(x, key=len)", "py.b.sorted(x, new py.Kw({ key: py.b.len }))"),
    ("x(1)", "py.call(x, 1)"),
    ("x.expect(y, match=1)", 'py.callkw(py.bind(x, "expect"), null, [y], { match: 1 })'),
    ("x(1, a=2)", "py.callkw(x, null, [1], { a: 2 })"),
    ("x(*y)", "py.call(x, ...py.iter(y))"),
    ("helper(1)", "helper(1)"),
    ("helper(1, c=3)", "helper(1, undefined, 3)"),
    ("Thing(1)", "py.make(Thing, 1)"),
    ("Thing(a=1)", "py.callkw(Thing, null, [], { a: 1 })"),
    ("ValueError('x')", 'py.make(py.e.ValueError, "x")'),
    ("lambda a, b=1: a", "(a, b = 1) => a"),
    ("lambda *a: a", "(...a) => { a = py.Tuple.from(a); return a; }"),
    (
        "[a for a in x if a]",
        "(() => { const $result = []; let a; for (const $$1 of py.iter(x)) { a = "
        "$$1; if (py.truthy(a)) { $result.push(a); }} return $result; })()",
    ),
    (
        "{a for a in x}",
        "(() => { const $result = new py.PySet(); let a; for (const $$1 of "
        "py.iter(x)) { a = $$1; $result.add(a); } return $result; })()",
    ),
    (
        "{a: b for a, b in x}",
        "(() => { const $result = new py.Dict(); let a, b, $2; for (const $$1 of "
        "py.iter(x)) { $2 = py.unpack($$1, 2, false, 0), a = $2[0], b = $2[1]; "
        "$result.set(a, b); } return $result; })()",
    ),
    (
        "sum(a for a in x)",
        "py.b.sum(new py.PyIterator((function* ($each) { let a; for (const $$1 of "
        "py.iter($each)) { a = $$1; yield a; } })(x)))",
    ),
    ("math.sqrt(x)", 'py.lib["math.sqrt"](x)'),
    ("str.upper", 'py.attr(py.b.str, "upper")'),
    ("x.__class__", 'py.attr(x, "__class__")'),
    ("LIMIT", "LIMIT"),
]
STATEMENTS = [
    ("z = x", "let z;\nz = x;"),
    ("z = w = x", "let z, w, $1;\n$1 = x;\nz = $1;\nw = $1;"),
    ("z: int = 1", "let z;\nz = 1;"),
    ("x.a = 1", "x.a = 1;"),
    ("x[0] = 1", "py.setitem(x, 0, 1);"),
    ("x[1:] = y", "py.set_slice(x, 1, null, null, y);"),
    ("a, *b = x", "let a, b, $1;\n$1 = py.unpack(x, 1, true, 0), a = $1[0], b = $1[1];"),
    ("x += 1", "x = py.iadd(x, 1);"),
    ("x.a += 1", "let $1;\n$1 = x;\n$1.a = py.iadd($1.a, 1);"),
    (
        "x[0] += 1",
        "let $1, $2;\n$1 = x;\n$2 = 0;\npy.setitem($1, $2, py.iadd(py.getitem($1, $2), 1));",
    ),
    ("del x[0]", "py.delitem(x, 0);"),
    ("del x[1:]", "py.delete_slice(x, 1, null, null);"),
    ("del x.a", "delete x.a;"),
    ("if x:\n    pass", "if (py.truthy(x)) {\n}"),
    (
        "if x:\n    y = 1\nelif y:\n    y = 2\nelse:\n    y = 3",
        "if (py.truthy(x)) {\n"
        "  y = 1;\n"
        "} else if (py.truthy(y)) {\n"
        "  y = 2;\n"
        "} else {\n"
        "  y = 3;\n"
        "}",
    ),
    ("while x:\n    x = 0", "while (py.truthy(x)) {\n  x = 0;\n}"),
    (
        "for a in x:\n    continue",
        "let a;\nfor (const $$1 of py.iter(x)) {\n  a = $$1;\n  continue;\n}",
    ),
    (
        "for a in x:\n    break\nelse:\n    y = 1",
        "let a, $1;\n"
        "$1 = true;\n"
        "for (const $$2 of py.iter(x)) {\n"
        "  a = $$2;\n"
        "  $1 = false;\n"
        "  break;\n"
        "}\n"
        "if ($1) {\n"
        "  y = 1;\n"
        "}",
    ),
    (
        "try:\n    x()\nexcept ValueError as e:\n    y = e\nfinally:\n    y = 1",
        "let e;\n"
        "try {\n"
        "  try {\n"
        "    py.call(x);\n"
        "  } catch ($$1) {\n"
        "    if (py.isinstance($$1, py.e.ValueError)) {\n"
        "      e = $$1;\n"
        "      y = e;\n"
        "    } else {\n"
        "      throw $$1;\n"
        "    }\n"
        "  }\n"
        "} finally {\n"
        "  y = 1;\n"
        "}",
    ),
    (
        "try:\n    x()\nexcept (KeyError, ValueError):\n    raise\nelse:\n    y = 1",
        "let $1;\n"
        "$1 = false;\n"
        "try {\n"
        "  py.call(x);\n"
        "  $1 = true;\n"
        "} catch ($$2) {\n"
        "  if (py.isinstance($$2, py.Tuple.of(py.e.KeyError, py.e.ValueError))) {\n"
        "    throw $$2;\n"
        "  } else {\n"
        "    throw $$2;\n"
        "  }\n"
        "}\n"
        "if ($1) {\n"
        "  y = 1;\n"
        "}",
    ),
    (
        "with x as y:\n    pass",
        "const $$1 = x;\n"
        "y = $$1.__enter__();\n"
        "let $$2 = false;\n"
        "try {\n"
        "  try {\n"
        "  } catch ($$3) {\n"
        "    $$2 = true;\n"
        "    if (!py.truthy($$1.__exit__(py.type_of($$3), $$3, null))) throw $$3;\n"
        "  }\n"
        "} finally {\n"
        "  if (!$$2) $$1.__exit__(null, null, null);\n"
        "}",
    ),
    ("raise ValueError('x')", 'throw py.raised(py.make(py.e.ValueError, "x"));'),
    ("raise x from y", "throw py.raised(x);"),
    ("assert x", "if (!(py.truthy(x))) throw py.make(py.e.AssertionError);"),
    ("def f(a, b=1):\n    return a", "let f;\nf = function (a, b = 1) {\n  return a;\n}"),
    ("pass", "return null;"),
    ("return x", "return x;"),
    ("x.append(1)", "py.m.append(x, 1);"),
    ("x[y.n] = y.next()", "let $1;\n$1 = y.next();\npy.setitem(x, y.n, $1);"),
]


@pytest.mark.parametrize(("python", "javascript"), EXPRESSIONS)
def test_expressions(tmp_path, python, javascript):
    returned = javascript if javascript.startswith("let ") else f"return {javascript}"
    assert body_of(tmp_path, f"return {python}") == f"{returned};"


@pytest.mark.parametrize(("python", "javascript"), STATEMENTS)
def test_statements(tmp_path, python, javascript):
    assert body_of(tmp_path, python).removesuffix("\nreturn null;") == javascript
