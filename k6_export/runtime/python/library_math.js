/**
 * The math module.
 */
import { big_to_number } from "./decimals.js";
import { e, type_error, value_error } from "./exceptions.js";
import { iter } from "./iteration.js";
import { named, take_keywords } from "./keywords.js";
import { abs, big, pow_numbers, to_number } from "./numbers.js";
import { mul } from "./operators.js";
import { Tuple, is_int, is_number, make_float, make_int, special, type_name } from "./values.js";
import { truncated } from "./conversions.js";

function real_argument(o) {
  if (is_number(o)) return to_number(o);
  if (special(o, "__float__")) return to_number(o.__float__());
  throw type_error(`must be real number, not ${type_name(o)}`);
}

/** A function of floats; no answer from a real argument is a math domain error. */
const of_floats = (f) => (...args) => {
  const numbers = args.map(real_argument);
  const value = f(...numbers);
  if (Number.isNaN(value) && !numbers.some(Number.isNaN)) throw value_error("math domain error");
  if (Math.abs(value) === Infinity && numbers.every(Number.isFinite)) {
    throw new e.OverflowError("math range error");
  }
  return make_float(value);
};

/** ceil, floor and trunc: ints from floats. */
const to_whole = (method, f) => (o) => {
  if (is_int(o)) return make_int(big(o));
  if (special(o, method)) return o[method]();
  return truncated(f(real_argument(o)));
};

/** A logarithm; ints may be larger than any float. */
const logarithm = (f, of_two) => (o) => {
  if (typeof o === "bigint" && o > 0n) {
    const shift = BigInt(Math.max(0, o.toString(2).length - 1000));
    return make_float(f(big_to_number(o >> shift)) + Number(shift) * of_two);
  }
  const number = real_argument(o);
  if (number <= 0) throw value_error("math domain error");
  return make_float(f(number));
};

const natural = logarithm(Math.log, Math.LN2);

/** math.log(x) and math.log(x, base) */
function log(o, base = null) {
  if (base === null) return natural(o);
  const divisor = to_number(natural(base));
  if (divisor === 0) throw new e.ZeroDivisionError("float division by zero");
  return make_float(to_number(natural(o)) / divisor);
}

function whole_argument(o) {
  if (is_int(o)) return big(o);
  throw type_error(`'${type_name(o)}' object cannot be interpreted as an integer`);
}

function gcd_of_two(a, b) {
  let [large, small] = [a, b];
  while (small !== 0n) [large, small] = [small, large % small];
  return large < 0n ? -large : large;
}

const gcd = (...args) => make_int(args.map(whole_argument).reduce(gcd_of_two, 0n));

function lcm(...args) {
  const of_two = (a, b) => (a === 0n || b === 0n ? 0n : (a / gcd_of_two(a, b)) * b);
  return abs(make_int(args.map(whole_argument).reduce(of_two, 1n)));
}

function factorial(n) {
  if (whole_argument(n) < 0n) throw value_error("factorial() not defined for negative values");
  let product = 1n;
  for (let factor = 2n; factor <= big(n); factor += 1n) product *= factor;
  return make_int(product);
}

function not_negative(o, name) {
  const value = whole_argument(o);
  if (value < 0n) throw value_error(`${name} must be a non-negative integer`);
  return value;
}

/** n * (n-1) * ... with k factors */
function falling(n, k) {
  let product = 1n;
  for (let index = 0n; index < k; index += 1n) product *= n - index;
  return product;
}

function comb(o, of) {
  const [n, k] = [not_negative(o, "n"), not_negative(of, "k")];
  return k > n ? 0 : make_int(falling(n, k) / falling(k, k));
}

function perm(o, of = null) {
  const n = not_negative(o, "n");
  const k = of === null ? n : not_negative(of, "k");
  return k > n ? 0 : make_int(falling(n, k));
}

function isqrt(o) {
  const n = whole_argument(o);
  if (n < 0n) throw value_error("isqrt() argument must be nonnegative");
  if (n < 2n) return make_int(n);
  let root = 1n << BigInt((n.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + n / root) >> 1n;
    if (next >= root) return make_int(root);
    root = next;
  }
}

function isclose(left, right, ...args) {
  const { rel_tol = 1e-9, abs_tol = 0 } = take_keywords(args);
  const [a, b] = [real_argument(left), real_argument(right)];
  if (a === b) return true;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return false;
  const largest = Math.max(Math.abs(a), Math.abs(b));
  return Math.abs(a - b) <= Math.max(Number(rel_tol) * largest, Number(abs_tol));
}

const prod = named(["iterable", "start"], (iterable, start = 1) =>
  Array.from(iter(iterable)).reduce((product, element) => mul(product, element), start));

/** A sum without rounding errors: the parts that do not overlap are kept apart (Shewchuk). */
function fsum(iterable) {
  let parts = [];
  for (const element of iter(iterable)) {
    let rest = real_argument(element);
    const kept = [];
    for (const part of parts) {
      const [large, small] = Math.abs(rest) < Math.abs(part) ? [part, rest] : [rest, part];
      const total = large + small;
      const lost = small - (total - large);
      if (lost !== 0) kept.push(lost);
      rest = total;
    }
    parts = [...kept, rest];
  }
  return make_float(parts.reduceRight((sum, part) => sum + part, 0));
}

function fmod(a, b) {
  if (real_argument(b) === 0) throw value_error("math domain error");
  return make_float(real_argument(a) % real_argument(b));
}

/** math.pow: always a float. */
function math_pow(a, b) {
  const [base, exponent] = [real_argument(a), real_argument(b)];
  if (base === 0 && exponent < 0) throw value_error("math domain error");
  if (base < 0 && !Number.isInteger(exponent) && Number.isFinite(exponent)) {
    throw value_error("math domain error");
  }
  try {
    return pow_numbers(make_float(base), make_float(exponent));
  } catch (error) {
    throw error instanceof e.OverflowError ? new e.OverflowError("math range error") : error;
  }
}

function modf(o) {
  const number = real_argument(o);
  if (!Number.isFinite(number)) {
    return Tuple.of(Number.isNaN(number) ? NaN : make_float(0 * Math.sign(number) || 0), number);
  }
  const whole_part = Math.trunc(number);
  const fraction = number - whole_part;
  return Tuple.of(make_float(fraction === 0 && number < 0 ? -0 : fraction), make_float(whole_part));
}

const copysign = (a, b) => {
  const negative = real_argument(b) < 0 || Object.is(real_argument(b), -0);
  return make_float(negative ? -Math.abs(real_argument(a)) : Math.abs(real_argument(a)));
};

const distance = (a, b) =>
  make_float(Math.hypot(...Array.from(iter(a), (x, index) => real_argument(x) - real_argument(b[index]))));

export const math_module = {
  "math.acos": of_floats(Math.acos),
  "math.acosh": of_floats(Math.acosh),
  "math.asin": of_floats(Math.asin),
  "math.asinh": of_floats(Math.asinh),
  "math.atan": of_floats(Math.atan),
  "math.atan2": of_floats(Math.atan2),
  "math.atanh": of_floats(Math.atanh),
  "math.cbrt": of_floats(Math.cbrt),
  "math.ceil": to_whole("__ceil__", Math.ceil),
  "math.comb": comb,
  "math.copysign": copysign,
  "math.cos": of_floats(Math.cos),
  "math.cosh": of_floats(Math.cosh),
  "math.degrees": of_floats((x) => x * (180 / Math.PI)),
  "math.dist": distance,
  "math.e": Math.E,
  "math.exp": of_floats(Math.exp),
  "math.expm1": of_floats(Math.expm1),
  "math.fabs": of_floats(Math.abs),
  "math.factorial": factorial,
  "math.floor": to_whole("__floor__", Math.floor),
  "math.fmod": fmod,
  "math.fsum": fsum,
  "math.gcd": gcd,
  "math.hypot": of_floats(Math.hypot),
  "math.inf": Infinity,
  "math.isclose": isclose,
  "math.isfinite": (o) => Number.isFinite(real_argument(o)),
  "math.isinf": (o) => Math.abs(real_argument(o)) === Infinity,
  "math.isnan": (o) => Number.isNaN(real_argument(o)),
  "math.isqrt": isqrt,
  "math.lcm": lcm,
  "math.log": log,
  "math.log10": logarithm(Math.log10, Math.log10(2)),
  "math.log1p": of_floats(Math.log1p),
  "math.log2": logarithm(Math.log2, 1),
  "math.modf": modf,
  "math.nan": NaN,
  "math.perm": perm,
  "math.pi": Math.PI,
  "math.pow": math_pow,
  "math.prod": prod,
  "math.radians": of_floats((x) => x * (Math.PI / 180)),
  "math.sin": of_floats(Math.sin),
  "math.sinh": of_floats(Math.sinh),
  "math.sqrt": of_floats(Math.sqrt),
  "math.tan": of_floats(Math.tan),
  "math.tanh": of_floats(Math.tanh),
  "math.tau": 2 * Math.PI,
  "math.trunc": to_whole("__trunc__", Math.trunc),
};
