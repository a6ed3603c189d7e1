// What this export needs of ktb-load's runtime: Python's meaning, and the clients.
// Written by `ktb-load export`.
import encoding from "k6/encoding";
import exec from "k6/execution";
import http from "k6/http";
import { check as k6_check } from "k6";
import { Counter as K6Counter, Gauge as K6Gauge, Rate as K6Rate, Trend as K6Trend } from "k6/metrics";
import { WebSocket as K6WebSocket } from "k6/websockets";

// python/values.js

/** A float whose value is integral: 2.0, -0.0, 1e300. All other floats are plain numbers. */
class Float {
  constructor(value) {
    this.value = value;
  }

  valueOf() {
    return this.value;
  }

  /** What JSON.stringify of k6 code shows. */
  toJSON() {
    return this.value;
  }
}

/** A tuple: `Tuple.of(1, 2)`, `Tuple.from(array)`. */
class Tuple extends Array {}

/** Keyword arguments of a function that is written in JavaScript: always its last argument. */
class Kw {
  constructor(values) {
    Object.assign(this, values);
  }
}

/** A Python iterator: used up once, and, unlike a JS generator, not closed by leaving a loop. */
class PyIterator {
  constructor(iterator) {
    this.iterator = iterator;
  }

  next() {
    return this.iterator.next();
  }

  [Symbol.iterator]() {
    return this;
  }
}

/** The Python float of a JS number. */
const make_float = (value) => (Number.isInteger(value) ? new Float(value) : value);

/** The Python int of a BigInt. */
function make_int(big) {
  return big >= -9007199254740991n && big <= 9007199254740991n ? Number(big) : big;
}

const is_int = (o) => Number.isInteger(o) || typeof o === "bigint" || typeof o === "boolean";

const is_float = (o) =>
  (typeof o === "number" && !Number.isInteger(o)) || o instanceof Float;

const is_number = (o) =>
  typeof o === "number" || o instanceof Float || typeof o === "bigint" || typeof o === "boolean";

const is_bytes = (o) => o instanceof Uint8Array;

const is_list = (o) => Array.isArray(o) && !(o instanceof Tuple);

const kinds_of_functions = new WeakMap();

/** Say that a function stands for a Python class: `int`, `str`, ... */
function mark_class(f) {
  kinds_of_functions.set(f, true);
}

/** Whether a value is a class: a JS class or one of the builtin types. */
function is_class(o) {
  if (typeof o !== "function") return false;
  let answer = kinds_of_functions.get(o);
  if (answer === undefined) {
    answer = Object.getOwnPropertyDescriptor(o, "prototype")?.writable === false;
    kinds_of_functions.set(o, answer);
  }
  return answer;
}

/** A method of this name that the object's own class defines (`__len__`, ...), or undefined. */
function special(o, name) {
  if (typeof o !== "object" || o === null) return undefined;
  const method = o[name];
  return typeof method === "function" ? method : undefined;
}

/** What a class or function is called; a class attribute may hide JavaScript's own `name`. */
const class_name = (C) => (Object.hasOwn(C, "python_name") ? C.python_name : C.name);

const PRIMITIVES = { string: "str", boolean: "bool", bigint: "int" };

/** The name of a value's class, as error texts show it. */
function type_name(o) {
  if (o === null || o === undefined) return "NoneType";
  if (typeof o === "string") return "str";
  if (typeof o === "number") return Number.isInteger(o) ? "int" : "float";
  if (typeof o === "function") return is_class(o) ? "type" : "function";
  return PRIMITIVES[typeof o] ?? (is_list(o) ? "list" : object_type_name(o));
}

const OBJECTS = { Float: "float", Tuple: "tuple", Uint8Array: "bytes", Object: "object" };

function object_type_name(o) {
  const { constructor } = o;
  const name = class_name(constructor);
  return OBJECTS[name] ?? name;
}

/** Whether a string has characters of two UTF-16 units (only then code points need counting). */
const has_pairs = (text) => /[\ud800-\udbff]/.test(text);

/** The characters of a string, by code point. */
const characters = (text) => (has_pairs(text) ? Array.from(text) : text.split(""));

/** How many characters a string has. */
const text_length = (text) => (has_pairs(text) ? Array.from(text).length : text.length);

// python/decimals.js

/**
 * Exact conversions between numbers and decimal text, all rounding half to even as CPython does.
 *
 * A float is taken apart into mantissa * 2**exponent and scaled with BigInts, so that the digits asked
 * for are those of the exact binary value. (The engine's toFixed rounds 0.5 up, and its Number(BigInt)
 * is wrong beyond 64 bits; neither is used.)
 */
const view = new DataView(new ArrayBuffer(8));

/** [mantissa as BigInt, power of two] of a finite number's absolute value. */
function take_apart(value) {
  view.setFloat64(0, Math.abs(value));
  const high = view.getUint32(0);
  const fraction = BigInt(high & 0xfffff) * 4294967296n + BigInt(view.getUint32(4));
  const exponent = high >>> 20;
  if (exponent === 0) return [fraction, -1074];
  return [fraction + 4503599627370496n, exponent - 1075];
}

/** numerator / denominator as the nearest BigInt, ties to even; both are not negative. */
function divide_to_nearest(numerator, denominator) {
  const quotient = numerator / denominator;
  const twice = (numerator - quotient * denominator) * 2n;
  const up = twice > denominator || (twice === denominator && quotient % 2n === 1n);
  return up ? quotient + 1n : quotient;
}

/** The absolute value of a finite number as [numerator, denominator]. */
function ratio(value) {
  const [mantissa, exponent] = take_apart(value);
  return exponent >= 0
    ? [mantissa << BigInt(exponent), 1n]
    : [mantissa, 1n << BigInt(-exponent)];
}

/** |value| * 10**places as the nearest BigInt. */
function scaled(value, places) {
  const [numerator, denominator] = ratio(value);
  return places >= 0
    ? divide_to_nearest(numerator * 10n ** BigInt(places), denominator)
    : divide_to_nearest(numerator, denominator * 10n ** BigInt(-places));
}

/** |value| with so many decimals: "2.68". */
function fixed(value, decimals) {
  if (engine_is_exact(value, decimals)) return Math.abs(value).toFixed(decimals);
  const digits = scaled(value, decimals).toString().padStart(decimals + 1, "0");
  if (decimals === 0) return digits;
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** toFixed only rounds ties differently, and a tie is a multiple of 1 / 2**(decimals + 1). */
function engine_is_exact(value, decimals) {
  if (Math.abs(value) >= 1e21 || decimals > 100) return false;
  return Number.isInteger(value) || !Number.isInteger(value * 2 ** (decimals + 1));
}

/** |value| as [digits, exponent]: so many significant digits, the first one counts 10**exponent. */
function significant(value, count) {
  if (value === 0) return ["0".repeat(count), 0];
  let exponent = Number(Math.abs(value).toExponential().split("e")[1]);
  let digits = scaled(value, count - 1 - exponent).toString();
  if (digits.length > count) {
    exponent += 1;
    digits = scaled(value, count - 1 - exponent).toString();
  }
  return [digits, exponent];
}

/** A BigInt as the nearest number, Infinity if it is too large. */
const big_to_number = (big) => Number(big.toString());

const big_length = (big) => {
  const hex = big.toString(16);
  return (hex.length - 1) * 4 + (32 - Math.clz32(parseInt(hex[0], 16)));
};

/** numerator / denominator (positive BigInts) as the nearest number. */
function divide_bigs(numerator, denominator) {
  if (numerator === 0n) return 0;
  // 66 bits and a sticky one settle every tie; numbers too small for that take the exact road.
  const shift = 66 - (big_length(numerator) - big_length(denominator));
  if (shift > 1080) return tiny(numerator, denominator);
  const top = shift > 0 ? numerator << BigInt(shift) : numerator;
  const bottom = shift < 0 ? denominator << BigInt(-shift) : denominator;
  let quotient = top / bottom;
  if (quotient * bottom !== top) quotient |= 1n;
  return times_power_of_two(big_to_number(quotient), -shift);
}

/** Quotients below the normal floats: multiples of 2**-1074. */
function tiny(numerator, denominator) {
  return Number(divide_to_nearest(numerator << 1074n, denominator).toString()) * 2 ** -1074;
}

function times_power_of_two(value, exponent) {
  const half = Math.trunc(exponent / 2);
  return value * 2 ** half * 2 ** (exponent - half);
}

/** repr of a float: the shortest digits that lead back to it, "1e+16" and "1e-05" beyond 4 and 16. */
function float_repr(value) {
  if (!Number.isFinite(value)) return special_text(value);
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  const [mantissa, power] = Math.abs(value).toExponential().split("e");
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 16) return `${sign}${mantissa}e${exponent_text(exponent)}`;
  if (!Number.isInteger(value)) return value.toString();
  return `${sign}${mantissa.replace(".", "").padEnd(exponent + 1, "0")}.0`;
}

/** nan, inf or -inf. */
function special_text(value) {
  if (Number.isNaN(value)) return "nan";
  return value > 0 ? "inf" : "-inf";
}

/** An exponent with its sign and at least two digits: "+05". */
const exponent_text = (exponent) =>
  (exponent < 0 ? "-" : "+") + String(Math.abs(exponent)).padStart(2, "0");

// python/dicts.js

const identities = new WeakMap();

let last_identity = 0;

function identity(o) {
  if (!identities.has(o)) identities.set(o, (last_identity += 1));
  return identities.get(o);
}

/** Equal Python values have the same hash key. Strings of ours start with NUL. */
function hash_key(o) {
  switch (typeof o) {
    case "string":
      return o.charCodeAt(0) === 0 ? `\0s${o}` : o;
    case "boolean":
      return o ? 1 : 0;
    case "object":
      return o === null ? null : object_hash_key(o);
    case "bigint":
      return `\0i${o}`;
    case "undefined":
      return null;
    default:
      return o;
  }
}

function object_hash_key(o) {
  if (o instanceof Float) return float_hash_key(o.value);
  if (o instanceof Tuple) return `\0t${o.map(element_key).join("")}`;
  if (is_bytes(o)) return `\0b${o.join()}`;
  if (o instanceof FrozenSet) return `\0f${[...o].map(element_key).sort().join("")}`;
  if (Array.isArray(o) || o instanceof Dict || o instanceof PySet) {
    throw type_error(`unhashable type: '${type_name(o)}'`);
  }
  if (special(o, "__hash__")) return `\0h${o.__hash__()}`;
  if (special(o, "__eq__")) throw type_error(`unhashable type: '${type_name(o)}'`);
  return o;
}

const float_hash_key = (value) =>
  Number.isSafeInteger(value) ? value + 0 : `\0i${BigInt(value)}`;

/** A hash key as text that cannot run into its neighbour within a tuple. */
function element_key(element) {
  const key = hash_key(element);
  if (typeof key === "object" && key !== null) return `o${identity(key)};`;
  if (typeof key === "function") return `o${identity(key)};`;
  const text = String(key);
  return `${typeof key === "string" ? "s" : "n"}${text.length}:${text}`;
}

/** A Python dict. The methods are those of a JS Map; Python's own are in dict_methods.js. */
class Dict {
  static python_name = "dict";

  /** @param pairs an iterable of [key, value] */
  constructor(pairs) {
    this.map = new Map();
    if (pairs === undefined) return;
    for (const pair of pairs) this.set(pair[0], pair[1]);
  }

  /** The dict of a plain JS object's own properties. */
  static from_object(object) {
    const dict = new Dict();
    for (const key of Object.keys(object)) dict.set(key, object[key]);
    return dict;
  }

  get size() {
    return this.map.size;
  }

  has(key) {
    return this.map.has(hash_key(key));
  }

  /** The value, or undefined. */
  get(key) {
    return this.map.get(hash_key(key))?.[1];
  }

  set(key, value) {
    const hashed = hash_key(key);
    const entry = this.map.get(hashed);
    if (entry) entry[1] = value;
    else this.map.set(hashed, [key, value]);
    return this;
  }

  /** Sets a key that is not there yet. */
  add(key, value) {
    this.map.set(hash_key(key), [key, value]);
  }

  delete(key) {
    return this.map.delete(hash_key(key));
  }

  clear() {
    this.map.clear();
  }

  /** All pairs in order, as they are at the moment. */
  pairs() {
    return [...this.map.values()];
  }

  /** Pairs in order; an insertion or a deletion meanwhile is a RuntimeError, as in Python. */
  entries() {
    return guarded(this.map, (entry) => entry, "dictionary changed size during iteration");
  }

  keys() {
    return guarded(this.map, (entry) => entry[0], "dictionary changed size during iteration");
  }

  values() {
    return guarded(this.map, (entry) => entry[1], "dictionary changed size during iteration");
  }

  [Symbol.iterator]() {
    return this.keys();
  }
}

/** Walks over a Map's values until its size changes. (A generator would be much slower.) */
function guarded(map, pick, complaint) {
  const { size } = map;
  const source = map.values();
  return {
    next() {
      if (map.size !== size) throw new e.RuntimeError(complaint);
      const step = source.next();
      return step.done ? step : { done: false, value: pick(step.value) };
    },
    [Symbol.iterator]() {
      return this;
    },
  };
}

/** What d.keys(), d.values() and d.items() return: shows the dict as it is at the moment. */
class DictView {
  constructor(dict) {
    this.dict = dict;
  }

  get size() {
    return this.dict.size;
  }

  [Symbol.iterator]() {
    const pick = (entry) => this.pick(entry[0], entry[1]);
    return guarded(this.dict.map, pick, "dictionary changed size during iteration");
  }
}

class KeysView extends DictView {
  static python_name = "dict_keys";

  pick(key) {
    return key;
  }
}

class ValuesView extends DictView {
  static python_name = "dict_values";

  pick(_, value) {
    return value;
  }
}

/** Whether a value takes part in the set operations: keys() and items() do. */
const is_set = (o) =>
  o instanceof PySet || (o instanceof DictView && !(o instanceof ValuesView));

/** A value of which is_set holds as a set. */
const as_set = (o) => (o instanceof PySet ? o : new PySet(o));

/** A Python set, in order of insertion (CPython's own order is arbitrary). */
class PySet {
  static python_name = "set";

  constructor(elements = []) {
    this.map = new Map();
    for (const element of elements) this.add(element);
  }

  get size() {
    return this.map.size;
  }

  has(element) {
    return this.map.has(hash_key(element));
  }

  add(element) {
    const hashed = hash_key(element);
    if (!this.map.has(hashed)) this.map.set(hashed, element);
    return this;
  }

  delete(element) {
    return this.map.delete(hash_key(element));
  }

  clear() {
    this.map.clear();
  }

  [Symbol.iterator]() {
    return guarded(this.map, (element) => element, "Set changed size during iteration");
  }
}

/** A frozenset: nobody calls `add` on it once it is made. */
class FrozenSet extends PySet {
  static python_name = "frozenset";
}

// python/numbers.js

/** An int as BigInt; bools too. */
const big = (o) => (typeof o === "bigint" ? o : BigInt(o));

/** The JS number of any Python number; an OverflowError if an int is too large for a float. */
function to_number(o) {
  if (typeof o === "number") return o;
  if (typeof o !== "bigint") return o instanceof Float ? o.value : Number(o);
  const value = big_to_number(o);
  if (!Number.isFinite(value)) throw new e.OverflowError("int too large to convert to float");
  return value;
}

/** An int as a JS number (for indices and counts), or a TypeError with the text that is computed. */
function to_index(o, text) {
  if (typeof o === "number" && Number.isInteger(o)) return o;
  if (typeof o === "boolean") return Number(o);
  if (typeof o === "bigint") return big_to_number(o);
  throw type_error(text?.() ?? `'${type_name(o)}' object cannot be interpreted as an integer`);
}

const is_small = (o) => typeof o === "number" && Number.isInteger(o);

const unbool = (o) => (typeof o === "boolean" ? Number(o) : o);

/** A binary operation from its exact form on numbers and its forms on BigInts and floats. */
function operation(on_small, on_big, on_float) {
  return (left, right) => {
    const a = unbool(left);
    const b = unbool(right);
    if (is_small(a) && is_small(b)) {
      const result = on_small(a, b);
      if (Number.isSafeInteger(result)) return result + 0;
      return make_int(on_big(BigInt(a), BigInt(b)));
    }
    if (is_int(a) && is_int(b)) return make_int(on_big(big(a), big(b)));
    return make_float(on_float(to_number(a), to_number(b)));
  };
}

const add_numbers = operation(
  (a, b) => a + b,
  (a, b) => a + b,
  (a, b) => a + b,
);

const sub_numbers = operation(
  (a, b) => a - b,
  (a, b) => a - b,
  (a, b) => a - b,
);

const mul_numbers = operation(
  (a, b) => a * b,
  (a, b) => a * b,
  float_product,
);

const is_negative = (value) => value < 0 || Object.is(value, -0);

/** k6's engine loses the sign of 0 * -5. */
function float_product(a, b) {
  const product = a * b;
  if (product !== 0) return product;
  return is_negative(a) === is_negative(b) ? 0 : -0;
}

/** Remainder and quotient of ints, the quotient rounded down. `%` of safe integers is exact. */
function small_divmod(a, b) {
  let remainder = a % b;
  let quotient = (a - remainder) / b;
  if (remainder !== 0 && remainder < 0 !== b < 0) {
    quotient -= 1;
    remainder += b;
  }
  return [quotient + 0, remainder + 0];
}

function big_divmod(a, b) {
  const remainder = a % b;
  const quotient = a / b;
  if (remainder !== 0n && remainder < 0n !== b < 0n) return [quotient - 1n, remainder + b];
  return [quotient, remainder];
}

/** As CPython's float_divmod: the remainder has the divisor's sign. */
function float_divmod(a, b) {
  let remainder = a % b;
  let quotient = (a - remainder) / b;
  if (remainder === 0) remainder = is_negative(b) ? -0 : 0;
  else if (remainder < 0 !== b < 0) {
    remainder += b;
    quotient -= 1;
  }
  if (quotient === 0) return [is_negative(a / b) ? -0 : 0, remainder];
  const floor = Math.floor(quotient);
  return [quotient - floor > 0.5 ? floor + 1 : floor, remainder];
}

function refuse_zero(divisor, left, of_ints, of_floats) {
  if (typeof divisor === "bigint" || to_number(divisor) !== 0) return;
  throw new e.ZeroDivisionError(is_int(divisor) && is_int(left) ? of_ints : of_floats);
}

const quotient_of = operation(
  (a, b) => small_divmod(a, b)[0],
  (a, b) => big_divmod(a, b)[0],
  (a, b) => float_divmod(a, b)[0],
);

const remainder_of = operation(
  (a, b) => small_divmod(a, b)[1],
  (a, b) => big_divmod(a, b)[1],
  (a, b) => float_divmod(a, b)[1],
);

function floordiv_numbers(a, b) {
  refuse_zero(b, a, "integer division or modulo by zero", "float floor division by zero");
  return quotient_of(a, b);
}

function mod_numbers(a, b) {
  refuse_zero(b, a, "integer modulo by zero", "float modulo");
  return remainder_of(a, b);
}

/** The pair of `divmod`, as a JS array. */
function divmod(a, b) {
  refuse_zero(b, a, "integer division or modulo by zero", "float divmod()");
  return [quotient_of(a, b), remainder_of(a, b)];
}

function div_numbers(left, right) {
  const a = unbool(left);
  const b = unbool(right);
  refuse_zero(b, a, "division by zero", "float division by zero");
  if (typeof a !== "bigint" && typeof b !== "bigint") {
    return make_float(to_number(a) / to_number(b));
  }
  if (!is_int(a) || !is_int(b)) return make_float(to_number(a) / to_number(b));
  return big_true_division(big(a), big(b));
}

function big_true_division(a, b) {
  const value = divide_bigs(a < 0n ? -a : a, b < 0n ? -b : b);
  if (value === Infinity) {
    throw new e.OverflowError("integer division result too large for a float");
  }
  return make_float(a < 0n !== b < 0n ? -value : value);
}

const bits = (apply) => (a, b) => make_int(apply(big(a), big(b)));

const bitor_numbers = bits((a, b) => a | b);

/** -1, 0 or 1, or NaN if there is no order. Ints compare with floats exactly. */
function order(left, right) {
  const a = left instanceof Float ? left.value : unbool(left);
  const b = right instanceof Float ? right.value : unbool(right);
  if (typeof a === typeof b) return compare(a, b);
  const other = typeof a === "bigint" ? b : a;
  if (!Number.isFinite(other)) return compare(Number(a), Number(b));
  // One is a BigInt: against a fraction only the whole part can decide, since the BigInt is beyond 2**53.
  const whole = (o) => (typeof o === "bigint" ? o : BigInt(Math.trunc(o)));
  return compare(whole(a), whole(b));
}

function compare(a, b) {
  if (a === b) return 0;
  if (a < b) return -1;
  return a > b ? 1 : NaN;
}

// python/iteration.js

/** What `range()` returns. */
class Range {
  static python_name = "range";

  constructor(start, stop, step) {
    this.start = start;
    this.stop = stop;
    this.step = step;
    this.length = Math.max(0, Math.ceil((stop - start) / step)) + 0;
  }

  /** The number at an index that is in range. */
  at(index) {
    return this.start + index * this.step;
  }

  has(value) {
    const index = (value - this.start) / this.step;
    return Number.isInteger(index) && index >= 0 && index < this.length;
  }

  *[Symbol.iterator]() {
    for (let index = 0; index < this.length; index += 1) yield this.at(index);
  }

  describe() {
    const ends = `${this.start}, ${this.stop}`;
    return this.step === 1 ? `range(${ends})` : `range(${ends}, ${this.step})`;
  }
}

/** range(stop), range(start, stop), range(start, stop, step) */
function range(...args) {
  const [start, stop, step] = args.length === 1 ? [0, args[0], 1] : [...args, 1];
  if (to_index(step) === 0) throw value_error("range() arg 3 must not be zero");
  return new Range(to_index(start), to_index(stop), to_index(step));
}

/** Whether a value can be walked over. */
const is_iterable = (o) =>
  Array.isArray(o) || is_bytes(o) || typeof o?.[Symbol.iterator] === "function";

/** A JS iterable of what a `for` over the value gives. */
function iter(o) {
  if (Array.isArray(o) || o instanceof PyIterator) return o;
  if (typeof o === "string") return characters(o);
  if (special(o, "__iter__")) return iter_of_class(o);
  if (o === null || o === undefined || typeof o === "function" || !is_iterable(o)) {
    throw type_error(`'${type_name(o)}' object is not iterable`);
  }
  return o;
}

/** __iter__ returns something iterable, or an object with __next__. */
function iter_of_class(o) {
  const iterator = o.__iter__();
  if (!special(iterator, "__next__")) return iter(iterator);
  return (function* walk() {
    for (;;) {
      try {
        yield iterator.__next__();
      } catch (error) {
        if (error instanceof e.StopIteration) return;
        throw error;
      }
    }
  })();
}

/** A Python iterator over a value: `iter(o)` as the builtin. */
function iterator(o) {
  return o instanceof PyIterator ? o : new PyIterator(iter(o)[Symbol.iterator]());
}

/** All elements as a new JS array. */
const to_array = (o) => Array.from(iter(o));

/** The elements for `a, b = o`, or with a star `a, *rest, b = o`: the rest is an array at `before`. */
function unpack(o, before, star = false, after = 0) {
  const elements = unpackable(o);
  const { length } = elements;
  if (!star) return exactly(elements, length, before);
  if (length < before + after) {
    const expected = `expected at least ${before + after}, got ${length}`;
    throw value_error(`not enough values to unpack (${expected})`);
  }
  const end = length - after;
  return [...elements.slice(0, before), elements.slice(before, end), ...elements.slice(end)];
}

function exactly(elements, length, expected) {
  if (length > expected) throw value_error(`too many values to unpack (expected ${expected})`);
  if (length < expected) {
    throw value_error(`not enough values to unpack (expected ${expected}, got ${length})`);
  }
  return elements;
}

function unpackable(o) {
  try {
    return to_array(o);
  } catch (error) {
    if (!(error instanceof e.TypeError) || typeof o === "string") throw error;
    throw type_error(`cannot unpack non-iterable ${type_name(o)} object`);
  }
}

/** How many elements, or undefined where nobody can say. */
function length_of(o) {
  if (Array.isArray(o) || is_bytes(o) || o instanceof Range) return o.length;
  if (o instanceof Dict || o instanceof PySet || o instanceof DictView) return o.size;
  if (typeof o === "string") return characters(o).length;
  return special(o, "__len__")?.call(o);
}

/** len(o) */
function len(o) {
  const length = length_of(o);
  if (length === undefined) throw type_error(`object of type '${type_name(o)}' has no len()`);
  return length;
}

// python/unicode.js

const UNPRINTABLE =
  "3k x c 1 ju 2 6 4 7 1 1 1 k 1 b1 1 12 2 1e 2 3 1 1j 8 r 4 6 h m 1 5c 1 1c 2 1n 2 2t e 1n 2 " +
  "1d 2 f 1 s 2 1 1 b 5 v 9 22 1 4h 1 8 2 2 2 m 1 7 1 1 3 4 2 9 2 2 2 4 8 1 4 2 1 5 2 p 2 3 1 6 " +
  "4 2 2 m 1 7 1 2 1 2 1 2 2 1 1 5 4 2 2 3 3 1 7 4 1 1 7 h a 3 1 9 1 3 1 m 1 7 1 2 1 5 2 a 1 3 " +
  "1 3 2 1 f 4 2 c 7 7 1 3 1 8 2 2 2 m 1 7 1 2 1 5 2 9 2 2 2 3 7 3 4 2 1 5 2 i a 2 1 6 3 3 1 4 " +
  "3 2 1 1 1 2 3 2 3 3 3 c 4 5 3 3 1 4 2 1 6 1 e l 5 d 1 3 1 n 1 g 2 9 1 3 1 4 7 2 1 3 2 1 2 4 " +
  "2 a 7 m 1 3 1 n 1 a 1 5 2 9 1 3 1 4 7 2 6 2 1 4 2 a 1 2 d d 1 3 1 1f 1 3 1 6 4 g 2 q 1 3 1 i " +
  "3 o 1 9 1 1 2 7 3 1 4 6 1 1 1 8 6 a 2 3 c 1m 4 t 11 2 1 1 1 5 1 o 1 1 1 n 2 5 1 1 1 6 2 a 2 " +
  "4 w 20 1 10 4 13 1 10 1 f 1 d 11 5i 1 1 5 1 2 ah 1 4 2 7 1 1 1 4 2 15 1 4 2 x 1 4 2 7 1 1 1 " +
  "4 2 f 1 1l 1 4 2 1v 2 w 3 q 6 2e 2 6 2 hs 1 s 3 2h 7 m 9 o 9 k c d 1 3 1 2 c 2m 2 a 6 a 6 e " +
  "1 b 6 2h 7 17 5 1y a v 1 c 4 c 4 1 3 16 2 5 b 18 4 q 6 b 3 1q 2 1t 1 t 2 b 6 a 6 e 2 v 1d 25 " +
  "3 1b 1 38 8 1o 3 f 3 1o 7 17 2 b 8 17 5 eu 2 6 2 12 2 6 2 8 1 1 1 1 1 1 1 v 2 1h 1 f 1 e 2 6 " +
  "1 j 2 3 1 9 h o 8 1b h 2 2 r 1 d 3 x f x f 3w 4 if p b l 1ec 2 w 1 9p 5 19 1 1 5 1 2 1k 7 2 " +
  "e o 9 7 1 7 1 7 1 7 1 7 1 7 1 7 1 7 1 3i y q 1 2h c 5y q c 5 1r 1 2e 2 2v 5 17 1 2m 1 2c c " +
  "1b 1 mlp 3 1j 9 9o k 54 8 5n 5 2 1 1 1 5 o 1n 3 a 6 1k 8 1y 8 c 6 38 b u 3 26 1 b 4 x 1 1j 9 " +
  "e 2 a 2 2v o s a 6 2 6 2 6 9 7 1 7 1 1o 4 3i 2 a 6 8mc c n 4 1d 6is a6 2 2y 12 7 c 5 5 q 1 5 " +
  "1 1 1 2 1 2 1 3h g cd 2 1i 7 1 w 16 6 1f 1 j 1 4 4 5 1 3r 4 5a 3 6 2 6 2 6 2 3 3 7 1 7 d 2 2 " +
  "c 1 q 1 j 1 2 1 f 2 e y 3f 5 3 4 19 3 2g 1 d 3 1 1b 1a 3m t 3 1d f s 4 10 9 u 5 17 5 u 1 11 " +
  "4 e 16 4e 2 a 6 10 4 10 4 14 8 1g b c 1 f 1 7 1 2 1 b 1 f 1 7 1 2 1v 8n 9 m a 8 o 6 1 16 1 9 " +
  "1x 6 2 1 1 18 1 2 3 1 2 n 1 20 8 9 1c j 1 2 5 x 3 r 5 1 1s 1k 4 k 2 1e 1 2 5 8 1 3 1 t 2 3 4 " +
  "a 7 9 7 1s w 13 4 c 9 1i 3 t 2 r 5 q 7 4 c 7 28 21 1j 1f d 1f 7 1a 8 a 86 v 1 16 1 3 2 2 26 " +
  "14 8 16 m q 12 s k n 9 26 4 10 9 1q 1 5 d p 7 a 6 1h 1 i 8 13 9 2o 1 k b i 1 18 1t 7 1 1 1 4 " +
  "1 f 1 b 6 1n 5 a 6 4 1 8 2 2 2 m 1 7 1 2 1 5 1 a 2 2 2 3 2 1 6 1 5 7 2 7 3 5 3v 2k 1 5 u 20 " +
  "8 a 4m 1i 2 12 y 1x b a 6 d j 1m 6 a 1i r 2 f 4 n 55 1o 2s 2b c 8 2 1 2 8 1 2 1 u 1 2 2 c 9 " +
  "a 1y 8 2 1a 2 b r 20 8 2b d 21 7b 9 1 19 1 e a t 3 w 2 m 1 e 21 7 1 2 1 18 3 1 1 2 1 9 8 a 6 " +
  "6 1 2 1 11 1 2 1 6 7 a 8m p 53 1 f 1e d pn 2u 33 1 5 b 5g 218 2r d tr 34h g7 6nt ft 7 v 1 a " +
  "4 29 1 a 6 u 2 6 a 1y a a 1 7 1 l 5 j j4 2j 2t 23 4 1l 7 h 1s 5 b 2 e 4qg 8 ye 16 9 6w7 4 1 " +
  "7 1 2 1 83 19 3 h 4 8 b0 1s4 2z 5 d 3 9 7 a 2 4 3mo 1a 2 n 9 38 1o 6u a 13 2 22 8 34 l 1y 4a " +
  "k c 2f 9 p 3r 2d 1 1z 1 2 2 1 2 2 2 4 1 c 1 1 1 7 1 1t 1 4 2 8 1 7 1 s 1 4 1 5 1 1 3 7 1 9g " +
  "2 84 2 ji f 5 1 f uo v 69 7 1 h 2 7 1 2 1 5 5x 19 3 e 2 a 4 2 8w v h 1m 5 1 yo 7 1 4 1 2 1 f " +
  "1 5h 2 g 15 24 4 a 4 2 lt 1w 24 1p 5e 4 1 r 1 2 1 1 2 1 1 a 1 4 1 1 1 1 6 1 4 1 1 1 1 1 1 3 " +
  "1 2 1 1 2 1 1 1 1 1 1 1 1 1 1 2 1 1 2 4 1 7 1 4 1 4 1 1 1 a 1 h 5 3 1 5 1 h 1g 2 7i 18 4 2s " +
  "c f 2 f 1 f 1 11 a 4u 1k t d 18 4 9 7 2 e 6 4a rc 5 g 3 d 3 38 c 2h 7 c 4 1 f c 4 1k 8 a 6 " +
  "14 8 u 2 2 26 9g c e 2 5 3 5 3 7 9 t 3 b 5 6 a a 6 8 8 7 9 43 1 1j 11 a sm wyo w 37d 7 66 2 " +
  "4g2 e 5rl 2e7 f2 15u 3t7 fcmt 6o";

const DECIMAL =
  "19c a 3q a 5i a bg a 3a a 3a a 3a a 3a a 3a a 3a a 3a a 3a a 3a a 2o a 3a a 1y a 7q a 1y a " +
  "1fq a 12 a 8c a 3k a 4m a 6 a 52 a 2e a 3q a 6 a r7q a iu a 12 a 5i a m a 2e a ba a geu a " +
  "13a a 1om a mk a 3k a 1o a 40 a 7q a 9i a 3a a ae a 2u a 2u a bq a 2u a l2 a 6u a 1y a f5i a " +
  "2e a 3q a lf8 1e 1ts a bq a 192 a 3o6 a";

const DIGIT =
  "4y 2 5 1 146 a 3q a 5i a bg a 3a a 3a a 3a a 3a a 3a a 3a a 3a a 3a a 3a a 2o a 3a a 1y a 7q " +
  "a 1y a jz 9 vi a 12 a 8c a 3k b 4l a 6 a 52 a 2e a 3q a 6 a t2 1 3 6 6 a ra 9 b 9 b 9 2h 1 a " +
  "9 1 1 hi 9 1 9 1 9 ozx a iu a 12 a 5i a m a 2e a ba a geu a 13a a 13q 4 ks a 86 9 dl 9 b a " +
  "3k a 1o a 40 a 7q a 9i a 3a a ae a 2u a 2u a bq a 2u a l2 a 6u a 1y a f5i a 2e a 3q a lf8 1e " +
  "1ts a bq a 192 a 1ie b 25h a";

/** A table as the ascending list of places. */
function places_of(table) {
  let place = 0;
  return table.split(" ").map((distance) => (place += parseInt(distance, 36)));
}

/** How many places are at or before a code point. */
function count_before(places, code) {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (places[middle] <= code) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A test of one character: a regular expression decides ASCII, the table all others. */
function membership(ascii, table) {
  let places = null;
  return (character) => {
    const code = character.codePointAt(0);
    if (code < 128) return ascii.test(character);
    places ??= places_of(table);
    return count_before(places, code) % 2 === 1;
  };
}

const is_decimal = membership(/[0-9]/, DECIMAL);

const is_digit = membership(/[0-9]/, DIGIT);

const is_unprintable = membership(/[\x00-\x1f\x7f]/, UNPRINTABLE);

const is_printable = (character) => !is_unprintable(character);

/** The digit that a decimal character stands for; each script has its ten in a row. */
function decimal_value(character) {
  const code = character.codePointAt(0);
  if (code < 128) return code - 48;
  const places = places_of(DECIMAL);
  return (code - places[count_before(places, code) - 1]) % 10;
}

/** What str.isspace, strip and split take for white space, as the inside of a character class. */
const WHITESPACE =
  "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

// python/text.js

/** str(o) */
function str(o) {
  if (typeof o === "string") return o;
  return special(o, "__str__") ? o.__str__() : repr(o);
}

/** repr(o) */
function repr(o) {
  switch (typeof o) {
    case "string":
      return string_repr(o);
    case "boolean":
      return o ? "True" : "False";
    case "number":
      return Number.isInteger(o) ? String(o) : float_repr(o);
    case "bigint":
      return o.toString();
    case "function":
      return function_repr(o);
    default:
      return o === null || o === undefined ? "None" : object_repr(o);
  }
}

function function_repr(f) {
  const name = class_name(f);
  return is_class(f) ? `<class '${name}'>` : `<function ${name}>`;
}

function object_repr(o) {
  if (o instanceof Float) return float_repr(o.value);
  if (is_bytes(o)) return bytes_repr(o);
  if (special(o, "__repr__")) return o.__repr__();
  if (o instanceof Range) return o.describe();
  const write = WRITERS[type_name(o)];
  if (write) return write(o);
  return o instanceof Error ? String(o) : `<${type_name(o)} object>`;
}

const joined_reprs = (elements) => [...elements].map(repr).join(", ");

const pairs = (dict) =>
  dict.pairs().map(([key, value]) => `${repr(key)}: ${repr(value)}`).join(", ");

const WRITERS = {
  tuple: once_inside((o) => (o.length === 1 ? `(${repr(o[0])},)` : `(${joined_reprs(o)})`), "(...)"),
  list: once_inside((o) => `[${joined_reprs(o)}]`, "[...]"),
  dict: once_inside((o) => `{${pairs(o)}}`, "{...}"),
  set: (o) => (o.size ? `{${joined_reprs(o)}}` : "set()"),
  frozenset: (o) => (o.size ? `frozenset({${joined_reprs(o)}})` : "frozenset()"),
  dict_keys: (o) => `dict_keys([${joined_reprs(o)}])`,
  dict_values: (o) => `dict_values([${joined_reprs(o)}])`,
  dict_items: (o) => `dict_items([${joined_reprs(o)}])`,
};

/** A container that is met again inside itself is written as dots. */
function once_inside(container_repr, dots) {
  const open = new Set();
  return (o) => {
    if (open.has(o)) return dots;
    open.add(o);
    try {
      return container_repr(o);
    } finally {
      open.delete(o);
    }
  };
}

const REPR_ESCAPES = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

const PLAIN_ASCII = /^[ -&(-[\]-~]*$/;

function string_repr(text) {
  if (PLAIN_ASCII.test(text)) return `'${text}'`;
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const inner = Array.from(text, (character) => repr_character(character, quote)).join("");
  return quote + inner + quote;
}

function repr_character(character, quote) {
  if (character === quote) return `\\${quote}`;
  return REPR_ESCAPES[character] ?? (is_printable(character) ? character : code_escape(character));
}

/** A character by its number: \x00, \u0000 or \U00000000. */
function code_escape(character) {
  const code = character.codePointAt(0);
  if (code < 0x100) return `\\x${hex_digits(code, 2)}`;
  return code < 0x10000 ? `\\u${hex_digits(code, 4)}` : `\\U${hex_digits(code, 8)}`;
}

const hex_digits = (number, digits) => number.toString(16).padStart(digits, "0");

function bytes_repr(bytes) {
  const text = String.fromCharCode(...bytes);
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const byte_escaped = (character) => {
    if (character === quote) return `\\${quote}`;
    const code = character.charCodeAt(0);
    return REPR_ESCAPES[character] ?? (code < 32 || code > 126 ? `\\x${hex_digits(code, 2)}` : character);
  };
  return `b${quote}${Array.from(text, byte_escaped).join("")}${quote}`;
}

/** ascii(o): repr with everything beyond ASCII escaped. */
function ascii(o) {
  return Array.from(repr(o), (c) => (c.codePointAt(0) > 126 ? code_escape(c) : c)).join("");
}

// python/exceptions.js

/** Let a property be computed until somebody assigns it. */
function assignable(prototype, name, get) {
  Object.defineProperty(prototype, name, {
    configurable: true,
    get,
    set(value) {
      const described = { value, writable: true, configurable: true, enumerable: true };
      Object.defineProperty(this, name, described);
    },
  });
}

class BaseException extends Error {
  constructor(...args) {
    super();
    this.args = Tuple.from(args);
  }

  __init__(...args) {
    this.args = Tuple.from(args);
  }

  __str__() {
    if (this.args.length === 0) return "";
    return this.args.length === 1 ? str(this.args[0]) : repr(this.args);
  }

  __repr__() {
    const inner = this.args.length === 1 ? `(${repr(this.args[0])})` : repr(this.args);
    return class_name(this.constructor) + inner;
  }

  toString() {
    return `${this.name}: ${this.message}`;
  }
}

assignable(BaseException.prototype, "message", function message() {
  return str(this);
});

assignable(BaseException.prototype, "name", function name() {
  return class_name(this.constructor);
});

class Exception extends BaseException {}

class LookupError extends Exception {}

/** Its text is the repr of the key. */
class KeyError extends LookupError {
  __str__() {
    return this.args.length === 1 ? repr(this.args[0]) : super.__str__();
  }
}

class StopIteration extends Exception {
  get value() {
    return this.args[0] ?? null;
  }
}

class ValueError extends Exception {}

class UnicodeError extends ValueError {}

/** `args`: encoding, object, start, end, reason. */
class UnicodeDecodeError extends UnicodeError {
  __str__() {
    const [encoding, object, start, end, reason] = this.args;
    const where = end === start + 1
      ? `byte 0x${object[start].toString(16).padStart(2, "0")} in position ${start}`
      : `bytes in position ${start}-${end - 1}`;
    return `'${encoding}' codec can't decode ${where}: ${reason}`;
  }
}

class UnicodeEncodeError extends UnicodeError {
  __str__() {
    const [encoding, object, start, end, reason] = this.args;
    const where = end === start + 1
      ? `character '${code_escape(Array.from(object)[start])}' in position ${start}`
      : `characters in position ${start}-${end - 1}`;
    return `'${encoding}' codec can't encode ${where}: ${reason}`;
  }
}

/** `json.JSONDecodeError(msg, doc, pos)`. */
class JSONDecodeError extends ValueError {
  constructor(msg, doc, pos) {
    const before = Array.from(doc).slice(0, pos);
    const lineno = before.filter((character) => character === "\n").length + 1;
    const colno = pos - before.lastIndexOf("\n");
    super(`${msg}: line ${lineno} column ${colno} (char ${pos})`);
    Object.assign(this, { msg, doc, pos, lineno, colno });
  }

  /** The arguments are in place already: `args` is the finished text. */
  __init__() {}
}

class ArithmeticError extends Exception {}

class RuntimeError extends Exception {}

/** A class that differs from its base by its name alone. */
const heir = (name, base) => ({ [name]: class extends base {} })[name];

/** All exceptions by name. */
const e = {
  BaseException,
  Exception,
  LookupError,
  KeyError,
  StopIteration,
  ValueError,
  UnicodeDecodeError,
  UnicodeEncodeError,
  JSONDecodeError,
  RuntimeError,
  AssertionError: heir("AssertionError", Exception),
  AttributeError: heir("AttributeError", Exception),
  TypeError: heir("TypeError", Exception),
  IndexError: heir("IndexError", LookupError),
  OverflowError: heir("OverflowError", ArithmeticError),
  ZeroDivisionError: heir("ZeroDivisionError", ArithmeticError),
  NotImplementedError: heir("NotImplementedError", RuntimeError),
  RecursionError: heir("RecursionError", RuntimeError),
};

/** `throw type_error("...")` reads better in the modules that throw it often. */
const type_error = (text) => new e.TypeError(text);

const value_error = (text) => new e.ValueError(text);

// python/compare.js

/** bool(o) */
function truthy(o) {
  if (typeof o !== "object") return Boolean(o) || Number.isNaN(o);
  if (o === null) return false;
  if (o instanceof Float) return o.value !== 0;
  if (special(o, "__bool__")) return o.__bool__();
  const length = length_of(o);
  return length === undefined || length > 0;
}

/** a == b */
function eq(a, b) {
  if (a === b) return true;
  if (is_number(a)) return is_number(b) ? order(a, b) === 0 : reflected_eq(a, b);
  if (typeof a !== "object" || a === null) return reflected_eq(a, b);
  if (special(a, "__eq__")) return a.__eq__(b);
  for (const [type, equal] of EQUALITIES) {
    if (a instanceof type) return equal(a, b);
  }
  return reflected_eq(a, b);
}

const reflected_eq = (a, b) => (special(b, "__eq__") ? b.__eq__(a) : false);

/** a != b */
const ne = (a, b) => (special(a, "__ne__") ? a.__ne__(b) : !eq(a, b));

const same_elements = (a, b) =>
  a.length === b.length && a.every((element, index) => same(element, b[index]));

/** As containers compare their elements: identical or equal. */
const same = (a, b) => Object.is(a, b) || eq(a, b);

function same_entries(a, b) {
  if (a.size !== b.size) return false;
  return a.pairs().every(([key, value]) => b.has(key) && same(value, b.get(key)));
}

const same_sets = (a, b) => is_set(b) && a.size === as_set(b).size && is_subset(as_set(a), as_set(b));

const is_subset = (a, b) => [...a].every((element) => b.has(element));

/** By the left side's class; from the special to the general. */
const EQUALITIES = [
  [Tuple, (a, b) => b instanceof Tuple && same_elements(a, b)],
  [Array, (a, b) => Array.isArray(b) && !(b instanceof Tuple) && same_elements(a, b)],
  [Uint8Array, (a, b) => is_bytes(b) && same_elements(a, b)],
  [Dict, (a, b) => b instanceof Dict && same_entries(a, b)],
  [PySet, same_sets],
  [DictView, (a, b) => is_set(a) && same_sets(as_set(a), b)],
  [Range, (a, b) => b instanceof Range && same_elements([...a], [...b])],
];

/** a is b. Numbers and strings are identical if they are of one kind and equal. */
function is(a, b) {
  if (a instanceof Float && b instanceof Float) return Object.is(a.value, b.value);
  if (a === undefined || b === undefined) return (a ?? null) === (b ?? null);
  return Object.is(a, b);
}

/** -1, 0 or 1 of two strings, by code points. */
function order_of_texts(a, b) {
  if (a === b) return 0;
  if (!has_pairs(a) && !has_pairs(b)) return a < b ? -1 : 1;
  const codes = (text) => Array.from(text, (character) => character.codePointAt(0));
  return order_of_elements(codes(a), codes(b), (x, y) => x - y);
}

/** The order of the first elements that differ, else of the lengths. */
function order_of_elements(a, b, order_of_two) {
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index += 1) {
    if (a[index] !== b[index]) return order_of_two(a[index], b[index]);
  }
  return a.length - b.length;
}

/** One of <, <=, >, >= from what it says about an order, with its method and the swapped one. */
function comparison(sign, holds, of_sets, method, swapped) {
  const compare = (a, b) => {
    if (is_number(a) && is_number(b)) return holds(order(a, b));
    if (typeof a === "string" && typeof b === "string") return holds(order_of_texts(a, b));
    if (special(a, method)) return a[method](b);
    if (special(b, swapped)) return b[swapped](a);
    if (is_bytes(a) && is_bytes(b)) return holds(order_of_elements(a, b, (x, y) => x - y));
    if (are_sequences(a, b)) return compare_sequences(a, b);
    if (is_set(a) && is_set(b)) return of_sets(as_set(a), as_set(b));
    const names = `'${type_name(a)}' and '${type_name(b)}'`;
    throw type_error(`'${sign}' not supported between instances of ${names}`);
  };
  const compare_sequences = (a, b) => {
    const shared = Math.min(a.length, b.length);
    for (let index = 0; index < shared; index += 1) {
      if (!same(a[index], b[index])) return compare(a[index], b[index]);
    }
    return holds(a.length - b.length);
  };
  return compare;
}

const are_sequences = (a, b) =>
  Array.isArray(a) && Array.isArray(b) && a instanceof Tuple === b instanceof Tuple;

const lt = comparison(
  "<",
  (sign) => sign < 0,
  (a, b) => a.size < b.size && is_subset(a, b),
  "__lt__",
  "__gt__",
);

const le = comparison("<=", (sign) => sign <= 0, is_subset, "__le__", "__ge__");

const gt = comparison(
  ">",
  (sign) => sign > 0,
  (a, b) => b.size < a.size && is_subset(b, a),
  "__gt__",
  "__lt__",
);

const ge = comparison(">=", (sign) => sign >= 0, (a, b) => is_subset(b, a), "__ge__", "__le__");

/** item in container */
function contains(container, item) {
  if (typeof container === "string") return text_contains(container, item);
  if (special(container, "__contains__")) return container.__contains__(item);
  if (container instanceof Dict || container instanceof PySet) return container.has(item);
  if (container instanceof KeysView) return container.dict.has(item);
  if (container instanceof Range && is_int(item)) return container.has(Number(item));
  if (is_bytes(container)) return bytes_contain(container, item);
  return contained(iterable(container), item);
}

function contained(elements, item) {
  for (const element of elements) {
    if (same(element, item)) return true;
  }
  return false;
}

function iterable(container) {
  const can_walk = typeof container === "object" && container !== null && (
    typeof container[Symbol.iterator] === "function" || special(container, "__iter__"));
  if (can_walk) return iter(container);
  throw type_error(`argument of type '${type_name(container)}' is not iterable`);
}

function text_contains(text, item) {
  if (typeof item === "string") return text.includes(item);
  throw type_error(`'in <string>' requires string as left operand, not ${type_name(item)}`);
}

function bytes_contain(bytes, item) {
  if (is_int(item)) return bytes.includes(Number(item));
  if (is_bytes(item)) return find_bytes(bytes, item) >= 0;
  throw type_error(`a bytes-like object is required, not '${type_name(item)}'`);
}

/** Where bytes first occur within others from a place on, or -1. */
function find_bytes(bytes, wanted, from = 0, to = bytes.length) {
  for (let start = from; start + wanted.length <= to; start += 1) {
    if (wanted.every((byte, index) => bytes[start + index] === byte)) return start;
  }
  return -1;
}

/** hash(o): the same for equal values within this process; not CPython's number. */
function hash(o) {
  const key = hash_key(o);
  if (is_number(o) && !is_float(o)) return o;
  return [...String(key)].reduce((sum, character) => (sum * 31 + character.codePointAt(0)) | 0, 7);
}

// python/format.js

const CONVERSIONS = { "": (o) => o, r: repr, s: str, a: ascii };

/** f"{value!conversion:spec}" */
function format(value, spec = "", conversion = "") {
  const converted = CONVERSIONS[conversion](value);
  if (spec === "" && typeof converted === "string") return converted;
  if (special(converted, "__format__")) return converted.__format__(spec);
  if (spec === "") return str(converted);
  if (typeof converted === "string") return format_text(converted, parse_spec(spec, "str"));
  if (typeof converted === "boolean" && /s$/.test(spec)) unknown_code("s", "bool");
  if (is_int(converted)) return format_int(converted, parse_spec(spec, type_name(converted)));
  if (is_float(converted)) return format_float(converted, parse_spec(spec, "float"));
  throw type_error(`unsupported format string passed to ${type_name(converted)}.__format__`);
}

/** [[fill]align][sign][z][#][0][width][grouping][.precision][type] */
const SPEC = /^(?:([^])?([<>=^]))?([-+ ]?)(z?)(#?)(0?)(\d*)([,_]?)(?:\.(\d+))?([^]?)$/u;

function parse_spec(text, type) {
  const match = SPEC.exec(text);
  if (!match) throw invalid_spec(text, type);
  const [, fill, align, sign, , alternate, zero, width, grouping, precision, code] = match;
  refuse_grouping(grouping, code || (type === "str" ? "s" : ""));
  return {
    fill: fill ?? (zero ? "0" : " "),
    align: align ?? (zero ? "=" : null),
    sign,
    alternate: alternate === "#",
    width: Number(width),
    grouping,
    precision: precision === undefined ? null : Number(precision),
    code,
    type,
  };
}

/** Thousands are separated in decimal numbers; underscores go with all bases. */
function refuse_grouping(grouping, code) {
  const allowed = grouping === "_" ? "deEfFgG%boxX" : "deEfFgG%";
  if (grouping && code && !allowed.includes(code)) {
    throw value_error(`Cannot specify '${grouping}' with '${code}'.`);
  }
}

function invalid_spec(text, type) {
  if (/\.(\D|$)/.test(text)) return value_error("Format specifier missing precision");
  return value_error(`Invalid format specifier '${text}' for object of type '${type}'`);
}

function unknown_code(code, type) {
  throw value_error(`Unknown format code '${code}' for object of type '${type}'`);
}

/** Text padded on the side that the alignment leaves; a number's sign and prefix come first. */
function pad(spec, head, body, default_align) {
  const missing = Math.max(0, spec.width - text_length(head) - text_length(body));
  const align = spec.align ?? default_align;
  if (align === "=") return head + spec.fill.repeat(missing) + body;
  const left = { "<": 0, ">": missing, "^": missing >> 1 }[align];
  return spec.fill.repeat(left) + head + body + spec.fill.repeat(missing - left);
}

function format_text(text, spec) {
  if (spec.sign) throw value_error(sign_text(spec.sign, "string format specifier"));
  if (spec.code !== "" && spec.code !== "s") unknown_code(spec.code, "str");
  if (spec.alternate) {
    throw value_error("Alternate form (#) not allowed in string format specifier");
  }
  const given = spec.align === "=" && spec.fill === "0" ? { ...spec, align: "<" } : spec;
  if (given.align === "=") {
    throw value_error("'=' alignment not allowed in string format specifier");
  }
  const cut = spec.precision === null ? text : characters(text).slice(0, spec.precision).join("");
  return pad(given, "", cut, "<");
}

const sign_text = (sign, where) =>
  sign === " " ? `Space not allowed in ${where}` : `Sign not allowed in ${where}`;

const BASES = { b: [2, "0b"], o: [8, "0o"], x: [16, "0x"], X: [16, "0X"] };

const FLOAT_CODES = "eEfFgG%";

function format_int(value, spec) {
  if (spec.code !== "" && FLOAT_CODES.includes(spec.code)) {
    return format_float(to_number(value), spec);
  }
  if (spec.code === "c") return format_character(value, spec);
  if (spec.code !== "" && !"dnboxX".includes(spec.code)) unknown_code(spec.code, spec.type);
  if (spec.precision !== null) {
    throw value_error("Precision not allowed in integer format specifier");
  }
  const [base, prefix] = BASES[spec.code] ?? [10, ""];
  const negative = value < 0;
  const digits = (negative ? -big(value) : big(value)).toString(base);
  const head = sign_of(negative, spec) + (spec.alternate ? prefix : "");
  return finish_number(spec, head, spec.code === "X" ? digits.toUpperCase() : digits, "");
}

function format_character(value, spec) {
  if (spec.sign) throw value_error("Sign not allowed with integer format specifier 'c'");
  if (value < 0 || value > 0x10ffff) {
    throw new e.OverflowError("%c arg not in range(0x110000)");
  }
  return pad(spec, "", String.fromCodePoint(Number(value)), "<");
}

const sign_of = (negative, spec) => (negative ? "-" : spec.sign.replace("-", ""));

/** Grouping and padding; zeros that pad are grouped too, as in f"{1:08,}". */
function finish_number(spec, head, digits, tail) {
  if (!spec.grouping) return pad(spec, head, digits + tail, ">");
  const size = spec.grouping === "_" && BASES[spec.code] ? 4 : 3;
  let whole = digits;
  if (spec.align === "=" && spec.fill === "0") {
    const room = spec.width - head.length - tail.length;
    while (grouped_length(whole.length + 1, size) <= room) whole = `0${whole}`;
    if (grouped_length(whole.length, size) < room) whole = `0${whole}`;
  }
  return pad(spec, head, grouped(whole, size, spec.grouping) + tail, ">");
}

const grouped_length = (digits, size) => digits + Math.floor((digits - 1) / size);

function grouped(digits, size, separator) {
  const first = digits.length % size || size;
  const parts = [digits.slice(0, first)];
  for (let at = first; at < digits.length; at += size) parts.push(digits.slice(at, at + size));
  return parts.join(separator);
}

function format_float(value, spec) {
  const number = to_number(value);
  if (spec.code !== "" && !`${FLOAT_CODES}n`.includes(spec.code)) unknown_code(spec.code, spec.type);
  const negative = number < 0 || Object.is(number, -0);
  const body = float_body(number, spec);
  const text = "EFG".includes(spec.code) && spec.code ? body.toUpperCase() : body;
  const [, digits, tail] = /^(\d*)([^]*)$/.exec(text);
  if (digits === "") return pad(spec, sign_of(negative, spec), tail, ">");
  return finish_number(spec, sign_of(negative, spec), digits, tail);
}

/** The digits without sign, as the code wants them. */
function float_body(number, spec) {
  if (!Number.isFinite(number) && spec.code !== "%") return special_text(Math.abs(number));
  switch (spec.code.toLowerCase()) {
    case "f":
      return with_point(fixed(number, spec.precision ?? 6), spec);
    case "%":
      return `${float_body(number * 100, { ...spec, code: "f" })}%`;
    case "e":
      return exponential(number, spec.precision ?? 6, spec);
    case "":
      return shortest(number, spec);
    default:
      return general(number, spec.precision ?? 6, spec, -4);
  }
}

const with_point = (text, spec) => (spec.alternate && !text.includes(".") ? `${text}.` : text);

function exponential(number, precision, spec) {
  const [digits, exponent] = significant(number, precision + 1);
  return mantissa(digits, spec) + `e${exponent_text(exponent)}`;
}

const mantissa = (digits, spec) =>
  with_point(digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits, spec);

/** %g: so many significant digits, without trailing zeros unless `#` asks for them. */
function general(number, wanted, spec, lowest, beyond = 0) {
  const precision = Math.max(1, wanted);
  const [all, exponent] = significant(number, precision);
  const digits = spec.alternate ? all : all.replace(/0+$/, "") || "0";
  if (exponent < lowest || exponent >= precision - beyond) {
    return `${mantissa(digits, spec)}e${exponent_text(exponent)}`;
  }
  if (exponent < 0) return `0.${"0".repeat(-exponent - 1)}${digits}`;
  const padded = digits.padEnd(exponent + 1, "0");
  const fraction = padded.slice(exponent + 1);
  return with_point(padded.slice(0, exponent + 1) + (fraction && `.${fraction}`), spec);
}

/** No code: repr, or with a precision like `g`, but always with a digit behind the point. */
function shortest(number, spec) {
  if (spec.precision === null) return float_repr(Math.abs(number));
  const text = general(number, spec.precision, spec, -4, 1);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

// python/items.js

/** How a sequence's class is called in the texts of IndexError and TypeError. */
const names_of = (o) => {
  const name = type_name(o);
  return name === "str" ? ["string", "string"] : [name, name === "bytes" ? "byte" : name];
};

/** A sequence's elements as something with length and index. */
function elements_of(o) {
  if (typeof o === "string") return has_pairs(o) ? characters(o) : o;
  return Array.isArray(o) || is_bytes(o) ? o : undefined;
}

/** An index counted from the front, or an IndexError. */
function place(index, length, name_it) {
  const from_front = index < 0 ? index + length : index;
  if (from_front < 0 || from_front >= length) throw new e.IndexError(`${name_it()} out of range`);
  return from_front;
}

const indices_text = (o, key) => {
  const [name, item] = names_of(o);
  if (name === "string") return `string indices must be integers, not '${type_name(key)}'`;
  return `${item} indices must be integers or slices, not ${type_name(key)}`;
};

/** o[key] */
function getitem(o, key) {
  if (o instanceof Dict) {
    const value = o.get(key);
    if (value === undefined && !o.has(key)) throw new e.KeyError(key);
    return value;
  }
  const elements = elements_of(o);
  if (elements !== undefined) {
    const index = to_index(key, () => indices_text(o, key));
    return elements[place(index, elements.length, () => index_error_name(o))];
  }
  if (o instanceof Range) return o.at(place(to_index(key), o.length, () => "range object index"));
  if (special(o, "__getitem__")) return o.__getitem__(key);
  throw type_error(`'${type_name(o)}' object is not subscriptable`);
}

const index_error_name = (o) => (is_bytes(o) ? "index" : `${names_of(o)[0]} index`);

/** o[key] = value */
function setitem(o, key, value) {
  if (o instanceof Dict) o.set(key, value);
  else if (is_list(o)) {
    const index = to_index(key, () => indices_text(o, key));
    o[place(index, o.length, () => "list assignment index")] = value;
  } else if (special(o, "__setitem__")) o.__setitem__(key, value);
  else throw type_error(`'${type_name(o)}' object does not support item assignment`);
}

/** The bounds of a slice as CPython's slice.indices gives them: [start, stop, step]. */
function slice_bounds(length, start, stop, step) {
  const stride = step === null ? 1 : bound_of_slice(step);
  if (stride === 0) throw value_error("slice step cannot be zero");
  const [lowest, highest] = stride < 0 ? [-1, length - 1] : [0, length];
  const clamp = (value) =>
    Math.min(highest, Math.max(lowest, value < 0 ? value + length : value));
  return [
    start === null ? (stride < 0 ? highest : lowest) : clamp(bound_of_slice(start)),
    stop === null ? (stride < 0 ? lowest : highest) : clamp(bound_of_slice(stop)),
    stride,
  ];
}

function bound_of_slice(value) {
  if (is_int(value)) return to_index(value);
  throw type_error("slice indices must be integers or None or have an __index__ method");
}

/** o[start:stop:step]; what is missing is null */
function slice(o, start = null, stop = null, step = null) {
  if (o instanceof Range) return range_slice(o, slice_bounds(o.length, start, stop, step));
  const elements = elements_of(o);
  if (elements === undefined) return slice_of_other(o);
  const [first, end, stride] = slice_bounds(elements.length, start, stop, step);
  const part = stride === 1
    ? elements.slice(first, Math.max(first, end))
    : stepped(elements, first, end, stride);
  if (typeof o === "string") return typeof part === "string" ? part : part.join("");
  return is_bytes(o) ? Uint8Array.from(part) : part;
}

function slice_of_other(o) {
  if (o instanceof Dict) throw type_error("unhashable type: 'slice'");
  throw type_error(`'${type_name(o)}' object is not subscriptable`);
}

function stepped(elements, first, end, stride) {
  const part = elements instanceof Tuple ? new Tuple() : [];
  for (let index = first; stride < 0 ? index > end : index < end; index += stride) {
    part.push(elements[index]);
  }
  return part;
}

const range_slice = (range, [first, end, stride]) =>
  new Range(range.at(first), range.at(end), range.step * stride);

// python/printf.js

/** %, (key), flags, width, precision, code */
const DIRECTIVE = /%(?:\(([^)]*)\))?([-+ #0]*)(\*|\d*)(?:\.(\*|\d*))?[hlL]?([^]?)/gu;

/** template % values */
function printf(template, values) {
  const queue = values instanceof Tuple ? [...values] : [values];
  const take = () => {
    if (queue.length === 0) throw type_error("not enough arguments for format string");
    return queue.shift();
  };
  let used_keys = false;
  const text = template.replace(DIRECTIVE, (field, key, flags, width, precision, code, offset) => {
    if (code === "%") return "%";
    if (code === "") throw value_error("incomplete format");
    used_keys ||= key !== undefined;
    const sizes = [width, precision].map((size) => (size === "*" ? String(take()) : size));
    const value = key === undefined ? take() : getitem(values, key);
    return write(value, code, flags, sizes, template.indexOf(code, offset));
  });
  if (!used_keys && queue.length > 0 && !has_items(values)) {
    throw type_error("not all arguments converted during string formatting");
  }
  return text;
}

/** What could be meant for %(key)s may stay unused. */
const has_items = (o) => o instanceof Dict || is_list(o) || is_bytes(o) || o instanceof Range;

const TEXTS = { s: str, r: repr, a: ascii };

/** One field, by way of the format specification that says the same. */
function write(value, code, flags, [width, precision], offset) {
  const align = flags.includes("-") ? "<" : ">";
  const cut = precision === undefined ? "" : `.${precision || 0}`;
  if (code in TEXTS) return format(TEXTS[code](value), `${align}${width}${cut}`);
  if (code === "c") return format(character(value), `${align}${width}`);
  const sign = flags.includes("+") ? "+" : flags.includes(" ") ? " " : "-";
  const alternate = flags.includes("#") ? "#" : "";
  const fill = flags.includes("0") && align === ">" ? "0=" : align;
  const shape = `${fill}${sign}${alternate}${width}`;
  if ("diu".includes(code)) return format(whole_operand(value, code), `${shape}d`);
  if ("xXo".includes(code)) return format(integer(value, code), shape + code);
  if ("eEfFgG".includes(code)) return format(real_operand(value), shape + cut + code);
  const hex = code.codePointAt(0).toString(16);
  const shown = /[ -\x7f]/.test(code) ? code : "?";
  throw value_error(`unsupported format character '${shown}' (0x${hex}) at index ${offset}`);
}

function whole_operand(value, code) {
  if (is_int(value)) return value;
  if (is_float(value)) return BigInt(Math.trunc(to_number(value)));
  throw type_error(`%${code} format: a real number is required, not ${type_name(value)}`);
}

function integer(value, code) {
  if (is_int(value)) return value;
  throw type_error(`%${code} format: an integer is required, not ${type_name(value)}`);
}

function real_operand(value) {
  if (is_number(value)) return value;
  throw type_error(`must be real number, not ${type_name(value)}`);
}

function character(value) {
  if (is_int(value)) {
    if (value >= 0 && value <= 0x10ffff) return String.fromCodePoint(Number(value));
    throw new e.OverflowError("%c arg not in range(0x110000)");
  }
  if (typeof value === "string" && Array.from(value).length === 1) return value;
  throw type_error("%c requires int or char");
}

// python/operators.js

/** The operator's own methods of user classes, then the TypeError. */
function fallback(sign, name, a, b) {
  if (special(a, `__${name}__`)) return a[`__${name}__`](b);
  if (special(b, `__r${name}__`)) return b[`__r${name}__`](a);
  throw unsupported(sign, a, b);
}

function unsupported(sign, a, b) {
  const names = `'${type_name(a)}' and '${type_name(b)}'`;
  return type_error(`unsupported operand type(s) for ${sign}: ${names}`);
}

/** a + b */
function add(a, b) {
  if (typeof a === "number" && typeof b === "number") {
    const sum = a + b;
    if (Number.isSafeInteger(sum) && Number.isInteger(a) && Number.isInteger(b)) return sum;
    return add_numbers(a, b);
  }
  if (typeof a === "string" && typeof b === "string") return a + b;
  if (is_number(a) && is_number(b)) return add_numbers(a, b);
  if (typeof a === "string" || Array.isArray(a) || is_bytes(a)) return concatenate(a, b);
  return fallback("+", "add", a, b);
}

function concatenate(a, b) {
  if (special(b, "__radd__")) return b.__radd__(a);
  if (is_bytes(a) && is_bytes(b)) return join_bytes([a, b]);
  if (is_list(a) && is_list(b)) return [...a, ...b];
  if (a instanceof Tuple && b instanceof Tuple) return Tuple.from([...a, ...b]);
  const [left, right] = [type_name(a), type_name(b)];
  if (left === "bytes") throw type_error(`can't concat ${right} to bytes`);
  throw type_error(`can only concatenate ${left} (not "${right}") to ${left}`);
}

/** One Uint8Array of several. */
function join_bytes(parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let end = 0;
  for (const part of parts) {
    whole.set(part, end);
    end += part.length;
  }
  return whole;
}

/** a - b */
function sub(a, b) {
  if (typeof a === "number" && typeof b === "number") {
    const difference = a - b;
    if (Number.isSafeInteger(difference) && Number.isInteger(a) && Number.isInteger(b)) {
      return difference;
    }
    return sub_numbers(a, b);
  }
  if (is_number(a) && is_number(b)) return sub_numbers(a, b);
  return set_operation(a, b, difference) ?? fallback("-", "sub", a, b);
}

/** a * b */
function mul(a, b) {
  if (is_number(a) && is_number(b)) return mul_numbers(a, b);
  if (is_sequence(a) && !special(b, "__rmul__")) return repeat(a, b);
  if (is_sequence(b) && !special(a, "__mul__")) return repeat(b, a);
  return fallback("*", "mul", a, b);
}

const is_sequence = (o) => typeof o === "string" || Array.isArray(o) || is_bytes(o);

function repeat(sequence, count) {
  if (!is_int(count)) {
    throw type_error(`can't multiply sequence by non-int of type '${type_name(count)}'`);
  }
  const times = Math.max(0, Number(count));
  if (typeof sequence === "string") return sequence.repeat(times);
  const copies = Array.from({ length: times }, () => sequence);
  if (is_bytes(sequence)) return join_bytes(copies);
  return sequence instanceof Tuple ? Tuple.from(copies.flatMap(plain)) : copies.flatMap(plain);
}

/** A tuple as an array: flatMap flattens both, but keeps the class of neither. */
const plain = (sequence) => Array.from(sequence);

/** An operator that only numbers (or, for `check`, ints) have. */
function numeric(sign, name, apply, check = is_number) {
  return (a, b) => (check(a) && check(b) ? apply(a, b) : fallback(sign, name, a, b));
}

const div = numeric("/", "truediv", div_numbers);

const floordiv = numeric("//", "floordiv", floordiv_numbers);

/** a % b: the remainder, or a string with its %s filled in */
function mod(a, b) {
  if (is_number(a) && is_number(b)) return mod_numbers(a, b);
  return typeof a === "string" ? printf(a, b) : fallback("%", "mod", a, b);
}

/** &, | and ^: of two bools a bool, of ints, of sets; `|` of dicts too. */
function bitwise(sign, name, of_ints, of_sets) {
  return (a, b) => {
    if (typeof a === "boolean" && typeof b === "boolean") return of_ints(a, b) === 1;
    if (is_int(a) && is_int(b)) return of_ints(a, b);
    if (sign === "|" && a instanceof Dict && b instanceof Dict) return merged(a, b);
    return set_operation(a, b, of_sets) ?? fallback(sign, name, a, b);
  };
}

const merged = (a, b) => new Dict([...a.pairs(), ...b.pairs()]);

/** The result has the left set's class; keys() and items() count as sets. Undefined: no sets. */
function set_operation(a, b, apply) {
  if (!is_set(a) || !is_set(b)) return undefined;
  return new (a instanceof FrozenSet ? FrozenSet : PySet)(apply(as_set(a), as_set(b)));
}

const difference = (a, b) => [...a].filter((element) => !b.has(element));

const intersection = (a, b) => [...a].filter((element) => b.has(element));

const union = (a, b) => [...a, ...b];

const either = (a, b) => [...difference(a, b), ...difference(b, a)];

/** What the methods of sets share with the operators. */
const set_algebra = { difference, intersection, union, symmetric_difference: either };

const bitor = bitwise("|", "or", bitor_numbers, union);

// python/keywords.js

/** The keyword arguments as a plain object, taken off the end of the list. */
function take_keywords(args) {
  return args.at(-1) instanceof Kw ? args.pop() : {};
}

/**
 * A function whose parameters have names: `named(["sep", "maxsplit"], (sep, maxsplit) => ...)`.
 * `positional` leading parameters have none; the first name comes behind them.
 */
function named(names, f, positional = 0) {
  return function with_keywords(...args) {
    const last = args.length - 1;
    if (!(args[last] instanceof Kw)) return f(...args);
    const keywords = args.pop();
    for (const name of Object.keys(keywords)) {
      const index = names.indexOf(name);
      if (index < 0) throw type_error(`'${name}' is an invalid keyword argument for this function`);
      args[positional + index] = keywords[name];
    }
    return f(...args);
  };
}

// python/calls.js

/** An instance: `C(...args)` in Python. */
function make(C, ...args) {
  const o = new C(...args);
  o.__init__?.(...args);
  return o;
}

/** f(...args), where f may be a class, a builtin type or a function. */
function call(f, first) {
  const plain = typeof f === "function" && !is_js_class(f);
  if (plain && arguments.length === 2) return f(first); // the engine is slow with rest and spread
  const args = Array.from(arguments).slice(1);
  if (typeof f !== "function") return call_object(f, args);
  return plain ? f(...args) : make(f, ...args);
}

/** Builtin types are classes to Python, but functions to JavaScript. */
const is_js_class = (f) => is_class(f) && f.$builtin === undefined;

function call_object(o, args) {
  if (typeof o?.__call__ === "function") return o.__call__(...args);
  throw type_error(`'${type_name(o)}' object is not callable`);
}

/** f(*args, **kw), with `self` as `this`; kw is a plain object, or a Dict for `**mapping`. */
function callkw(f, self, args, kw) {
  const keywords = kw instanceof Dict ? Object.fromEntries(kw.entries()) : kw;
  if (typeof f !== "function") return callkw(bound_call(f), f, args, keywords);
  if (!is_js_class(f)) return f.apply(self, arguments_of(f, f.name, args, keywords));
  const { __init__: init } = f.prototype;
  return make(f, ...arguments_of(init ?? f, `${f.name}.__init__`, args, keywords));
}

function bound_call(o) {
  if (typeof o?.__call__ === "function") return o.__call__;
  throw type_error(`'${type_name(o)}' object is not callable`);
}

/** Keyword arguments put into their places. */
function arguments_of(f, name, args, keywords) {
  const names = Object.keys(keywords ?? {});
  if (f.$params === undefined) return names.length ? [...args, new Kw(keywords)] : args;
  const placed = [...args];
  for (const keyword of names) {
    const index = f.$params.indexOf(keyword);
    if (index < 0) throw type_error(`${name}() got an unexpected keyword argument '${keyword}'`);
    if (index < args.length) {
      throw type_error(`${name}() got multiple values for argument '${keyword}'`);
    }
    placed[index] = keywords[keyword];
  }
  return fill_defaults(f, name, placed);
}

function fill_defaults(f, name, placed) {
  const missing = [];
  f.$params.forEach((parameter, index) => {
    if (placed[index] !== undefined) return;
    if (Object.hasOwn(f.$defaults ?? {}, parameter)) placed[index] = f.$defaults[parameter];
    else missing.push(`'${parameter}'`);
  });
  if (missing.length === 0) return placed;
  const plural = missing.length === 1 ? "" : "s";
  const last = missing.length > 2 ? ", and " : " and ";
  const list = [missing.slice(0, -1).join(", "), missing.at(-1)].filter(Boolean).join(last);
  throw type_error(
    `${name}() missing ${missing.length} required positional argument${plural}: ${list}`,
  );
}

/** The attributes that every class, function and instance has. */
const UNIVERSAL = {
  __name__: (o) => (typeof o === "function" ? class_name(o) : undefined),
  __qualname__: (o) => (typeof o === "function" ? class_name(o) : undefined),
  __class__: (o) => (typeof o === "object" && o !== null ? o.constructor : undefined),
};

/** The attribute, or undefined. A method comes bound to its object. */
function find_attribute(o, name) {
  if (o === null || o === undefined) return undefined;
  const value = methods_of_builtins(o, name) ?? (is_builtin_value(o) ? undefined : o[name]);
  if (value === undefined) return UNIVERSAL[name]?.(o);
  if (typeof value !== "function" || is_class(value) || Object.hasOwn(Object(o), name)) return value;
  return typeof o === "function" ? value : bound(value, o);
}

/** Values whose JS properties are none of Python's business. */
const is_builtin_value = (o) =>
  (typeof o !== "object" && typeof o !== "function") ||
  [Array, Tuple, Dict, PySet, FrozenSet, Float].includes(o.constructor) ||
  is_bytes(o);

let methods_of_builtins = () => undefined;

/** methods.js says here how to find the methods of str, list, ... */
function provide_methods(find) {
  methods_of_builtins = find;
}

function bound(method, o) {
  const result = method.bind(o);
  if (method.$params) Object.assign(result, { $params: method.$params, $defaults: method.$defaults });
  Object.defineProperty(result, "name", { value: method.name });
  return result;
}

/** o.name, or an AttributeError */
function attr(o, name) {
  const value = find_attribute(o, name);
  if (value !== undefined) return value;
  if (is_class(o)) {
    throw new e.AttributeError(`type object '${class_name(o)}' has no attribute '${name}'`);
  }
  throw new e.AttributeError(`'${type_name(o)}' object has no attribute '${name}'`);
}

// python/encodings.js

const NAMES = { utf8: "utf-8", ascii: "ascii", usascii: "ascii", latin1: "latin-1", iso88591: "latin-1" };

function encoding_named(name) {
  const known = NAMES[name.toLowerCase().replace(/[-_ ]/g, "")];
  if (!known) throw new e.LookupError(`unknown encoding: ${name}`);
  return known;
}

/** text.encode(encoding, errors) */
function encode(text, name = "utf-8", errors = "strict") {
  const encoding = encoding_named(name);
  const bytes = [];
  Array.from(text).forEach((character, index) => {
    const code = character.codePointAt(0);
    const encoded = encoding === "utf-8" ? utf8(code) : single_byte(code, encoding);
    if (encoded) bytes.push(...encoded);
    else if (errors === "replace") bytes.push(63);
    else if (errors !== "ignore") throw encode_error(text, index, encoding);
  });
  return Uint8Array.from(bytes);
}

/** The bytes of a code point, or undefined for half a surrogate pair. */
function utf8(code) {
  if (code < 0x80) return [code];
  if (code < 0x800) return [0xc0 | (code >> 6), 0x80 | (code & 63)];
  if (code >= 0xd800 && code < 0xe000) return undefined;
  if (code < 0x10000) return [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)];
  return [
    0xf0 | (code >> 18),
    0x80 | ((code >> 12) & 63),
    0x80 | ((code >> 6) & 63),
    0x80 | (code & 63),
  ];
}

const single_byte = (code, encoding) =>
  code < (encoding === "ascii" ? 128 : 256) ? [code] : undefined;

const REASONS = {
  "utf-8": "surrogates not allowed",
  ascii: "ordinal not in range(128)",
  "latin-1": "ordinal not in range(256)",
};

function encode_error(text, start, encoding) {
  const limit = { "utf-8": 0, ascii: 128, "latin-1": 256 }[encoding];
  const bad = (character) => {
    const code = character?.codePointAt(0);
    return limit ? code >= limit : code >= 0xd800 && code < 0xe000;
  };
  const all = Array.from(text);
  let end = start + 1;
  while (bad(all[end])) end += 1;
  return new e.UnicodeEncodeError(encoding, text, start, end, REASONS[encoding]);
}

/** data.decode(encoding, errors) */
function decode(data, name = "utf-8", errors = "strict") {
  const encoding = encoding_named(name);
  const text = [];
  for (let at = 0; at < data.length; ) {
    const read_at = encoding === "utf-8" ? utf8_at : byte_at;
    const [character, used, reason] = read_at(data, at, encoding);
    if (character !== null) text.push(character);
    else if (errors === "replace") text.push("\ufffd");
    else if (errors !== "ignore") {
      throw new e.UnicodeDecodeError(encoding, data, at, at + used, reason);
    }
    at += used;
  }
  return text.join("");
}

function byte_at(data, at, encoding) {
  if (encoding === "ascii" && data[at] > 127) return [null, 1, REASONS.ascii];
  return [String.fromCharCode(data[at]), 1];
}

/** By the first byte: how many follow, the bounds of the second one (RFC 3629, section 4). */
function utf8_shape(first) {
  if (first < 0x80) return [0, 0, 0];
  if (first >= 0xc2 && first < 0xe0) return [1, 0x80, 0xbf];
  if (first >= 0xe0 && first < 0xf0) {
    return [2, first === 0xe0 ? 0xa0 : 0x80, first === 0xed ? 0x9f : 0xbf];
  }
  if (first >= 0xf0 && first < 0xf5) {
    return [3, first === 0xf0 ? 0x90 : 0x80, first === 0xf4 ? 0x8f : 0xbf];
  }
  return null;
}

/** [character or null, bytes used, reason] */
function utf8_at(data, at) {
  const first = data[at];
  const shape = utf8_shape(first);
  if (shape === null) return [null, 1, "invalid start byte"];
  const [following, low, high] = shape;
  if (following === 0) return [String.fromCharCode(first), 1];
  let code = first & (63 >> following);
  for (let index = 1; index <= following; index += 1) {
    const byte = data[at + index];
    if (byte === undefined) return [null, index, "unexpected end of data"];
    const [least, most] = index === 1 ? [low, high] : [0x80, 0xbf];
    if (byte < least || byte > most) return [null, index, "invalid continuation byte"];
    code = (code << 6) | (byte & 63);
  }
  return [String.fromCodePoint(code), following + 1];
}

// python/str_methods.js

const LEADING = new RegExp(`^[${WHITESPACE}]+`);

const TRAILING = new RegExp(`[${WHITESPACE}]+$`);

const WORDS = new RegExp(`[^${WHITESPACE}]+`, "g");

/** [text[start:end], start], or null where not even the empty text can be found. */
function part(text, start = null, end = null) {
  if (start === null && end === null) return [text, 0];
  const all = has_pairs(text) ? characters(text) : text;
  const [from, to] = slice_bounds(all.length, start, end, null);
  if (from > to || start > all.length) return null;
  const cut = all.slice(from, to);
  return [typeof cut === "string" ? cut : cut.join(""), from];
}

function must_be_text(value, text_of_error) {
  if (typeof value !== "string") throw type_error(text_of_error(type_name(value)));
}

/** Characters (null: white space) taken off both ends, or one. */
function strip(text, set, left, right) {
  if (set === null) {
    const rest = left ? text.replace(LEADING, "") : text;
    return right ? rest.replace(TRAILING, "") : rest;
  }
  const all = characters(text);
  const chosen = new Set(characters(set));
  let from = 0;
  let to = all.length;
  while (left && from < to && chosen.has(all[from])) from += 1;
  while (right && to > from && chosen.has(all[to - 1])) to -= 1;
  return all.slice(from, to).join("");
}

const unlimited = (limit) => (limit < 0 ? Infinity : Number(limit));

function rsplit(text, sep = null, maxsplit = -1) {
  const limit = unlimited(maxsplit);
  if (sep === null) return rsplit_at_space(text, limit);
  check_separator(sep);
  if (limit === Infinity) return text.split(sep);
  const parts = [];
  let rest = text;
  while (parts.length < limit && rest.includes(sep)) {
    const at = rest.lastIndexOf(sep);
    parts.unshift(rest.slice(at + sep.length));
    rest = rest.slice(0, at);
  }
  return [rest, ...parts];
}

function check_separator(sep) {
  must_be_text(sep, (type) => `must be str or None, not ${type}`);
  if (sep === "") throw value_error("empty separator");
}

function rsplit_at_space(text, limit) {
  const words = [...text.matchAll(WORDS)];
  if (words.length <= limit) return words.map((match) => match[0]);
  const rest = words.length - limit;
  const end = words[rest - 1].index + words[rest - 1][0].length;
  return [text.slice(0, end), ...words.slice(rest).map((match) => match[0])];
}

function join(text, elements) {
  const all = joinable(elements);
  all.forEach((element, index) => must_be_text(
    element,
    (type) => `sequence item ${index}: expected str instance, ${type} found`,
  ));
  return all.join(text);
}

/** What join takes, as an array. */
function joinable(elements) {
  try {
    return to_array(elements);
  } catch (error) {
    if (Array.isArray(elements) || !(error instanceof e.TypeError)) throw error;
    throw type_error("can only join an iterable");
  }
}

function replace_text(text, old, fresh, count = -1) {
  must_be_text(old, (type) => `replace() argument 1 must be str, not ${type}`);
  must_be_text(fresh, (type) => `replace() argument 2 must be str, not ${type}`);
  const parts = old === "" ? ["", ...characters(text), ""] : text.split(old);
  const limit = unlimited(count);
  if (parts.length <= limit + 1) return parts.join(fresh);
  return [...parts.slice(0, limit), parts.slice(limit).join(old)].join(fresh);
}

function count(text, wanted, start = null, end = null) {
  must_be_text(wanted, (type) => `must be str, not ${type}`);
  const [within] = part(text, start, end) ?? [];
  if (within === undefined) return 0;
  return wanted === "" ? text_length(within) + 1 : within.split(wanted).length - 1;
}

/** Of what one character becomes, only the first one is a capital: "ß" gives "Ss". */
function title_case(character) {
  const [first = "", ...rest] = characters(character.toUpperCase());
  return first + rest.join("").toLowerCase();
}

/** Cased runs begin with a capital: letters without case, such as Korean ones, end a run. */
function title(text) {
  let inside = false;
  return characters(text).map((character) => {
    const result = inside ? character.toLowerCase() : title_case(character);
    inside = is_cased(character);
    return result;
  }).join("");
}

const is_cased = (character) => character.toLowerCase() !== character.toUpperCase();

const all_are = (test) => (text) => text !== "" && characters(text).every((c) => test(c));

/** str.maketrans(dict), str.maketrans(x, y), str.maketrans(x, y, z) */
function maketrans(from, to, dropped = "") {
  if (from instanceof Dict) {
    const code = (key) => (typeof key === "string" ? key.codePointAt(0) : key);
    return new Dict(Array.from(from.entries(), ([key, value]) => [code(key), value]));
  }
  const targets = characters(to);
  const sources = characters(from);
  if (sources.length !== targets.length) {
    throw value_error("the first two maketrans arguments must have equal length");
  }
  const codes = sources.map((source, index) => [source.codePointAt(0), targets[index].codePointAt(0)]);
  return new Dict([...codes, ...characters(dropped).map((c) => [c.codePointAt(0), null])]);
}

/** By name; the text itself is the first argument. */
const str_methods = {
  encode: named(["encoding", "errors"], encode, 1),
  isdigit: all_are(is_digit),
  join,
  replace: replace_text,
  rsplit: named(["sep", "maxsplit"], rsplit, 1),
  rstrip: (text, set = null) => strip(text, set, false, true),
  strip: (text, set = null) => strip(text, set, true, true),
  title,
};

// python/bytes_methods.js

const to_text = (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");

const to_bytes = (text) => encode(text, "latin-1");

/** Arguments and answers between bytes and text. */
function inward(o) {
  if (is_bytes(o)) return to_text(o);
  if (o instanceof Tuple) return Tuple.from(o, inward);
  if (o instanceof Kw) return new Kw(Object.fromEntries(Object.entries(o).map(inward_entry)));
  if (typeof o === "string") throw type_error("a bytes-like object is required, not 'str'");
  return o;
}

const inward_entry = ([name, value]) => [name, inward(value)];

function outward(o) {
  if (typeof o === "string") return to_bytes(o);
  if (o instanceof Tuple) return Tuple.from(o, outward);
  return Array.isArray(o) ? o.map(outward) : o;
}

const through_text = (method) => (bytes, ...args) =>
  outward(method(to_text(bytes), ...args.map(inward)));

function join_with(separator, parts) {
  const all = joinable(parts);
  all.forEach((part, index) => {
    if (is_bytes(part)) return;
    const found = `expected a bytes-like object, ${type_name(part)} found`;
    throw type_error(`sequence item ${index}: ${found}`);
  });
  return join_bytes(all.flatMap((part, index) => (index ? [separator, part] : [part])));
}

/** bytes.fromhex(text) */
function fromhex(text) {
  const digits = text.replace(/\s+/g, "");
  const bad = text.search(/[^0-9a-fA-F\s]/);
  if (bad >= 0 || digits.length % 2 === 1) {
    const at = bad >= 0 ? bad : text.length;
    throw value_error(`non-hexadecimal number found in fromhex() arg at position ${at}`);
  }
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

const bytes_methods = {
  isdigit: through_text(str_methods.isdigit),
  replace: through_text(str_methods.replace),
  rsplit: through_text(str_methods.rsplit),
  rstrip: through_text(str_methods.rstrip),
  strip: through_text(str_methods.strip),
  title: through_text(str_methods.title),
  decode: named(["encoding", "errors"], decode, 1),
  fromhex: (_, text) => fromhex(text),
  join: join_with,
};

// python/sorting.js

/** Sorted pairs [key, value], by key; equal keys keep their order. */
function sort_pairs(pairs) {
  const kinds = new Set(pairs.map(kind_of_key));
  const [order] = kinds.size === 1 ? kinds : [];
  return order ? pairs.sort(order) : merge_sort(pairs);
}

/** How the engine itself can order such keys; undefined where Python's `<` must be asked. */
function kind_of_key([key]) {
  if (typeof key === "number" && !Number.isNaN(key)) return by_number;
  return typeof key === "string" && !has_pairs(key) ? by_text : undefined;
}

const by_number = (a, b) => (a[0] === b[0] ? 0 : a[0] - b[0]); // Infinity - Infinity is NaN

const by_text = (a, b) => (a[0] < b[0] ? -1 : Number(a[0] > b[0]));

function merge_sort(pairs) {
  let runs = pairs.map((pair) => [pair]);
  while (runs.length > 1) {
    const merged = [];
    for (let at = 0; at < runs.length; at += 2) {
      merged.push(at + 1 < runs.length ? merge(runs[at], runs[at + 1]) : runs[at]);
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

function merge(left, right) {
  const merged = [];
  let at = 0;
  for (const pair of right) {
    while (at < left.length && !lt(pair[0], left[at][0])) merged.push(left[at++]);
    merged.push(pair);
  }
  while (at < left.length) merged.push(left[at++]);
  return merged;
}

/** A new array in order. @param options {key, reverse} as keyword arguments give them */
function sorted_array(elements, { key = null, reverse = false } = {}) {
  const pairs = elements.map((element) => [key === null ? element : key(element), element]);
  const backwards = truthy(reverse);
  if (backwards) pairs.reverse();
  const sorted = sort_pairs(pairs).map((pair) => pair[1]);
  return backwards ? sorted.reverse() : sorted;
}

/** sorted(iterable, key=None, reverse=False) */
function sorted(iterable, options) {
  return sorted_array(to_array(iterable), options);
}

// python/container_methods.js

function append(list, value) {
  list.push(value);
  return null;
}

function clear(o) {
  if (Array.isArray(o)) o.length = 0;
  else o.clear();
  return null;
}

const list_methods = {
  append,
  clear,
};

const tuple_methods = {};

const range_methods = {};

/** Pairs from what dict() and update() take: a dict, pairs, keyword arguments. */
function dict_pairs(source, keywords) {
  return [...(source === undefined ? [] : pairs_of(source)), ...Object.entries(keywords)];
}

function pairs_of(source) {
  if (source instanceof Dict) return source.entries();
  return to_array(source).map((pair, index) => {
    const elements = pair_elements(pair, index);
    if (elements.length === 2) return elements;
    throw value_error(
      `dictionary update sequence element #${index} has length ${elements.length}; 2 is required`,
    );
  });
}

function pair_elements(pair, index) {
  try {
    return to_array(pair);
  } catch (error) {
    if (!(error instanceof e.TypeError)) throw error;
    throw type_error(`cannot convert dictionary update sequence element #${index} to a sequence`);
  }
}

function update_dict(dict, ...args) {
  const keywords = take_keywords(args);
  for (const [key, value] of dict_pairs(args[0], keywords)) dict.set(key, value);
  return null;
}

function setdefault(dict, key, value = null) {
  if (!dict.has(key)) dict.set(key, value);
  return dict.get(key);
}

const dict_methods = {
  clear,
  get: (dict, key, fallback = null) => (dict.has(key) ? dict.get(key) : fallback),
  setdefault,
  update: update_dict,
  values: (dict) => new ValuesView(dict),
};

const sets_of = (others) => others.map((other) => new PySet(iter(other)));

/** A set operation with any number of iterables; the result has the set's class. */
function combined(operation) {
  return (set, ...others) =>
    sets_of(others).reduce((left, right) => new set.constructor(operation(left, right)), copy(set));
}

const copy = (set) => new set.constructor(set);

/** The same, but the set itself changes. */
function combining(operation) {
  return (set, ...others) => {
    const result = combined(operation)(set, ...others);
    set.map = result.map;
    return null;
  };
}

const frozenset_methods = {};

const set_methods = {
  add(set, element) {
    set.add(element);
    return null;
  },
  clear,
  discard(set, element) {
    set.delete(element);
    return null;
  },
  update: combining(set_algebra.union),
};

/** keys() and items(), and through `dict` what they show. */
const view_methods = {};

// python/number_methods.js

/** int.from_bytes(data, byteorder, signed=...) */
const from_bytes = named(
  ["bytes", "byteorder", "signed"],
  (data, byteorder = "big", signed = false) => {
    const bytes = Array.from(iter(data));
    if (byteorder === "little") bytes.reverse();
    const value = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
    const negative = signed && bytes.length > 0 && bytes[0] > 127;
    return make_int(negative ? value - (1n << BigInt(bytes.length * 8)) : value);
  },
);

const int_methods = {};

const float_methods = {};

// python/methods.js

/** By the name of the class; without prototype, so that nothing is found by accident. */
const METHODS = Object.fromEntries(
  Object.entries({
    str: str_methods,
    bytes: bytes_methods,
    list: list_methods,
    tuple: tuple_methods,
    range: range_methods,
    dict: dict_methods,
    set: set_methods,
    frozenset: frozenset_methods,
    dict_keys: view_methods,
    dict_items: view_methods,
    int: int_methods,
    bool: int_methods,
    float: float_methods,
  }).map(([name, methods]) => [name, Object.assign(Object.create(null), methods)]),
);

/** The method of a builtin value, or undefined. */
function method_of(o, name) {
  return METHODS[type_name(o)]?.[name];
}

/** What the method call means for this object; most are of str, list or dict. */
function resolve(o, name) {
  const method = typeof o === "string" ? METHODS.str[name] : method_of(o, name);
  if (method !== undefined) return method;
  if (typeof o?.[name] === "function" && METHODS[type_name(o)] === undefined) {
    return (self, ...args) => call_own(self, name, args);
  }
  return (self, ...args) => attr(self, name)(...args);
}

/** Rest parameters are slow in k6's engine: calls with few arguments go without. */
function dispatcher(name) {
  return function method_call(o, first, second) {
    const method = resolve(o, name);
    if (arguments.length === 2) return method(o, first);
    if (arguments.length === 1) return method(o);
    if (arguments.length === 3) return method(o, first, second);
    return method(...arguments);
  };
}

/** A method of a class of the author's, which wants its keyword arguments in their places. */
function call_own(o, name, args) {
  if (!(args.at(-1) instanceof Kw)) return o[name](...args);
  return callkw(o[name], o, args.slice(0, -1), { ...args.at(-1) });
}

/** Every method by name. */
const m = {};

for (const methods of [...Object.values(METHODS), { from_bytes: null }]) {
  for (const name of Object.keys(methods)) m[name] ??= dispatcher(name);
}

provide_methods((o, name) => {
  if (o.$builtin) return o[name] ?? METHODS[o.python_name]?.[name];
  const method = method_of(o, name);
  return method === undefined ? undefined : (...args) => method(o, ...args);
});

// python/conversions.js

const EDGES = new RegExp(`^[${WHITESPACE}]+|[${WHITESPACE}]+$`, "g");

/** Text as ASCII digits, without white space at its ends. */
function tidy(text) {
  const trimmed = text.replace(EDGES, "");
  if (/^[\0-\x7f]*$/.test(trimmed)) return trimmed;
  return Array.from(trimmed, (c) => (is_decimal(c) ? String(decimal_value(c)) : c)).join("");
}

/** int(x) and int(text, base) */
function to_int(o = 0, base = undefined) {
  if (typeof o === "string" || is_bytes(o)) return int_of_text(o, base ?? 10);
  if (base !== undefined) throw type_error("int() can't convert non-string with explicit base");
  if (is_int(o)) return typeof o === "boolean" ? Number(o) : o;
  if (is_float(o)) return truncated(to_number(o));
  if (special(o, "__int__")) return o.__int__();
  throw type_error(
    `int() argument must be a string, a bytes-like object or a real number, not '${type_name(o)}'`,
  );
}

/** A float without its fraction, as int. */
function truncated(number) {
  if (Number.isNaN(number)) throw value_error("cannot convert float NaN to integer");
  if (!Number.isFinite(number)) {
    throw new e.OverflowError("cannot convert float infinity to integer");
  }
  return make_int(BigInt(Math.trunc(number)));
}

const PREFIXES = { 2: "b", 8: "o", 16: "x" };

function int_of_text(source, base) {
  const text = is_bytes(source) ? decode(source, "latin-1") : source;
  if (base !== 0 && (base < 2 || base > 36)) {
    throw value_error("int() base must be >= 2 and <= 36, or 0");
  }
  const value = parse_int(tidy(text), Number(base));
  if (value !== undefined) return value;
  throw value_error(`invalid literal for int() with base ${base}: ${repr(source)}`);
}

/** The int, or undefined. */
function parse_int(text, wanted) {
  const [, sign, prefix, rest] = /^([+-]?)(0[xXoObB](?=.))?([\s\S]*)$/.exec(text);
  const [base, digits] = base_and_digits(prefix, rest, wanted);
  if (!/^_?[0-9a-z]+(?:_[0-9a-z]+)*$/i.test(digits) || (digits[0] === "_" && !prefix)) {
    return undefined;
  }
  const plain = digits.replaceAll("_", "").toLowerCase();
  if (wanted === 0 && !prefix && /^0+[1-9]/.test(plain)) return undefined;
  const value = value_of_digits(plain, base);
  return value === undefined ? undefined : make_int(sign === "-" ? -value : value);
}

/** A prefix counts if it says the base that is wanted, or if 0 leaves the choice to it. */
function base_and_digits(prefix, rest, wanted) {
  if (!prefix) return [wanted || 10, rest];
  const letter = prefix[1].toLowerCase();
  const named = Number(Object.keys(PREFIXES).find((base) => PREFIXES[base] === letter));
  return wanted === 0 || wanted === named ? [named, rest] : [wanted, prefix + rest];
}

function value_of_digits(digits, base) {
  const values = Array.from(digits, (digit) => parseInt(digit, 36));
  if (values.some((value) => value >= base)) return undefined;
  if (base === 10) return BigInt(digits);
  return values.reduce((sum, value) => sum * BigInt(base) + BigInt(value), 0n);
}

const FLOAT_TEXT = /^[+-]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+(?:_\d+)*)?$/i;

const FLOAT_WORD = /^([+-]?)(inf|infinity|nan)$/i;

/** float(x) */
function to_float(o = 0) {
  if (typeof o === "string" || is_bytes(o)) return float_of_text(o);
  if (is_number(o)) return make_float(to_number(o));
  if (special(o, "__float__")) return o.__float__();
  throw type_error(
    `float() argument must be a string or a real number, not '${type_name(o)}'`,
  );
}

function float_of_text(source) {
  const text = tidy(is_bytes(source) ? decode(source, "latin-1") : source);
  if (FLOAT_TEXT.test(text)) return make_float(Number(text.replaceAll("_", "")));
  const word = FLOAT_WORD.exec(text);
  if (!word) throw value_error(`could not convert string to float: ${repr(source)}`);
  if (/nan/i.test(word[2])) return NaN;
  return word[1] === "-" ? -Infinity : Infinity;
}

// python/builtins.js

/** all() or any(): whether an element whose truth is `wanted` decides. */
const quantifier = (wanted) => (iterable) => {
  for (const element of iter(iterable)) {
    if (truthy(element) === wanted) return wanted;
  }
  return !wanted;
};

const enumerate = named(["iterable", "start"], (iterable, start = 0) => {
  const elements = iter(iterable);
  return new PyIterator((function* walk() {
    let count = start;
    for (const element of elements) {
      yield Tuple.of(count, element);
      count = add(count, 1);
    }
  })());
});

function zip(...args) {
  const { strict = false } = take_keywords(args);
  const iterators = args.map(iterator);
  return new PyIterator((function* walk() {
    while (iterators.length > 0) {
      const row = next_row(iterators, truthy(strict));
      if (row === null) return;
      yield row;
    }
  })());
}

/** One element of each, or null when the first one is exhausted. */
function next_row(iterators, strict) {
  const row = new Tuple();
  for (const [index, source] of iterators.entries()) {
    const { done, value } = source.next();
    if (done && strict) check_all_done(iterators, index);
    if (done) return null;
    row.push(value);
  }
  return row;
}

/** zip(strict=True): nobody may be shorter or longer than the first. */
function check_all_done(iterators, index) {
  const others = (count) => (count === 1 ? "argument 1" : `arguments 1-${count}`);
  if (index > 0) throw value_error(`zip() argument ${index + 1} is shorter than ${others(index)}`);
  for (let at = 1; at < iterators.length; at += 1) {
    if (iterators[at].next().done) continue;
    throw value_error(`zip() argument ${at + 1} is longer than ${others(at)}`);
  }
}

function map(f, ...iterables) {
  if (iterables.length > 1) {
    const rows = zip(...iterables);
    return new PyIterator((function* walk() {
      for (const row of rows) yield call(f, ...row);
    })());
  }
  const elements = iter(iterables[0]);
  return new PyIterator((function* walk() {
    for (const element of elements) yield call(f, element);
  })());
}

const sum = named(["iterable", "start"], (iterable, start = 0) => {
  if (typeof start === "string") {
    throw type_error("sum() can't sum strings [use ''.join(seq) instead]");
  }
  let total = start;
  for (const element of iter(iterable)) total = add(total, element);
  return total;
});

function builtin_divmod(left, right) {
  if (is_number(left) && is_number(right)) return Tuple.from(divmod(left, right));
  if (special(left, "__divmod__")) return left.__divmod__(right);
  const names = `'${type_name(left)}' and '${type_name(right)}'`;
  throw type_error(`unsupported operand type(s) for divmod(): ${names}`);
}

/** str(o) and str(data, encoding) */
function to_str(o = "", ...decoding) {
  return decoding.length > 0 ? bytes_methods.decode(o, ...decoding) : str(o);
}

/** bytes(), bytes(count), bytes(ints), bytes(text, encoding) */
function bytes(o, encoding) {
  if (o === undefined) return new Uint8Array(0);
  if (typeof o === "string") {
    if (encoding === undefined) throw type_error("string argument without an encoding");
    return encode(o, encoding);
  }
  if (is_int(o)) {
    if (o < 0) throw value_error("negative count");
    return new Uint8Array(Number(o));
  }
  const values = to_array(o);
  if (values.some((value) => value < 0 || value > 255)) {
    throw value_error("bytes must be in range(0, 256)");
  }
  return Uint8Array.from(values);
}

/** How isinstance recognises the builtin types. */
const INSTANCES = new Map();

/** A builtin type: a function to JavaScript, a class to Python. */
function type(name, f, recognises, members = {}) {
  mark_class(f);
  Object.assign(f, { python_name: name, $builtin: true }, members);
  INSTANCES.set(f, recognises);
  return f;
}

const TYPES = {
  int: type("int", (...args) => to_int(...int_arguments(args)), is_int, { from_bytes }),
  float: type("float", (o) => to_float(o), is_float),
  bool: type("bool", (o = false) => truthy(o), (o) => typeof o === "boolean"),
  str: type("str", to_str, (o) => typeof o === "string", { maketrans }),
  bytes: type("bytes", named(["source", "encoding"], bytes), is_bytes, { fromhex }),
  list: type("list", (o = []) => to_array(o), is_list),
  set: type("set", (o = []) => new PySet(iter(o)), (o) => type_name(o) === "set"),
  range: type("range", range, (o) => o instanceof Range),
};

/** int(x, base=...) */
function int_arguments(args) {
  const { base } = take_keywords(args);
  return base === undefined ? args : [args[0], base];
}

/** isinstance(o, C); C may be a Tuple of classes */
function isinstance(o, C) {
  if (C instanceof Tuple) return C.some((option) => isinstance(o, option));
  const recognises = INSTANCES.get(C);
  if (recognises) return recognises(o);
  if (is_class(C)) return o instanceof C;
  throw type_error("isinstance() arg 2 must be a type, a tuple of types, or a union");
}

const b = {
  ...TYPES,
  all: quantifier(false),
  callable: (o) => typeof o === "function" || special(o, "__call__") !== undefined,
  divmod: builtin_divmod,
  enumerate,
  isinstance,
  len,
  map,
  sum,
};

// python/json_parser.js

const SPACE = /[ \t\n\r]*/y;

const NUMBER = /(-?(?:0|[1-9]\d*))(\.\d+)?([eE][-+]?\d+)?/y;

const PLAIN_CHARACTERS = /[^"\\\x00-\x1f]*/y;

const JSON_WORDS = [
  ["null", null],
  ["true", true],
  ["false", false],
  ["NaN", NaN],
  ["Infinity", Infinity],
  ["-Infinity", -Infinity],
];

const JSON_ESCAPES = { '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

/** The Python value of JSON text. */
function parse_json(text) {
  if (text.startsWith("\ufeff")) refuse_json("Unexpected UTF-8 BOM (decode using utf-8-sig)", text, 0);
  const [value, end] = value_at(text, after_space(text, 0));
  const rest = after_space(text, end);
  if (rest !== text.length) refuse_json("Extra data", text, rest);
  return value;
}

function refuse_json(message, text, unit) {
  throw new e.JSONDecodeError(message, text, Array.from(text.slice(0, unit)).length);
}

/** What a sticky expression matches at a place. */
function match_at(expression, text, at) {
  expression.lastIndex = at;
  return expression.exec(text);
}

const after_space = (text, at) => at + match_at(SPACE, text, at)[0].length;

/** [value, where it ends] */
function value_at(text, at) {
  switch (text[at]) {
    case '"':
      return string_at(text, at);
    case "{":
      return object_at(text, at);
    case "[":
      return array_at(text, at);
    default:
      return number_at(text, at) ?? word_at(text, at);
  }
}

function number_at(text, at) {
  const match = match_at(NUMBER, text, at);
  if (!match) return undefined;
  const [all, whole, fraction, exponent] = match;
  const end = at + all.length;
  if (fraction || exponent) return [make_float(Number(all)), end];
  return [whole.length < 16 ? Number(whole) + 0 : make_int(BigInt(whole)), end];
}

function word_at(text, at) {
  for (const [word, value] of JSON_WORDS) {
    if (text.startsWith(word, at)) return [value, at + word.length];
  }
  return refuse_json("Expecting value", text, at);
}

function array_at(text, start) {
  const elements = [];
  let at = after_space(text, start + 1);
  if (text[at] === "]") return [elements, at + 1];
  for (;;) {
    const [element, end] = value_at(text, at);
    elements.push(element);
    at = after_space(text, end);
    if (text[at] === "]") return [elements, at + 1];
    if (text[at] !== ",") refuse_json("Expecting ',' delimiter", text, at);
    at = after_space(text, at + 1);
  }
}

const NO_NAME = "Expecting property name enclosed in double quotes";

function object_at(text, start) {
  const dict = new Dict();
  let at = after_space(text, start + 1);
  if (text[at] === "}") return [dict, at + 1];
  for (;;) {
    if (text[at] !== '"') refuse_json(NO_NAME, text, at);
    at = member_at(text, at, dict);
    if (text[at] === "}") return [dict, at + 1];
    if (text[at] !== ",") refuse_json("Expecting ',' delimiter", text, at);
    at = after_space(text, at + 1);
  }
}

/** Adds one member; says where the next sign is. */
function member_at(text, start, dict) {
  const [key, end] = string_at(text, start);
  const colon = after_space(text, end);
  if (text[colon] !== ":") refuse_json("Expecting ':' delimiter", text, colon);
  const [value, after] = value_at(text, after_space(text, colon + 1));
  dict.set(key, value);
  return after_space(text, after);
}

function string_at(text, start) {
  let value = "";
  for (let at = start + 1; ; ) {
    const plain = match_at(PLAIN_CHARACTERS, text, at)[0];
    value += plain;
    at += plain.length;
    if (text[at] === '"') return [value, at + 1];
    if (at >= text.length) refuse_json("Unterminated string starting at", text, start);
    if (text[at] !== "\\") refuse_json("Invalid control character at", text, at);
    const [character, end] = escape_at(text, at, start);
    value += character;
    at = end;
  }
}

function escape_at(text, at, start) {
  const letter = text[at + 1];
  if (letter === undefined) refuse_json("Unterminated string starting at", text, start);
  if (letter === "u") {
    const digits = text.slice(at + 2, at + 6);
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) refuse_json("Invalid \\uXXXX escape", text, at + 1);
    return [String.fromCharCode(parseInt(digits, 16)), at + 6];
  }
  if (JSON_ESCAPES[letter] === undefined) refuse_json("Invalid \\escape", text, at);
  return [JSON_ESCAPES[letter], at + 2];
}

// python/json.js

/** A number with a fraction, an exponent or more than 15 digits: how it begins, and the whole of it. */
const LONG_BEGIN = /[[:,\s]-?\d+(?:\.\d|[eE][-+\d]|\d{15})/;

const LONG_NUMBER = /[[:,\s]-?\d+(?:\.\d+(?:[eE][-+]?\d+)?|[eE][-+]?\d+|\d{15})\s*[,\]}]/;

const NUMERIC_KEY = /\d"\s*:/;

const SURROGATE = /\\u[dD][89a-fA-F]/;

/**
 * Whether the engine's own JSON.parse would lose something: floats, large ints, the order of keys that
 * look like indices, half surrogate pairs. Cheap questions come first; a wrong yes only costs time.
 */
function loses(text) {
  return (
    (LONG_BEGIN.test(text) && LONG_NUMBER.test(text)) ||
    NUMERIC_KEY.test(text) ||
    (text[0] !== "{" && text[0] !== "[" && /^\s*[-\d]/.test(text)) ||
    text.includes('"__proto__"') ||
    (text.includes("\\u") && SURROGATE.test(text))
  );
}

/** Python values of JSON text: 1.0 is a float, large ints are exact, the order of keys is kept. */
function from_json(source) {
  const text = is_bytes(source) ? decode(source) : source;
  if (loses(text)) return parse_json(text);
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return parse_json(text); // which says what is wrong, as Python does
  }
  return from_js(value);
}

/** The Python value of a plain JS value; integral numbers are ints. */
function from_js(value) {
  switch (typeof value) {
    case "object":
      return from_object(value);
    case "number":
      return Number.isSafeInteger(value) || !Number.isInteger(value) ? value + 0 : new Float(value);
    case "undefined":
      return null;
    default:
      return value;
  }
}

function from_object(value) {
  if (value === null) return value;
  if (value.constructor === Object) return dict_of(value);
  if (Array.isArray(value)) return value.map(from_js);
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  return value.constructor === Object || value.constructor === undefined ? dict_of(value) : value;
}

function dict_of(object) {
  const dict = new Dict();
  const keys = Object.keys(object);
  for (let at = 0; at < keys.length; at += 1) dict.add(keys[at], from_js(object[keys[at]]));
  return dict;
}

/** Compact JSON, as orjson writes it: UTF-8, no spaces, keys must be str. */
function to_json(o) {
  if (typeof o === "string") return JSON.stringify(o);
  if (typeof o === "boolean") return o ? "true" : "false";
  if (o === null || o === undefined) return "null";
  if (o instanceof Dict) return wire_dict(o);
  if (Array.isArray(o)) return wire_list(o);
  if (is_int(o)) return wire_int(o);
  if (is_float(o)) return wire_float(o);
  throw type_error(`Type is not JSON serializable: ${type_name(o)}`);
}

function wire_int(o) {
  if (typeof o === "bigint" && (o >= 1n << 64n || o < -(1n << 63n))) {
    throw type_error("Integer exceeds 64-bit range");
  }
  return o.toString();
}

function wire_float(o) {
  const number = Number(o);
  return Number.isFinite(number) ? float_repr(number) : "null";
}

function wire_list(list) {
  let text = "";
  for (let at = 0; at < list.length; at += 1) text += `${at ? "," : ""}${to_json(list[at])}`;
  return `[${text}]`;
}

function wire_dict(dict) {
  let text = "";
  for (const entry of dict.map.values()) {
    if (typeof entry[0] !== "string") throw type_error("Dict key must be str");
    text += `${text && ","}${JSON.stringify(entry[0])}:${to_json(entry[1])}`;
  }
  return `{${text}}`;
}

const NON_ASCII = /[\x7f-\uffff]/g;

const unicode_escape = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** The engine escapes half surrogate pairs; Python only if it escapes all that is not ASCII. */
function quoted(text, ascii) {
  const json = JSON.stringify(text);
  if (ascii) return json.replace(NON_ASCII, unicode_escape);
  return json.replace(/\\(?:\\|u(d[89a-f][0-9a-f]{2}))/g, (escape, lone) =>
    lone ? String.fromCharCode(parseInt(lone, 16)) : escape);
}

const LITERALS = new Map([[null, "null"], [undefined, "null"], [true, "true"], [false, "false"]]);

/** json.dumps; what its keyword arguments chose, and where it stands. */
class Writer {
  constructor({ indent = null, ensure_ascii = true, sort_keys = false, ...others }) {
    const { separators = null, allow_nan = true, default: fallback = null, skipkeys = false } = others;
    this.indent = typeof indent === "string" || indent === null ? indent : " ".repeat(Number(indent));
    [this.comma, this.colon] = separators ?? [indent === null ? ", " : ",", ": "];
    Object.assign(this, { ensure_ascii, sort_keys, allow_nan, fallback, skipkeys });
    this.open = new Set();
  }

  write(o, depth) {
    if (typeof o === "string") return quoted(o, this.ensure_ascii);
    if (LITERALS.has(o)) return LITERALS.get(o);
    if (is_int(o)) return o.toString();
    if (is_float(o)) return this.float(Number(o));
    if (Array.isArray(o) || o instanceof Dict) return this.container(o, depth);
    if (this.fallback !== null) return this.write(this.fallback(o), depth);
    throw type_error(`Object of type ${type_name(o)} is not JSON serializable`);
  }

  float(number) {
    if (Number.isFinite(number)) return float_repr(number);
    if (!this.allow_nan) throw value_error("Out of range float values are not JSON compliant");
    return Number.isNaN(number) ? "NaN" : `${number}`;
  }

  container(o, depth) {
    if (this.open.has(o)) throw value_error("Circular reference detected");
    this.open.add(o);
    const text = Array.isArray(o)
      ? this.lines("[", Array.from(o, (element) => this.write(element, depth + 1)), "]", depth)
      : this.lines("{", this.members(o, depth + 1), "}", depth);
    this.open.delete(o);
    return text;
  }

  members(dict, depth) {
    const entries = dict.pairs();
    const ordered = this.sort_keys ? sorted_array(entries, { key: ([key]) => key }) : entries;
    return ordered
      .filter(([key]) => !this.skipkeys || is_key(key))
      .map(([key, value]) => `${this.key(key)}${this.colon}${this.write(value, depth)}`);
  }

  key(key) {
    if (typeof key === "string") return quoted(key, this.ensure_ascii);
    if (is_key(key)) return `"${this.write(key, 0)}"`;
    throw type_error(`keys must be str, int, float, bool or None, not ${type_name(key)}`);
  }

  lines(open, parts, close, depth) {
    if (parts.length === 0) return open + close;
    if (this.indent === null) return open + parts.join(this.comma) + close;
    const [inner, outer] = [depth + 1, depth].map((level) => `\n${this.indent.repeat(level)}`);
    return open + inner + parts.join(this.comma + inner) + outer + close;
  }
}

const is_key = (key) => typeof key === "string" || LITERALS.has(key) || is_int(key) || is_float(key);

function dumps(o, ...args) {
  return new Writer(take_keywords(args)).write(o, 0);
}

/** The json module. */
const json_module = {
  "json.dumps": dumps,
};

// clock.js

let offset_ms = null;

/**
 * Milliseconds since 1970, with fractions: k6's monotonic clock, laid on the wall clock. Where the
 * two disagree, somebody has set the wall clock, and they are laid on each other anew.
 */
function wall_ms() {
  const before = Date.now();
  const running = running_ms();
  if (running === null) return before;
  const now = running + offset_ms;
  return offset_ms !== null && now >= before && now <= Date.now() + 1 ? now : calibrated();
}

/** Wait for the next tick of `Date.now()`, at most a millisecond: at that moment it is exact. */
function calibrated() {
  const first = Date.now();
  let tick = first;
  while (tick === first) tick = Date.now();
  offset_ms = tick - running_ms();
  return tick;
}

/** Making it costs k6 fifty times what asking it does. */
let instance = null;

/** How long the test has been running; null in the init context, where k6 does not tell. */
function running_ms() {
  try {
    instance ??= exec.instance;
    return instance.currentTestRunDuration;
  } catch {
    return null;
  }
}

/** Wait without blocking: sockets are served meanwhile. A timer keeps the iteration alive. */
function pause(seconds) {
  const ms = Number(seconds) * 1000;
  return ms > 0 ? new Promise((done) => setTimeout(done, ms)) : Promise.resolve();
}

/** Waits for `ring()`, at most for a time. */
class Bell {
  constructor() {
    this._has_rung = false;
    this._waiting = [];
  }

  ring() {
    this._has_rung = true;
    for (const wake of this._waiting.splice(0)) wake();
  }

  /** Whether it rang in time. The timer ends with the wait, and keeps the iteration alive. */
  wait(seconds) {
    if (this._has_rung) return Promise.resolve(true);
    return new Promise((answer) => {
      const timer = setTimeout(() => answer(false), Math.max(0, Number(seconds) * 1000));
      this._waiting.push(() => {
        clearTimeout(timer);
        answer(true);
      });
    });
  }
}

// python/library_time.js

/** Milliseconds since the test began; in the init context it has not begun. */
const elapsed_ms = () => running_ms() ?? 0;

const monotonic = () => make_float(elapsed_ms() / 1000);

/** Beyond 2**53, hence a BigInt. */
const time_ns = () => BigInt(Math.round(wall_ms() * 1000)) * 1000n;

const time_module = {
  "time.perf_counter": monotonic,
  "time.time_ns": time_ns,
};

// python/library_urls.js

const NEVER_QUOTED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~";

function percent_quoted(source, safe) {
  const bytes = is_bytes(source) ? source : encode(source);
  const kept = NEVER_QUOTED + safe;
  return Array.from(bytes, (byte) => {
    const character = String.fromCharCode(byte);
    if (byte < 128 && kept.includes(character)) return character;
    return `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }).join("");
}

/** quote_plus(string, safe=""): spaces are pluses */
function quote_plus(source, ...args) {
  const { safe = args[0] ?? "" } = take_keywords(args);
  return percent_quoted(source, `${safe} `).replaceAll(" ", "+");
}

/** urlencode(query, doseq=False) */
function urlencode(query, ...args) {
  const { doseq = args[0] ?? false, safe = "", quote_via = quote_plus } = take_keywords(args);
  const write = (o) => quote_via(is_bytes(o) ? o : str(o), safe);
  const pairs = query instanceof Dict ? [...query.entries()] : to_array(query).map(to_array);
  return pairs
    .flatMap(([key, value]) => {
      const many = doseq && (is_list(value) || value instanceof Tuple);
      return (many ? [...value] : [value]).map((one) => `${write(key)}=${write(one)}`);
    })
    .join("&");
}

const url_module = {
  "urllib.parse.urlencode": urlencode,
};

// python/library.js

/** By the dotted name. */
const lib = {
  ...json_module,
  ...time_module,
  ...url_module,
};

// python/classes.js

/** Class attributes: seen on the class and on its instances, which may have their own. */
function attributes(C, values) {
  Object.defineProperty(C, "python_name", { value: C.name });
  for (const [name, value] of Object.entries(values)) {
    Object.defineProperty(C, name, described(value));
    Object.defineProperty(C.prototype, name, {
      configurable: true,
      get() {
        return this.constructor[name];
      },
      set(own) {
        Object.defineProperty(this, name, { ...described(own), enumerable: true });
      },
    });
  }
}

const described = (value) => ({ value, writable: true, configurable: true, enumerable: false });

/** The names of a function's parameters, and which of them may be left out. */
function signature(f, params, optional = []) {
  const $defaults = Object.fromEntries(optional.map((name) => [name, undefined]));
  return Object.assign(f, { $params: params, $defaults });
}

/** A dataclass: equal by its fields, shown with them. */
function dataclass(C, fields, optional = [], frozen = false) {
  Object.defineProperty(C, "$fields", { value: fields });
  if (Object.hasOwn(C.prototype, "__init__")) signature(C.prototype.__init__, fields, optional);
  define(C, "__eq__", function equal(other) {
    return other instanceof C && fields.every((name) => eq(this[name], other[name]));
  });
  if (frozen) {
    define(C, "__hash__", function hashed() {
      return hash(Tuple.from(fields.map((name) => this[name])));
    });
  }
  define(C, "__repr__", function shown() {
    return `${class_name(C)}(${fields.map((name) => `${name}=${repr(this[name])}`).join(", ")})`;
  });
}

function define(C, name, method) {
  if (Object.hasOwn(C.prototype, name)) return;
  Object.defineProperty(C.prototype, name, { value: method, configurable: true });
}

/** The base of named tuples: a tuple whose items have names. */
class NamedTuple extends Tuple {
  constructor() {
    super();
  }

  /** Array's own methods make plain arrays of it. */
  static get [Symbol.species]() {
    return Array;
  }
}

/** The names of the items of a named tuple. */
function namedTuple(C, fields, optional = []) {
  fields.forEach((name, index) => {
    Object.defineProperty(C.prototype, name, { get() { return this[index]; } });
  });
  signature(C.prototype.__init__, fields, optional);
  define(C, "_fields", Tuple.from(fields));
  define(C, "_asdict", function as_dict() {
    return new Dict(fields.map((name, index) => [name, this[index]]));
  });
  define(C, "_replace", function replaced(changes = {}) {
    return make(C, ...fields.map((name, index) => (name in changes ? changes[name] : this[index])));
  });
  define(C, "__repr__", function shown() {
    return `${class_name(C)}(${fields.map((name, index) => `${name}=${repr(this[index])}`).join(", ")})`;
  });
}

/** A method as a value: it keeps its object. */
function bind(o, name) {
  const method = o[name];
  if (typeof method !== "function") return attr(o, name);
  const bound = method.bind(o);
  if (method.$params) signature(bound, method.$params, Object.keys(method.$defaults ?? {}));
  return bound;
}

/** What `raise x` throws: a class is made an instance. */
function raised(x) {
  const error = is_class(x) ? make(x) : x;
  if (error instanceof Error) return error;
  return new e.TypeError("exceptions must derive from BaseException");
}

/** type(error), as `__exit__` gets it. */
const type_of = (o) => (o === null || o === undefined ? null : o.constructor);

// python/inplace.js

/** The method that changes `a` itself, where its kind has one; then the plain operator. */
function in_place(name, change, plain) {
  return (a, b) => {
    if (special(a, name)) return a[name](b);
    const changed = change(a, b);
    return changed === undefined ? plain(a, b) : changed;
  };
}

const is_mutable_set = (o) => o instanceof PySet && !(o instanceof FrozenSet);

function extend(a, b) {
  if (!is_list(a)) return undefined;
  a.push(...to_array(b));
  return a;
}

function update(a, b) {
  if (a instanceof Dict && b instanceof Dict) {
    for (const [key, value] of b.entries()) a.set(key, value);
    return a;
  }
  return with_set(bitor)(a, b);
}

/** A mutable set takes over what the operator gives. */
const with_set = (operator) => (a, b) => {
  if (!is_mutable_set(a)) return undefined;
  const result = to_array(operator(a, b));
  a.clear();
  for (const item of result) a.add(item);
  return a;
};

const iadd = in_place("__iadd__", extend, add);

const isub = in_place("__isub__", with_set(sub), sub);

const ibitor = in_place("__ior__", update, bitor);

const py = { Dict, Float, NamedTuple, PyIterator, Tuple, add, attributes, b, bind, call, callkw, contains, dataclass, div, e, eq, floordiv, format, from_json, ge, getitem, gt, iadd, ibitor, is, isinstance, isub, iter, le, lib, lt, m, make, mod, mul, namedTuple, ne, raised, repr, setitem, signature, slice, str, sub, to_json, truthy, type_name, type_of, unpack };

// errors.js

/** The root of everything that we raise on purpose. */
class KtbLoadError extends py.e.Exception {}

/** Ends the whole test at once, with exit code 108. */
class AbortTest extends KtbLoadError {}

/** `fail(message)` ended the iteration; it still counts as completed, as in k6. */
class IterationFailed extends KtbLoadError {}

/**
 * One exchange with the system under test failed. `kind` is a short word that metrics carry as a
 * tag; `code` is the protocol's or the system's own code, empty where there is none.
 */
class ExchangeFailed extends KtbLoadError {
  __init__(message, kind = "", code = "") {
    super.__init__(message);
    this.kind = kind;
    this.code = code;
  }
}

py.signature(ExchangeFailed.prototype.__init__, ["message", "kind", "code"], ["kind", "code"]);

/** The awaited answer did not come before its deadline. */
class TimedOut extends ExchangeFailed {}

/** The connection ended while an answer was awaited. */
class Disconnected extends ExchangeFailed {}

/** The connection could not be made, or the other side refused it. */
class ConnectFailed extends ExchangeFailed {}

/** The system answered, and the answer was a refusal. */
class Rejected extends ExchangeFailed {}

// context.js

let speaking = null;

/** The VU of the task that is running: `{random, recorder, env}`. */
function current() {
  if (speaking === null) {
    throw new py.e.RuntimeError(
      "check, group, think and setting can only be used while a task, setup() or teardown() runs");
  }
  return speaking;
}

/** Make `vu` the one that speaks. */
function enter(vu) {
  speaking = vu;
}

// execution.js

let vu = null;

let scenario = null;

let tags = null;

/** `exec.vu` */
function k6_vu() {
  vu ??= exec.vu;
  return vu;
}

/** `exec.scenario` */
function k6_scenario() {
  scenario ??= exec.scenario;
  return scenario;
}

/** `exec.vu.metrics.tags`, to be read and written. */
function k6_tags() {
  tags ??= exec.vu.metrics.tags;
  return tags;
}

// recorder.js

const METRIC_TYPES = { counter: K6Counter, gauge: K6Gauge, rate: K6Rate, trend: K6Trend };

const IS_TIME = true;

/** The metrics of chat, as ktb_load/metrics/chat.py has them: name, type, whether it is a time. */
const CHAT = [
  ["chat_connecting", "trend", IS_TIME],
  ["chat_joining", "trend", IS_TIME],
  ["chat_round_trip", "trend", IS_TIME],
  ["chat_delivery", "trend", IS_TIME],
  ["chat_notification", "trend", IS_TIME],
  ["chat_messages_sent", "counter"],
  ["chat_messages_received", "counter"],
  ["chat_messages_lost", "counter"],
  ["chat_messages_duplicated", "counter"],
  ["chat_timeouts", "counter"],
  ["chat_errors", "counter"],
  ["chat_disconnections", "counter"],
  ["chat_unexpected_disconnections", "counter"],
  ["chat_ai_first_chunk", "trend", IS_TIME],
  ["chat_ai_complete", "trend", IS_TIME],
];

const metrics = new Map();

/**
 * Make metrics known, while the script is read. The same one may be declared again.
 *
 * @param {Array} specs - [name, "counter" | "gauge" | "rate" | "trend", whether it is a time]
 */
function declare(specs) {
  for (const [name, type, is_time = false] of specs) {
    metrics.set(name, new METRIC_TYPES[type](name, is_time));
  }
}

declare([...CHAT, ["group_duration", "trend", IS_TIME]]);

let tags_version = 0;

/**
 * An iteration begins: k6 may have changed the VU's tags, and the one before may have been
 * interrupted inside of a group.
 */
function begin_tags() {
  if (k6_tags().group) k6_tags().group = "";
  tags_version += 1;
}

/** A Python mapping of tags as k6 takes it. */
function plain_tags(tags) {
  const plain = {};
  if (tags) for (const entry of tags.entries()) plain[entry[0]] = py.b.str(entry[1]);
  return plain;
}

/** One per VU. */
class Recorder {
  enabled = true;
  on_exchange = null;

  /** The VU's tags now: scenario, group and its own. */
  get tags() {
    return new py.Dict(Object.entries(k6_tags()));
  }

  /** Take one sample with the VU's tags and `extra`. */
  add(metric, value, extra = null) {
    metrics.get(metric).add(Number(value), plain_tags(extra));
    return null;
  }

  /**
   * The series with the tags of now and `extra`; later changes of them do not reach it, but k6 lets
   * no sample go without a tag that is new since then.
   */
  series(metric, extra = null) {
    return new Series(metrics.get(metric), plain_tags(extra));
  }
}

py.signature(Recorder.prototype.add, ["metric", "value", "extra"], ["extra"]);

py.signature(Recorder.prototype.series, ["metric", "extra"], ["extra"]);

class Series {
  constructor(metric, extra) {
    this._metric = metric;
    this._extra = extra;
    this._version = tags_version;
    this._tags = { ...k6_tags(), ...extra };
  }

  add(value) {
    const same = this._version === tags_version;
    this._metric.add(Number(value), same ? this._extra : this._tags);
    return null;
  }
}

py.signature(Series.prototype.add, ["value"]);

// content.js

/**
 * The value of a JSON text.
 *
 * @throws ValueError - it is none
 */
function json_of(text) {
  try {
    return py.from_json(text);
  } catch (error) {
    if (!(error instanceof py.e.RecursionError)) throw error;
    throw py.make(py.e.ValueError, "JSON that is nested too deeply");
  }
}

/** The value of a JSON list or object; any other text as it is. */
function value_of(text) {
  if (text[0] !== "{" && text[0] !== "[") return text;
  try {
    return json_of(text);
  } catch (error) {
    if (!(error instanceof py.e.ValueError)) throw error;
    return text;
  }
}

/** The text that bytes are in UTF-8; null if they are none. */
function text_of(bytes) {
  const text = quickly_decoded(bytes);
  if (text !== null) return text;
  try {
    return py.m.decode(bytes);
  } catch (error) {
    if (!(error instanceof py.e.ValueError)) throw error;
    return null;
  }
}

/**
 * Text of valid UTF-8, else null; also where U+FFFD stands in it. k6's own decoder is hundreds of
 * times faster than a script's.
 */
function quickly_decoded(bytes) {
  const text = encoding.b64decode(encoding.b64encode(bytes.buffer), "std", "s");
  return text.includes("\ufffd") ? null : text;
}

// multipart.js

const BOUNDARY = "----ktb-load-7d1f3a9c5e";

const NAME_ESCAPES = { '"': "%22", "\r": "%0D", "\n": "%0A" };

/**
 * One part. With a `filename` it is a file, and has a content type.
 *
 * @param {string} name
 * @param {string|Uint8Array} value
 */
function form_field(name, value, filename = null, content_type = "application/octet-stream") {
  const content = typeof value === "string" ? py.m.encode(value) : value;
  return { name, content, filename, content_type };
}

/** A boundary that occurs in no field. */
function boundary_for(fields) {
  let boundary = BOUNDARY;
  for (let number = 1; fields.some((one) => is_within(one.content, boundary)); number++) {
    boundary = `${BOUNDARY}-${number}`;
  }
  return boundary;
}

/** The `Content-Type` that goes with a body of this boundary. */
function content_type(boundary) {
  return `multipart/form-data; boundary=${boundary}`;
}

/** The body, as bytes. The caller vouches that `boundary` occurs in no field. */
function encode_multipart(fields, boundary) {
  const line_end = py.m.encode("\r\n");
  const parts = [];
  for (const one of fields) parts.push(py.m.encode(head(one, boundary)), one.content, line_end);
  parts.push(py.m.encode(`--${boundary}--\r\n`));
  return joined_parts(parts);
}

function head(one, boundary) {
  let text = `--${boundary}\r\nContent-Disposition: form-data; name="${escaped_name(one.name)}"`;
  if (one.filename !== null) {
    text += `; filename="${escaped_name(one.filename)}"\r\nContent-Type: ${one.content_type}`;
  }
  return `${text}\r\n\r\n`;
}

function escaped_name(name) {
  return name.replace(/["\r\n]/g, (character) => NAME_ESCAPES[character]);
}

function joined_parts(parts) {
  const body = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    body.set(part, at);
    at += part.length;
  }
  return body;
}

/** Whether the ASCII `text` occurs in the bytes. */
function is_within(bytes, text) {
  const wanted = py.m.encode(text);
  for (let at = bytes.indexOf(wanted[0]); at >= 0; at = bytes.indexOf(wanted[0], at + 1)) {
    if (wanted.every((byte, i) => bytes[at + i] === byte)) return true;
  }
  return false;
}

// http.js

const TIMEOUT_S = 60;

const PARAMS = new Set(
  ["json", "body", "files", "headers", "name", "tags", "expected", "timeout_s", "redirects"]);

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

const CONTROL = /[\0-\x08\x0a-\x1f\x7f]/;

/** Every status that exists, and k6's 0 for none, is outside of it. */
const NO_STATUS = { min: 1, max: 1 };

/** What may stand in a request target: RFC 3986, and `%` of what is encoded already. */
const PLAIN_URL = /^https?:[A-Za-z0-9_.\-~!#$%&'()*+,/:;=?@[\]]*$/i;

const NOT_ALLOWED = /[^A-Za-z0-9_.\-~!#$%&'()*+,/:;=?@[\]]/gu;

/**
 * Requests of one VU to one base URL. URLs that begin with `/` are below it, and their tags `name`
 * and `url` say them as they are written. A request never throws because of the system: what went
 * wrong is in the response, and in the samples.
 */
class HttpClient {
  /**
   * @param {Network} network
   * @param {string} base_url
   * @param {object} options - `discard_response_bodies`
   */
  constructor(network, base_url, options = {}) {
    this._network = network;
    this._base_url = base_url.replace(/\/+$/, "");
    this._options = options;
  }

  get(url, params = {}) {
    return this.request("GET", url, params);
  }

  head(url, params = {}) {
    return this.request("HEAD", url, params);
  }

  post(url, params = {}) {
    return this.request("POST", url, params);
  }

  put(url, params = {}) {
    return this.request("PUT", url, params);
  }

  patch(url, params = {}) {
    return this.request("PATCH", url, params);
  }

  delete(url, params = {}) {
    return this.request("DELETE", url, params);
  }

  /**
   * Make a request and follow its redirects.
   *
   * @param {object} params - a `py.Kw` or a plain object: json, body (str, bytes, mapping), files,
   *   headers, name, tags, expected (statuses), timeout_s, redirects
   * @returns {Promise<Response>}
   */
  async request(method, url, params = {}) {
    check_names(Object.keys(params));
    const relative = url.startsWith("/");
    const written = relative ? this._base_url + url : url;
    const content = body_of(params);
    const body = content[0];
    const headers = this._headers(params, content[1]);
    const sent = escaped(written);
    const default_name = relative ? url : sent === written ? "" : masked(written);
    const options = this._k6_params(default_name, params, headers);
    // An empty text would go out as a chunked body.
    const answer = await http.asyncRequest(method, sent, body.length ? body : null, options);
    return new Response(answer, answer.url === sent ? masked(written) : answer.url);
  }

  _headers(params, content_type) {
    const headers = plain_tags(params.headers);
    const names = Object.keys(headers);
    for (const name of names) {
      if (!TOKEN.test(name) || CONTROL.test(headers[name])) {
        const what = "has a character in it that none may have";
        throw new py.e.TypeError(`the header ${py.repr(name)} ${what}`);
      }
    }
    const named = names.some((name) => name.toLowerCase() === "content-type");
    if (content_type && !named) headers["Content-Type"] = content_type;
    return this._network.introduce(headers);
  }

  _k6_params(default_name, params, headers) {
    const tags = plain_tags(params.tags);
    const name = params.name || tags.name || default_name;
    if (name) tags.name = name;
    const options = {
      headers,
      tags,
      timeout: Number(params.timeout_s ?? TIMEOUT_S) * 1000,
      responseType: this._options.discard_response_bodies ? "none" : "binary",
      throw: false,
    };
    if ("redirects" in params) options.redirects = Number(params.redirects);
    if ((params.expected ?? null) !== null) {
      options.responseCallback = http.expectedStatuses(...statuses(params.expected));
    }
    return options;
  }
}

/** What came back. A request that failed on the network has status 0 and an `error`. */
class Response {
  /** @param {string} url - of the last hop */
  constructor(answer, url) {
    this.url = url;
    this.status = answer.status;
    this.error = answer.error ?? "";
    this.error_code = answer.error_code ?? 0;
    this.proto = answer.proto ?? "";
    this._answer = answer;
  }

  get body() {
    const { status, body } = this._answer;
    this._body ??= new Uint8Array(status && body ? body : 0);
    return this._body;
  }

  /** Looked up in any case. Repeated headers are joined by a comma. */
  get headers() {
    this._headers ??= new Headers(Object.entries(this._answer.headers));
    return this._headers;
  }

  get timings() {
    this._timings ??= new Timings(this._answer.timings);
    return this._timings;
  }

  /** The body in the charset that its type names, else as UTF-8. */
  get text() {
    const named = /charset="?([\w-]+)/.exec(this.headers.get("Content-Type") ?? "");
    return decoded(this.body, named ? named[1] : "utf-8");
  }

  /**
   * The body as JSON, or what is at a dotted `path` in it (`user.name`, `data.0._id`); null where
   * the body is no JSON or has nothing there.
   */
  json(path = "") {
    if (this._json === undefined) this._json = parsed(this.body);
    let found = this._json;
    for (const key of path ? path.split(".") : []) {
      if (found instanceof py.Dict) found = found.get(key) ?? null;
      else if (Array.isArray(found) && /^[0-9]+$/.test(key)) found = found[Number(key)] ?? null;
      else return null;
    }
    return found;
  }
}

/** k6's phases of one round trip, in milliseconds. */
class Timings {
  constructor(timings) {
    const phases = ["duration", "blocked", "connecting", "tls_handshaking", "sending", "waiting"];
    for (const phase of [...phases, "receiving"]) this[phase] = py.b.float(timings[phase] ?? 0);
  }
}

/** Headers by their canonical name (`Content-Type`), which is how k6 writes them. */
class Headers extends py.Dict {
  static python_name = "dict";

  has(name) {
    return super.has(canonical(name));
  }

  get(name) {
    return super.get(canonical(name));
  }

  set(name, value) {
    return super.set(canonical(name), value);
  }
}

function canonical(name) {
  if (typeof name !== "string") return name;
  const words = name.split("-");
  return words.map(capitalized).join("-");
}

function capitalized(word) {
  return word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase();
}

/** Text of bytes; what cannot be decoded is replaced. An unknown charset is UTF-8. */
function decoded(bytes, charset) {
  if (/^utf-?8$/i.test(charset)) {
    return quickly_decoded(bytes) ?? py.m.decode(bytes, "utf-8", "replace");
  }
  try {
    return py.m.decode(bytes, charset, "replace");
  } catch (error) {
    if (!(error instanceof py.e.LookupError)) throw error;
    return decoded(bytes, "utf-8");
  }
}

function parsed(body) {
  try {
    return py.from_json(quickly_decoded(body) ?? py.m.decode(body));
  } catch (error) {
    if (error instanceof py.e.ValueError || error instanceof py.e.RecursionError) return null;
    throw error;
  }
}

function check_names(given) {
  if (given.every((name) => PARAMS.has(name))) return;
  const unknown = given.filter((name) => !PARAMS.has(name)).sort();
  throw new py.e.TypeError(`a request does not take ${unknown.join(", ")}`);
}

/** The body as k6 takes it, and its media type. */
function body_of(params) {
  if ("json" in params) return [py.to_json(params.json), "application/json"];
  const body = params.body ?? "";
  if (params.files && params.files.size) return multipart_of(body, params.files);
  if (body instanceof py.Dict) {
    return [py.lib["urllib.parse.urlencode"](body), "application/x-www-form-urlencoded"];
  }
  if (typeof body === "string" || body instanceof Uint8Array) return [body, ""];
  const kind = py.type_name(body);
  throw new py.e.TypeError(`a body is text, bytes or a mapping, not ${kind}`);
}

function multipart_of(body, files) {
  const fields = [];
  for (const [name, value] of body instanceof py.Dict ? body.entries() : []) {
    fields.push(form_field(name, py.b.str(value)));
  }
  for (const [name, [filename, content, media_type]] of files.entries()) {
    fields.push(form_field(name, content, filename, media_type));
  }
  const boundary = boundary_for(fields);
  return [encode_multipart(fields, boundary), content_type(boundary)];
}

/** Statuses of any container that can be gone through. */
function statuses(expected) {
  const numbers = [...py.iter(expected)].map(Number);
  return numbers.length ? numbers : [NO_STATUS];
}

/**
 * The URL as it can be sent: k6 leaves a query as it is, and a blank in it would break the request.
 */
function escaped(url) {
  if (PLAIN_URL.test(url)) return url;
  if (!/^https?:/i.test(url)) {
    throw new py.e.ValueError(
      `${py.repr(url)} is not a URL that begins with http:// or https://`);
  }
  return url.replace(NOT_ALLOWED, (character) => encodeURIComponent(character));
}

/** What tags say of a URL: as written, credentials masked. */
function masked(url) {
  if (!url.includes("@")) return url;
  return url.replace(/\/\/([^/?#]*)@/, (_, user) => `//${user.includes(":") ? "****:" : ""}****@`);
}

// network.js

/** One VU's way out. Dialling, connections and cookies are k6's. */
class Network {
  /**
   * @param {Recorder} recorder
   * @param {string} user_agent - sent with every request and handshake; empty: the k6 option's
   */
  constructor(recorder, user_agent = "") {
    this.recorder = recorder;
    this.user_agent = user_agent;
    /** Which iteration this is, where somebody wants to compare; see KTB_LOAD_MARKS in run.js. */
    this.mark = "";
    this.sockets = new Set();
  }

  /** Put the User-Agent into `headers` (a plain object), unless it names one itself. */
  introduce(headers) {
    if (this.user_agent && !Object.keys(headers).some(is_user_agent)) {
      headers["User-Agent"] = this.user_agent;
    }
    if (this.mark) headers["X-Ktb-Iteration"] = this.mark;
    return headers;
  }

  /**
   * Close what a task has left open: an open socket would keep the iteration from ending. Nobody is
   * told, and nothing is measured.
   */
  forsake_sockets() {
    for (const socket of this.sockets) socket.forsake();
  }
}

const is_user_agent = (name) => name.toLowerCase() === "user-agent";

// random.js

/** Numbers of 64 bits are pairs of halves, high and low: k6's engine is slow with BigInts. */
const MULTIPLIER = [0x5851f42d, 0x4c957f2d];

const STREAM = [0x14057b7e, 0xf767814f];

const FNV_OFFSET = [0xcbf29ce4, 0x84222325];

/** The FNV prime is 2**40 + this. */
const FNV_PRIME = 0x1b3;

const TWO_TO_32 = 4294967296;

const IS_ASCII = /^[\0-\x7f]*$/;

const ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";

/** FNV-1a, 64 bits, of the text in UTF-8. */
function hash_text(text) {
  const bytes = IS_ASCII.test(text) ? null : py.m.encode(text);
  const length = bytes === null ? text.length : bytes.length;
  let high = FNV_OFFSET[0];
  let low = FNV_OFFSET[1];
  for (let at = 0; at < length; at++) {
    low = (low ^ (bytes === null ? text.charCodeAt(at) : bytes[at])) >>> 0;
    const product = low * FNV_PRIME;
    high = (high * FNV_PRIME + Math.floor(product / TWO_TO_32) + ((low << 8) >>> 0)) >>> 0;
    low = product >>> 0;
  }
  return [high, low];
}

/** A stream of repeatable choices. */
class Random {
  constructor() {
    this.reseed("");
  }

  __init__(seed) {
    this.reseed(seed ?? "");
  }

  /** Begin the stream of `seed`. */
  reseed(seed) {
    const hash = hash_text(seed);
    const low = STREAM[1] + hash[1];
    this._low = low >>> 0;
    this._high = (STREAM[0] + hash[0] + (low < TWO_TO_32 ? 0 : 1)) >>> 0;
    this.next32();
  }

  /** The next 32 random bits. */
  next32() {
    const high = this._high;
    const low = this._low;
    this._advance(high, low);
    const mixed_high = (high >>> 18) ^ high;
    const mixed_low = ((low >>> 18) | (high << 14)) ^ low;
    const shifted = (mixed_low >>> 27) | (mixed_high << 5);
    const rotation = high >>> 27;
    return ((shifted >>> rotation) | (shifted << (-rotation & 31))) >>> 0;
  }

  /** state * MULTIPLIER + STREAM, the low half multiplied by 16 bits at a time. */
  _advance(high, low) {
    const first = (low & 0xffff) * MULTIPLIER[1];
    const second = (low >>> 16) * MULTIPLIER[1] + Math.floor(first / 0x10000);
    const sum = ((second << 16) | (first & 0xffff)) >>> 0;
    const carried = sum + STREAM[1];
    this._low = carried >>> 0;
    this._high = (Math.floor(second / 0x10000) + Math.imul(low, MULTIPLIER[0])
      + Math.imul(high, MULTIPLIER[1]) + STREAM[0] + (carried < TWO_TO_32 ? 0 : 1)) >>> 0;
  }

  /** A float in [0, 1), a multiple of 2**-32. */
  random() {
    return py.b.float(this.next32() / TWO_TO_32);
  }

  /** A whole number in [0, bound), every one equally likely; bound at most 2**32. */
  below(bound) {
    if (!(bound > 0 && bound <= TWO_TO_32)) {
      throw py.make(
        py.e.ValueError, `the bound must be between 1 and 2**32, but is ${py.b.str(bound)}`);
    }
    const refused = TWO_TO_32 % Number(bound);
    let bits = this.next32();
    while (bits < refused) bits = this.next32();
    return bits % Number(bound);
  }

  /** A whole number between `low` and `high`, both included. */
  integer(low, high) {
    return py.add(low, this.below(py.add(py.sub(high, low), 1)));
  }

  /** A float in [low, high). */
  uniform(low, high) {
    return py.add(low, py.mul(py.sub(high, low), this.random()));
  }

  /** One of the items. */
  choice(items) {
    return py.getitem(items, this.below(py.b.len(items)));
  }

  /** Bring the items of a list into a random order, in place (Fisher-Yates, from the end). */
  shuffle(items) {
    for (let last = items.length - 1; last > 0; last--) {
      const other = this.below(last + 1);
      [items[last], items[other]] = [items[other], items[last]];
    }
    return null;
  }

  /** Lower-case letters and digits. */
  text(length) {
    let text = "";
    for (let i = 0; i < length; i++) text += ALPHABET[this.below(ALPHABET.length)];
    return text;
  }

  /** A version 4 UUID (RFC 9562) of this stream's bits. */
  uuid4() {
    const words = [this.next32(), this.next32(), this.next32(), this.next32()];
    words[1] = ((words[1] & 0xffff0fff) | 0x4000) >>> 0;
    words[2] = ((words[2] & 0x3fffffff) | 0x80000000) >>> 0;
    const digits = words.map((word) => word.toString(16).padStart(8, "0")).join("");
    const cuts = [0, 8, 12, 16, 20, 32];
    return cuts.slice(1).map((end, i) => digits.slice(cuts[i], end)).join("-");
  }
}

py.signature(Random.prototype.__init__, ["seed"], ["seed"]);

py.signature(Random.prototype.reseed, ["seed"]);

py.signature(Random.prototype.below, ["bound"]);

py.signature(Random.prototype.integer, ["low", "high"]);

py.signature(Random.prototype.uniform, ["low", "high"]);

py.signature(Random.prototype.choice, ["items"]);

py.signature(Random.prototype.shuffle, ["items"]);

py.signature(Random.prototype.text, ["length"]);

// vu.js

/** One VU. Lives as long as the test; k6 makes one for `setup()` and `teardown()`, too. */
class VU {
  constructor(run) {
    this.run = run;
    this.random = new Random();
    this.recorder = new Recorder();
    this.network = new Network(this.recorder, run.user_agent);
    this.env = {};
    this._http = new Map();
  }

  /** 1-based and unique in the test; 0 in `setup()` and `teardown()`. */
  get id() {
    return k6_vu().idInTest;
  }

  /** 0-based iterations of this VU in the scenario. */
  get iteration() {
    return k6_vu().iterationInScenario;
  }

  /** This VU's client for a host. */
  http_for(host) {
    if (!this._http.has(host)) {
      this._http.set(host, new HttpClient(this.network, host, this.run.http_options));
    }
    return this._http.get(host);
  }
}

// run.js

const SEEDS = 1000000;

/** One per VU, since k6 gives every VU modules of its own. */
class Run {
  /**
   * @param {object} plan
   * @param {Array} plan.classes - the user classes whose `setup()` and `teardown()` run
   * @param {string} plan.seed - empty: KTB_LOAD_SEED, else drawn in `setup()`
   * @param {number} plan.expected_vus - how many VUs there will be at most
   * @param {object} plan.env - what `setting()` finds in `setup()` and `teardown()`
   * @param {string} plan.user_agent - empty: the k6 option's
   * @param {object} plan.http_options - for HttpClient
   */
  constructor({
    classes, seed = "", expected_vus = 1, env = {}, user_agent = "", http_options = {},
  }) {
    this.expected_vus = expected_vus;
    this.user_agent = user_agent;
    this.http_options = http_options;
    this.seed = __ENV.KTB_LOAD_SEED ?? seed;
    this._classes = classes;
    this._env = env;
    this._users = new Map();
    this._data = new Map();
    this._texts = {};
    this._vu = new VU(this);
  }

  /** Run every class's `setup()`; their data as JSON, by class. */
  async setup() {
    if (this.seed === "") {
      this.seed = String(Math.floor(Math.random() * SEEDS));
      console.info(`seed ${this.seed}: give it as KTB_LOAD_SEED to make the same choices again`);
    }
    const data = {};
    await this._stage("setup", async (user) => {
      data[user.constructor.name] = py.to_json(await user.setup());
    });
    return { seed: this.seed, data };
  }

  /** Run every class's `teardown(data)`. */
  async teardown(data) {
    this._take(data);
    await this._stage("teardown", (user) => user.teardown(this.data_for(user.constructor.name)));
  }

  /**
   * One iteration.
   *
   * @param {object} work - `turn`: classes by weight, VU n is of class `turn[(n - 1) % length]`;
   *   `task`: a method's name, or null for a weighted pick among the class's static `tasks` (names,
   *   each as often as its weight says)
   * @param {object} data - what `setup` returned
   */
  async iterate(work, data) {
    const vu = this._vu;
    this._take(data);
    vu.env = {};
    begin_tags();
    enter(vu);
    const user = this._user(work.turn[(vu.id - 1) % work.turn.length]);
    try {
      await this._run_task(user, work);
    } catch (error) {
      this._failed(error);
    } finally {
      vu.network.forsake_sockets();
    }
  }

  /** What a class's `setup()` returned. */
  data_for(name) {
    if (!this._data.has(name)) {
      const text = this._texts[name];
      this._data.set(name, text === undefined ? null : py.from_json(text));
    }
    return this._data.get(name);
  }

  _take(data) {
    if (!data) return;
    this.seed = data.seed;
    this._texts = data.data;
  }

  async _run_task(user, work) {
    const { random, id, iteration } = this._vu;
    const { name, iterationInTest } = k6_scenario();
    if (__ENV.KTB_LOAD_MARKS) this._vu.network.mark = `${name}/${id}/${iterationInTest}`;
    if (iteration === 0) {
      random.reseed(`${this.seed}/${name}/vu ${id}`);
      await user.on_start();
    }
    random.reseed(`${this.seed}/${name}/${iterationInTest}`);
    await user[work.task ?? picked(user.constructor.tasks, random)]();
    if (py.b.callable(user.wait_time)) await pause(await user.wait_time());
  }

  /** An exception ended the iteration: it is said, and the VU goes on. */
  _failed(error) {
    if (error instanceof AbortTest) {
      exec.test.abort(error.message);
    } else if (error instanceof ExchangeFailed || error instanceof IterationFailed) {
      console.warn(`VU ${this._vu.id}: ${error.name}: ${error.message}`);
    } else {
      throw error;
    }
  }

  async _stage(name, run) {
    const vu = this._vu;
    vu.env = this._env;
    vu.random.reseed(`${this.seed}/${name}`);
    enter(vu);
    try {
      for (const user_class of this._classes) await run(this._user(user_class));
    } catch (error) {
      if (error instanceof AbortTest) exec.test.abort(error.message);
      console.error(error.stack);
      await thrown_outside(new Error(`${name}() failed: ${error.name}: ${error.message}`));
    } finally {
      vu.network.forsake_sockets();
    }
  }

  /** This VU's instance of a class; made when first needed. */
  _user(user_class) {
    if (!this._users.has(user_class)) {
      const user = py.make(user_class, null);
      user.vu = this._vu;
      this._users.set(user_class, user);
    }
    return this._users.get(user_class);
  }
}

/**
 * Throw where no promise is: k6 then ends with the exit code of a script exception (107), else with
 * that of any error (255). It must be an Error of the engine's own: k6 asks for its text when no
 * script may run any more. Nothing comes after it, so the promise stays open.
 */
function thrown_outside(error) {
  setTimeout(() => {
    throw error;
  }, 0);
  return new Promise(() => {});
}

function picked(tasks, random) {
  return tasks.length === 1 ? tasks[0] : random.choice(tasks);
}

// inbox.js

const OF_ANOTHER_SHAPE = [
  py.e.AttributeError, py.e.IndexError, py.e.KeyError, py.e.TypeError, TypeError,
];

/** The engine is slow with spread arguments, and most events have one. */
const called = (f, args) => (args.length === 1 ? py.call(f, args[0]) : py.call(f, ...args));

/** One event that somebody waits for. */
class Expectation {
  constructor(inbox, event, match) {
    this._inbox = inbox;
    this.event = event;
    this.match = match;
    this.args = py.Tuple.of();
    /** `time.perf_counter()` of the moment when its bytes came in; null until then. */
    this.arrived_at = null;
    this.bell = null;
  }

  /** Whether this is the event; arguments of another shape than `match` expects are not. */
  fits(args) {
    try {
      return this.match === null || py.truthy(called(this.match, args));
    } catch (error) {
      if (OF_ANOTHER_SHAPE.some((kind) => error instanceof kind)) return false;
      throw error;
    }
  }

  /** Wait no longer. */
  cancel() {
    this._inbox.forget(this);
    return null;
  }
}

/** The events of one connection. */
class Inbox {
  constructor() {
    this._handlers = new Map();
    this._waiting = new Map();
    this._bells = new Set();
    this._end = null;
    this._fault = null;
  }

  /**
   * Call `handler` with the arguments of each such event. It must not block; what it throws ends
   * the iteration of the task that uses the connection.
   */
  on(event, handler) {
    this._handlers.set(event, [...(this._handlers.get(event) ?? []), handler]);
  }

  /** Wait from now on for the next such event for which `match(*args)` is true. */
  expect(event, match = null) {
    const expectation = new Expectation(this, event, match);
    this._waiting.set(event, [...(this._waiting.get(event) ?? []), expectation]);
    return expectation;
  }

  forget(expectation) {
    const { event } = expectation;
    const left = (this._waiting.get(event) ?? []).filter((one) => one !== expectation);
    if (left.length) this._waiting.set(event, left);
    else this._waiting.delete(event);
  }

  /** Whether anybody would look at such an event. */
  wants(event) {
    return this._handlers.has(event) || this._waiting.has(event);
  }

  /** The names of all events that anybody would look at. */
  wanted() {
    return [...this._handlers.keys(), ...this._waiting.keys()];
  }

  /** Whether such an event has a handler, and so an answer. */
  handles(event) {
    return this._handlers.has(event);
  }

  /** An event has come; what the last handler returned (the answer to an acknowledgement). */
  deliver(event, args, at) {
    const waiting = this._waiting.get(event);
    for (let i = 0; i < (waiting?.length ?? 0); i++) this._offer(waiting[i], args, at);
    let answer = null;
    const handlers = this._handlers.get(event);
    for (let i = 0; i < (handlers?.length ?? 0); i++) {
      const handler = handlers[i];
      try {
        answer = called(handler, args) ?? null;
      } catch (error) {
        this.fail(error);
      }
    }
    return answer;
  }

  _offer(expectation, args, at) {
    try {
      if (!expectation.fits(args)) return;
    } catch (error) {
      this.fail(error);
      return;
    }
    expectation.args = py.Tuple.from(args);
    expectation.arrived_at = at;
    this.forget(expectation);
    expectation.bell?.ring();
  }

  /** Let the task that uses the connection throw `error`; the first one counts. */
  fail(error) {
    this._fault ??= error;
    this._ring();
  }

  /** The connection is gone: whoever waits gets `error`. */
  end(error) {
    this._end ??= error;
    this._ring();
  }

  /** Throw what a handler has thrown, once. */
  raise_fault() {
    const fault = this._fault;
    this._fault = null;
    if (fault !== null) throw fault;
  }

  /**
   * Wait for the first of them: a tuple of which it was, and the arguments of the event.
   *
   * @throws TimedOut, or what the connection ended with
   */
  async first_of(expectations, timeout_s) {
    const awaited = [...expectations];
    const bell = new Bell();
    for (const expectation of awaited) expectation.bell = bell;
    this._bells.add(bell);
    if (!earliest(awaited) && this._end === null && this._fault === null) {
      await bell.wait(timeout_s);
    }
    this._bells.delete(bell);
    this.raise_fault();
    const come = earliest(awaited);
    if (come) return py.Tuple.of(come, come.args);
    if (this._end !== null) throw this._end;
    const events = awaited.map((expectation) => expectation.event).join(" or ");
    throw py.make(TimedOut, `no ${events} within ${py.format(timeout_s, "g", "")} s`);
  }

  _ring() {
    for (const bell of this._bells) bell.ring();
  }
}

py.signature(Inbox.prototype.first_of, ["expectations", "timeout_s"]);

/** The one that came first, undefined if none has. */
function earliest(expectations) {
  let first;
  for (let at = 0; at < expectations.length; at++) {
    const arrived_at = expectations[at].arrived_at;
    const earlier = first === undefined || arrived_at - first.arrived_at < 0;
    if (arrived_at !== null && earlier) first = expectations[at];
  }
  return first;
}

// event_client.js

/** The half of a client that does not depend on the protocol. */
class EventClient {
  constructor() {
    this._inbox = new Inbox();
    this._gone = py.make(Disconnected, "the connection is closed", "connection", "");
    this._began = false;
    this.connected = false;
    /** Who or what ended it; empty while it is open. */
    this.close_cause = "";
    /** What `Disconnected.code` says to those who waited. */
    this.close_code = "";
    /** Called once, when the connection has ended; must not block. */
    this.on_close = null;
  }

  /** Call `handler` with each such event; it must not block. */
  on(event, handler) {
    this._inbox.on(event, handler);
    return null;
  }

  /** Wait from now on for the next such event for which `match(*args)` is true. */
  expect(event, match = null) {
    return this._inbox.expect(event, match);
  }

  /**
   * Wait for the first of them: a tuple of which it was, and the arguments of the event.
   *
   * @throws TimedOut, Disconnected
   */
  first_of(expectations, timeout_s) {
    return this._inbox.first_of(expectations, timeout_s);
  }

  /** Throws what a handler has thrown, or Disconnected with how it ended. */
  _check_connected() {
    this._inbox.raise_fault();
    if (!this.connected) throw this._gone;
  }

  _has_begun() {
    this._began = true;
    this.connected = true;
  }

  /** The connection is gone; `on_close` hears of it if there was one. */
  _has_ended(cause, error) {
    this.connected = false;
    this.close_cause = cause;
    this.close_code = error.code;
    this._gone = error;
    this._inbox.end(error);
    if (this._began && this.on_close !== null) py.call(this.on_close);
  }
}

py.signature(EventClient.prototype.on, ["event", "handler"]);

py.signature(EventClient.prototype.expect, ["event", "match"], ["match"]);

py.signature(EventClient.prototype.first_of, ["expectations", "timeout_s"]);

// stomp_frames.js

const VERSION = "1.2";

const EOL = "\n";

const MAX_FRAME = 64 * 1024 * 1024;

/** Their headers are written as in STOMP 1.0. */
const UNESCAPED = new Set(["CONNECT", "CONNECTED"]);

const ESCAPES = { "\\": "\\\\", "\r": "\\r", "\n": "\\n", ":": "\\c" };

const MEANT = { "\\\\": "\\", "\\r": "\r", "\\n": "\n", "\\c": ":" };

const HEAD_END = /\r?\n\r?\n/g;

/** The other side sent what STOMP 1.2 does not allow. */
class StompError extends py.e.ValueError {}

const wrong = (what, text) => py.make(StompError, `${what}: ${py.repr(text.slice(0, 80))}`);

/** A frame that was received. Nothing in it is looked at before somebody asks for it. */
class Frame {
  /**
   * @param {string} command
   * @param {string} head - the header lines, each behind an EOL
   * @param {string} body
   * @param {boolean} is_text - else every character of head and body is a byte
   */
  constructor(command, head, body, is_text) {
    this.command = is_text ? command : utf8_head(command);
    this._head = is_text ? head : utf8_head(head);
    this._body = body;
    this._is_text = is_text;
  }

  /** All of them, a Dict; of those that are repeated, the first. */
  get headers() {
    const meant = UNESCAPED.has(this.command) ? (text) => text : unescaped;
    const headers = new py.Dict();
    for (const line of this._head.split("\n").slice(1)) {
      const colon = line.indexOf(":");
      if (colon < 0) throw wrong("not a header", line);
      const name = meant(line.slice(0, colon));
      if (!headers.has(name)) headers.set(name, meant(line.slice(colon + 1).replace(/\r$/, "")));
    }
    return headers;
  }

  /** One header without reading the others; empty if it is not there. */
  header(name) {
    const found = raw_value(this._head, name);
    return found.includes("\\") ? this.headers.get(name) ?? "" : found;
  }

  /**
   * What the body means: the value of JSON where the type says so, or where a list or an object
   * stands there (servers call those `text/plain`, too); else text, else bytes.
   */
  get value() {
    const kind = this.header("content-type");
    const bytes = () => (this._is_text ? py.m.encode(this._body) : bytes_of(this._body));
    if (kind === "application/octet-stream") return bytes();
    const text = this._is_text ? this._body : text_of(bytes());
    if (text === null) return bytes();
    try {
      return kind.includes("json") ? json_of(text) : value_of(text);
    } catch (error) {
      if (!(error instanceof py.e.ValueError)) throw error;
      return text;
    }
  }
}

/**
 * A frame as a WebSocket message of the body's kind. A body is announced by its length in bytes.
 *
 * @param {Map|py.Dict} headers
 * @param {string|Uint8Array} body
 */
function encode_frame(command, headers, body = "") {
  const lines = [command];
  const plain = UNESCAPED.has(command);
  for (const [name, value] of headers.entries()) {
    if (plain && (/[\r\n]/.test(name + value) || name.includes(":"))) {
      const text = `the header ${py.repr(name)} cannot be in a ${command} frame`;
      throw py.make(py.e.ValueError, text);
    }
    lines.push(plain ? `${name}:${value}` : `${escaped_header(name)}:${escaped_header(value)}`);
  }
  const text = typeof body === "string";
  if (body.length) lines.push(`content-length:${text ? utf8_length(body) : body.length}`);
  const head = `${lines.join("\n")}\n\n`;
  return text ? `${head}${body}\0` : joined(py.m.encode(head), body, Uint8Array.of(0));
}

/** Messages in, frames out, however they are cut. */
class Reader {
  constructor(max = MAX_FRAME) {
    this._max = max;
    this._rest = "";
    this._is_text = true;
  }

  /**
   * The frames that are whole now; heart-beats are none. Take all of them.
   *
   * @param {string|Uint8Array} message
   * @throws StompError - what follows is no STOMP; nothing more can be read
   */
  feed(message) {
    this._is_text = typeof message === "string";
    const frame = this._is_text && !this._rest ? sole_message(message) : null;
    return frame === null ? this._frames(message) : [frame];
  }

  *_frames(message) {
    const data = this._rest + (this._is_text ? message : latin1(message));
    let at = behind_heart_beats(data, 0);
    for (let found = this._frame(data, at); found; found = this._frame(data, at)) {
      yield found.frame;
      at = behind_heart_beats(data, found.end);
    }
    this._rest = data.slice(at);
    if (this._rest.length > this._max) throw too_long(this._max);
  }

  /** The frame that begins at `at`, and where it ends; null while it is not whole. */
  _frame(data, at) {
    HEAD_END.lastIndex = at;
    const head_end = HEAD_END.exec(data);
    if (head_end === null) return null;
    const start = head_end.index + head_end[0].length;
    const lines = data.slice(at, head_end.index);
    const eol = lines.indexOf("\n");
    const [command, head] = eol < 0 ? [lines, ""] : [lines.slice(0, eol), lines.slice(eol)];
    const announced = raw_value(head, "content-length");
    const nul = data.indexOf("\0", start);
    const end = announced ? this._end_of(data, start, nul, announced) : nul;
    if (end < 0 || end >= data.length) return null;
    if (data[end] !== "\0") {
      throw py.make(StompError, `a body that is not ${announced} bytes long`);
    }
    const name = command.replace(/\r$/, "");
    const frame = new Frame(name, head, data.slice(start, end), this._is_text);
    return { frame, end: end + 1 };
  }

  /** Where a body of so many bytes ends; -1 while it is not whole. */
  _end_of(data, start, nul, announced) {
    if (!/^[0-9]+$/.test(announced)) throw wrong("not a content-length", announced);
    const bytes = Number(announced);
    if (bytes > this._max) throw too_long(this._max);
    if (!this._is_text) return start + bytes;
    const likely = nul >= 0 && utf8_length(data.slice(start, nul)) === bytes;
    return likely ? nul : counted_off(data, start, bytes);
  }
}

/**
 * How often we have to send something, and how often something has to come, in seconds; 0: never.
 *
 * @param {Array} wanted - what our CONNECT said, in milliseconds
 * @param {string} said - the header `heart-beat` of CONNECTED
 */
function silences(wanted, said) {
  const parts = (said || "0,0").split(",").map((part) => part.trim());
  if (parts.length !== 2 || !parts.every((part) => /^[0-9]{1,15}$/.test(part))) {
    throw wrong("not a heart-beat", said);
  }
  const [ours, theirs] = wanted;
  const [sends, takes] = parts.map(Number);
  const outgoing = ours && takes ? Math.max(ours, takes) : 0;
  const incoming = theirs && sends ? Math.max(theirs, sends) : 0;
  return [outgoing / 1000, incoming / 1000];
}

const too_long = (bytes) => py.make(StompError, `a frame of over ${bytes} bytes`);

/**
 * The one frame of nearly every message: a MESSAGE with plain line ends, whole, and nothing else;
 * null for all that is not certainly that.
 */
function sole_message(text) {
  const head_end = text.indexOf("\n\n");
  const last = text.length - 1;
  if (head_end < 0 || !text.startsWith("MESSAGE\n") || text.indexOf("\0", head_end) !== last) {
    return null;
  }
  const head = text.slice(7, head_end);
  const body = text.slice(head_end + 2, last);
  const announced = raw_value(head, "content-length");
  if (head.includes("\r") || (announced && announced !== String(utf8_length(body)))) return null;
  return new Frame("MESSAGE", head, body, true);
}

function behind_heart_beats(data, start) {
  let at = start;
  while (data[at] === "\n" || (data[at] === "\r" && data[at + 1] === "\n")) {
    at += data[at] === "\n" ? 1 : 2;
  }
  return at;
}

/** The value of the first header of that name, as it stands there. */
function raw_value(head, name) {
  const found = head.indexOf(`\n${name}:`);
  if (found < 0) return "";
  const start = found + name.length + 2;
  const end = head.indexOf("\n", start);
  const value = head.slice(start, end < 0 ? head.length : end);
  return value.endsWith("\r") ? value.slice(0, -1) : value;
}

const escaped_header = (text) => text.replace(/[\\\r\n:]/g, (character) => ESCAPES[character]);

function unescaped(text) {
  if (!text.includes("\\")) return text;
  return text.replace(/\\[^]?/g, (escape) => {
    if (!(escape in MEANT)) throw wrong("an unknown escape", escape);
    return MEANT[escape];
  });
}

/** How many bytes a text is in UTF-8. k6 counts a hundred times faster than a script. */
function utf8_length(text) {
  if (/^[\0-\x7f]*$/.test(text)) return text.length;
  const encoded = encoding.b64encode(text);
  const padding = encoded.endsWith("==") ? 2 : Number(encoded.endsWith("="));
  return (encoded.length / 4) * 3 - padding;
}

/** The index behind so many bytes of UTF-8 text from `start` on; -1 where there are not so many. */
function counted_off(data, start, bytes) {
  let [at, left] = [start, bytes];
  while (left > 0 && at < data.length) {
    const point = data.codePointAt(at);
    left -= point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    at += point < 0x10000 ? 1 : 2;
  }
  return left > 0 ? -1 : at;
}

/** Bytes as a text whose every character is one byte, and back. */
function latin1(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 4096) {
    text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  }
  return text;
}

function bytes_of(text) {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}

/** A text whose every character is one byte of UTF-8. */
function utf8_head(text) {
  if (/^[\0-\x7f]*$/.test(text)) return text;
  const meant = text_of(bytes_of(text));
  if (meant === null) throw wrong("a head that is no UTF-8", text);
  return meant;
}

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

// websocket.js

const SERVER = "server";

const CLIENT = "client";

const TRANSPORT = "transport";

/** How long the other side has to answer; what follows our close goes on all the same. */
const CLOSE_TIMEOUT_S = 2;

const NORMAL = 1000;

const ABNORMAL = 1006;

const OPEN = 1;

/** What k6's texts of failed dials mean, in the words and numbers of its HTTP half. */
const FAILURES = [
  [/no such host/, "lookup: no such host", "1101"],
  [/^dial.*i\/o timeout/, "dial: i/o timeout", "1211"],
  [/connection refused/, "dial: connection refused", "1212"],
  [/connection reset by peer/, "read: connection reset by peer", "1220"],
  [/x509: certificate signed by unknown authority/, "x509: unknown authority", "1310"],
  [/x509: certificate is valid for/, "x509: certificate doesn't match hostname", "1311"],
  [/^EOF$/, "EOF", "1000"],
  [/unexpected EOF/, "unexpected EOF", "1000"],
];

const FAILURE_WORDS = { server: "the server", client: "the client", transport: "the network" };

/** How a connection ended: `server` (a close frame), `client` (ours), `transport` (TCP). */
class End {
  constructor(cause, code = ABNORMAL, reason = "") {
    Object.assign(this, { cause, code, reason });
  }

  __str__() {
    const said = this.reason ? `: ${this.reason}` : "";
    return `closed by ${FAILURE_WORDS[this.cause] ?? this.cause} (${this.code}${said})`;
  }
}

/** What a connection may be given beside its URL. */
class WebSocketOptions {
  __init__(headers = null, subprotocols = null, name = "", tags = null, timeout_s = 60) {
    Object.assign(this, { headers, name, tags, timeout_s });
    this.subprotocols = subprotocols ?? py.Tuple.of();
  }
}

py.signature(
  WebSocketOptions.prototype.__init__,
  ["headers", "subprotocols", "name", "tags", "timeout_s"],
  ["headers", "subprotocols", "name", "tags", "timeout_s"],
);

/** An open connection. `connect` makes one. */
class WebSocket {
  /** @param listener - `on_message(data, at)`, `on_end(end)`; neither may block */
  constructor(network, socket, listener) {
    this._network = network;
    this._socket = socket;
    this._listener = listener;
    this._opened = new Bell();
    this._closed = new Bell();
    this._closing = false;
    this._ended = false;
    this._error = "";
    /** When the first thing was sent that nothing has come after; null where something has. */
    this._unheard_since_ms = null;
    network.sockets.add(this);
    this._listen();
  }

  /**
   * Dial and shake hands.
   *
   * @throws ConnectFailed - no connection came about; the code is k6's error code
   */
  static async connect(network, url, listener, options) {
    const headers = network.introduce(plain_tags(options.headers));
    const tags = { ...(options.name ? { name: options.name } : {}), ...plain_tags(options.tags) };
    const socket = new K6WebSocket(url, [...options.subprotocols], { headers, tags });
    const self = new WebSocket(network, socket, listener);
    const in_time = await self._opened.wait(options.timeout_s);
    if (socket.readyState === OPEN) return self;
    self._closing = true;
    if (!in_time) throw py.make(ConnectFailed, "handshake timed out", "connection", "TIMED_OUT");
    const [text, code] = failure_of(self._error);
    throw py.make(ConnectFailed, text, "connection", code);
  }

  get subprotocol() {
    return this._socket.protocol;
  }

  /** Whether messages can be sent. */
  get open() {
    return !this._closing && !this._ended && this._socket.readyState === OPEN;
  }

  /** Send one message: a str or bytes. */
  send(data) {
    this._check_open();
    this._socket.send(data);
    this._unheard_since_ms ??= Date.now();
    return null;
  }

  /** Send a ping; its pong is a sample of `ws_ping`. */
  ping() {
    this._check_open();
    this._socket.ping();
    this._unheard_since_ms ??= Date.now();
    return null;
  }

  /** Say goodbye and wait for the other side's; at most CLOSE_TIMEOUT_S. */
  async close(code = NORMAL, reason = "") {
    if (this.open) this._say_goodbye(code, reason);
    if (this._ended) return null;
    if (!await this._closed.wait(CLOSE_TIMEOUT_S)) {
      console.warn(`${this._socket.url} does not answer a close frame; k6 waits until it does`);
    }
    this._finish(new End(CLIENT, code, reason));
    return null;
  }

  /**
   * Close TCP at once. Unlike the Python half, k6 cannot do so without a word: a close frame goes
   * first, and counts as a sent message.
   */
  abort() {
    if (this._ended) return null;
    this._closing = true;
    cut(this._socket);
    this._finish(new End(CLIENT));
    return null;
  }

  /** Close it and tell nobody: the iteration that opened it is over. */
  forsake() {
    if (this.open) this._say_goodbye();
    this._ended = true;
    this._network.sockets.delete(this);
    this._listener.on_forsaken?.();
  }

  _say_goodbye(code = NORMAL, reason = "") {
    const unheard_ms = Date.now() - (this._unheard_since_ms ?? Date.now());
    const deaf = unheard_ms >= CLOSE_TIMEOUT_S * 1000 || __ENV.KTB_LOAD_CUT_SOCKETS === "true";
    this._closing = true;
    if (deaf) cut(this._socket, code, reason);
    else this._socket.close(code, reason);
  }

  _check_open() {
    if (!this.open) {
      throw py.make(Disconnected, "the connection is closed", "connection", "");
    }
  }

  _listen() {
    const socket = this._socket;
    socket.binaryType = "arraybuffer";
    socket.addEventListener("open", () => this._has_opened());
    socket.addEventListener("message", (event) => this._message(event));
    socket.addEventListener("pong", () => {
      this._unheard_since_ms = null;
    });
    socket.addEventListener("error", (event) => {
      this._error ||= event.error;
    });
    socket.addEventListener("close", (event) => this._has_closed(event));
  }

  /** The handshake is done; too late perhaps, when nobody waits for it any more. */
  _has_opened() {
    if (this._closing) cut(this._socket);
    else this._opened.ring();
  }

  _message(event) {
    this._unheard_since_ms = null;
    if (this._closing) return;
    const data = typeof event.data === "string" ? event.data : new Uint8Array(event.data);
    this._listener.on_message(data, arrival(event));
  }

  _has_closed(event) {
    this._closed.ring();
    if (this._closing) {
      this._finish(new End(CLIENT, event.code ?? NORMAL, event.reason ?? ""));
    } else if (event.code !== undefined && event.code !== ABNORMAL) {
      this._finish(new End(SERVER, event.code, event.reason));
    } else {
      this._finish(new End(TRANSPORT, ABNORMAL, failure_of(this._error || "EOF")[0]));
    }
    this._opened.ring();
  }

  _finish(end) {
    if (this._ended) return;
    this._ended = true;
    this._network.sockets.delete(this);
    this._listener.on_end(end);
  }
}

py.signature(WebSocket.connect, ["network", "url", "listener", "options"]);

py.signature(WebSocket.prototype.send, ["data"]);

py.signature(WebSocket.prototype.close, ["code", "reason"], ["code", "reason"]);

/** `time.perf_counter()` of the moment when a message's bytes came in, handlers may run later. */
function arrival(event) {
  const waited_ms = Math.max(0, wall_ms() - event.timestamp);
  return make_float((running_ms() - waited_ms) / 1000);
}

/**
 * Send a close frame and close TCP behind it, without waiting for an answer.
 *
 * k6 closes a connection itself when a write fails, and a write behind a close frame fails. Scripts
 * may not send once they have closed; but `send()` checks that first, and then asks
 * `ArrayBuffer.isView` what it was given. So that is where we close.
 */
function cut(socket, code = NORMAL, reason = "") {
  if (socket.readyState !== OPEN) return;
  const is_view = ArrayBuffer.isView;
  ArrayBuffer.isView = () => {
    socket.close(code, reason);
    return true;
  };
  try {
    socket.send(new Uint8Array(0));
  } finally {
    ArrayBuffer.isView = is_view;
  }
}

/** Text and error code of a failed dial. */
function failure_of(error) {
  const known = FAILURES.find(([pattern]) => pattern.test(error));
  return known ? known.slice(1) : [error, ""];
}

// stomp.js

const PING_TIMEOUT = "ping_timeout";

const REFUSED = "REFUSED";

const SAID_ERROR = "STOMP_ERROR";

const BROKEN = "BROKEN_FRAME";

const SILENT = "NO_HEART_BEAT";

/** How long the broker has to answer DISCONNECT. */
const FAREWELL_S = 2;

const RECEIPT = "a receipt";

const OURS = ["ack", "content-length", "destination", "id", "receipt", "transaction"];

/** What a connection may be given beside its URL. */
class StompOptions {
  __init__(
    connect_headers = null, host = "", heart_beat_ms = null, name = "", headers = null,
    subprotocols = null, timeout_s = 20,
  ) {
    Object.assign(this, { host, name, timeout_s });
    this.connect_headers = connect_headers ?? new py.Dict();
    this.heart_beat_ms = heart_beat_ms ?? py.Tuple.of(10000, 10000);
    this.headers = headers ?? new py.Dict();
    this.subprotocols = subprotocols ?? py.Tuple.of("v12.stomp");
  }
}

const OPTIONS = [
  "connect_headers", "host", "heart_beat_ms", "name", "headers", "subprotocols", "timeout_s",
];

py.signature(StompOptions.prototype.__init__, OPTIONS, OPTIONS);

/** An open connection. `connect` makes one. */
class StompClient extends EventClient {
  constructor(options) {
    super();
    this._options = options;
    this._reader = new Reader();
    this._settled = new Bell();
    this._is_settled = false;
    this._refusal = null;
    this._subscribed = new Map();
    this._numbers = 0;
    this._heard_ms = 0;
    this._timers = [];
    this._cause = "";
    this._error = null;
    this._socket = null;
  }

  /**
   * Connect to a `ws(s)://` URL and wait for CONNECTED.
   *
   * @throws ConnectFailed - kind `connection` if no connection came about, `auth` if the broker
   *   answered CONNECT by ERROR. k6 does not tell the HTTP status of a handshake that was refused;
   *   that is only in the tag of its samples
   */
  static async connect(network, url, options) {
    const self = new StompClient(options);
    const { headers, subprotocols, name, timeout_s } = options;
    const due_ms = wall_ms() + Number(timeout_s) * 1000;
    const hello = self._hello(url);
    const details = py.make(WebSocketOptions, headers, subprotocols, name, null, timeout_s);
    self._socket = await WebSocket.connect(network, url, self, details);
    self._socket.send(hello);
    if (!await self._settled.wait((due_ms - wall_ms()) / 1000)) {
      self._refusal = py.make(ConnectFailed, "no answer to CONNECT", "connection", "TIMED_OUT");
    }
    if (self._refusal !== null) {
      self._socket.abort();
      throw self._refusal;
    }
    return self;
  }

  // What a task says.

  /**
   * Let the messages of a destination come; one that they come of already is left alone. With a
   * `receipt_timeout_s` it waits so long for the broker to say that it is done.
   */
  async subscribe(destination, headers = null, receipt_timeout_s = 0) {
    if ([...this._subscribed.values()].includes(destination)) return null;
    const id = `sub-${this._number()}`;
    this._subscribed.set(id, destination);
    const frame = new Map([["id", id], ["destination", destination], ...free(headers)]);
    if (py.truthy(receipt_timeout_s)) {
      await this._with_receipt("SUBSCRIBE", frame, "", receipt_timeout_s);
    } else {
      this._send("SUBSCRIBE", frame);
    }
    return null;
  }

  /** Let them come no more. */
  unsubscribe(destination) {
    for (const [id, subscribed] of [...this._subscribed]) {
      if (subscribed !== destination) continue;
      this._send("UNSUBSCRIBE", new Map([["id", id]]));
      this._subscribed.delete(id);
    }
    return null;
  }

  /** Send a message: a text or bytes as they are, anything else as JSON. */
  send(destination, body = "", headers = null) {
    const [content, described] = content_of(body);
    const frame = new Map([["destination", destination], ...described, ...free(headers)]);
    this._send("SEND", frame, content);
    return null;
  }

  /**
   * Send a message and wait for the broker's receipt.
   *
   * @throws TimedOut, Disconnected - none came
   */
  async call(destination, body = "", headers = null, timeout_s = 10) {
    const [content, described] = content_of(body);
    const frame = new Map([["destination", destination], ...described, ...free(headers)]);
    await this._with_receipt("SEND", frame, content, timeout_s);
    return null;
  }

  /** Take leave of the broker, wait for its receipt, then close. */
  async close() {
    try {
      if (this.connected) {
        this._cause = CLIENT;
        await this._with_receipt("DISCONNECT", new Map(), "", FAREWELL_S);
      }
    } catch (error) {
      if (!(error instanceof ExchangeFailed)) throw error; // else it is closed all the same
    } finally {
      await this._socket.close();
    }
    this._inbox.raise_fault();
    return null;
  }

  /** Close TCP at once; k6 cannot do it without a close frame. */
  abort() {
    return this._socket.abort();
  }

  // What comes.

  on_message(data, at) {
    this._heard_ms = Date.now();
    try {
      for (const frame of this._reader.feed(data)) {
        if (this._error !== null) return; // behind an error comes nothing
        if (frame.command === "MESSAGE") this._message(frame, at);
        else this._control(frame, at);
      }
    } catch (error) {
      if (!(error instanceof StompError)) throw error;
      this._end(TRANSPORT, BROKEN, error.message);
    }
  }

  on_end(end) {
    this.on_forsaken();
    const why = `the connection was ${py.b.str(end)}`;
    const gone = this._error ?? py.make(Disconnected, why, "connection", String(end.code));
    this._has_ended(this._cause || end.cause, gone);
    if (!this._is_settled) {
      this._refusal ??= py.make(ConnectFailed, gone.message, "connection", gone.code);
      this._settle();
    }
  }

  on_forsaken() {
    for (const timer of this._timers) clearInterval(timer);
  }

  _message(frame, at) {
    const subscribed = this._subscribed.get(frame.header("subscription"));
    const event = subscribed || frame.header("destination");
    if (this._inbox.wants(event)) this._inbox.deliver(event, [frame.value, frame.headers], at);
  }

  _control(frame, at) {
    switch (frame.command) {
      case "RECEIPT":
        this._inbox.deliver(RECEIPT, [frame.header("receipt-id")], at);
        break;
      case "ERROR":
        this._has_said_error(frame);
        break;
      case "CONNECTED":
        if (!this.connected) {
          this._has_connected(frame);
          break;
        }
        // falls through
      default: {
        const command = py.repr(frame.command.slice(0, 80));
        throw py.make(StompError, `not a frame that may come now: ${command}`);
      }
    }
  }

  _has_connected(frame) {
    const version = frame.header("version") || "1.0";
    if (version !== VERSION) {
      throw py.make(StompError, `the server speaks STOMP ${version}`);
    }
    const heart_beat = frame.header("heart-beat");
    const [outgoing_s, incoming_s] = silences(this._options.heart_beat_ms, heart_beat);
    if (outgoing_s) this._every(outgoing_s, () => this._beat());
    if (incoming_s) this._every(incoming_s, () => this._listen(incoming_s));
    this._has_begun();
    this._settle();
  }

  _every(seconds, turn) {
    this._timers.push(setInterval(turn, seconds * 1000));
  }

  _has_said_error(frame) {
    const said = frame.header("message") || py.b.str(frame.value).slice(0, 200);
    if (!this.connected) {
      const why = `the broker refused CONNECT: ${said}`;
      this._refusal = py.make(ConnectFailed, why, "auth", REFUSED);
    }
    this._end(SERVER, SAID_ERROR, `the broker said ERROR: ${said}`);
  }

  _beat() {
    if (this._socket.open) this._socket.send(EOL);
  }

  /** A beat may be late; two that are missing are silence. */
  _listen(every_s) {
    const silent_ms = Date.now() - this._heard_ms;
    if (silent_ms > 2000 * every_s) this._end(PING_TIMEOUT, SILENT, "no heart-beat came");
  }

  _settle() {
    this._is_settled = true;
    this._settled.ring();
  }

  _end(cause, code, why) {
    this._cause = cause;
    this._error = py.make(Disconnected, why, "connection", code);
    this._socket.abort();
  }

  // Frames out.

  _hello(url) {
    const host = this._options.host || host_of(url);
    const [ours, theirs] = this._options.heart_beat_ms;
    return encode_frame("CONNECT", new Map([
      ["accept-version", VERSION],
      ["host", host],
      ["heart-beat", `${ours},${theirs}`],
      ...this._options.connect_headers.entries(),
    ]));
  }

  _send(command, headers, content = "") {
    this._check_connected();
    this._socket.send(encode_frame(command, headers, content));
  }

  async _with_receipt(command, headers, content, timeout_s) {
    const id = `receipt-${this._number()}`;
    const awaited = this._inbox.expect(RECEIPT, (receipt) => receipt === id);
    try {
      this._send(command, new Map([...headers, ["receipt", id]]), content);
      await this._inbox.first_of([awaited], timeout_s);
    } catch (error) {
      if (!(error instanceof TimedOut)) throw error;
      const what = [command, headers.get("destination")].filter(Boolean).join(" ");
      const seconds = py.format(timeout_s, "g", "");
      throw py.make(TimedOut, `no receipt of ${what} within ${seconds} s`);
    } finally {
      awaited.cancel();
    }
  }

  _number() {
    return this._numbers++;
  }
}

py.signature(StompClient.connect, ["network", "url", "options"]);

py.signature(
  StompClient.prototype.subscribe,
  ["destination", "headers", "receipt_timeout_s"], ["headers", "receipt_timeout_s"]);

py.signature(StompClient.prototype.unsubscribe, ["destination"]);

py.signature(
  StompClient.prototype.send, ["destination", "body", "headers"], ["body", "headers"]);

py.signature(
  StompClient.prototype.call,
  ["destination", "body", "headers", "timeout_s"], ["body", "headers", "timeout_s"]);

/** A task's headers, checked: none of them is the client's business or belongs to what is left out. */
function free(headers) {
  const given = headers === null ? [] : [...headers.entries()];
  const taken = given.map(([name]) => name.toLowerCase()).filter((name) => OURS.includes(name));
  if (taken.length) {
    throw py.make(
      py.e.ValueError,
      `a task cannot give the header ${py.repr(taken.sort()[0])}: the client writes destination,`
        + " id, receipt and content-length; transactions and ack modes are not supported");
  }
  return given;
}

/** A body, and the headers that describe it. */
function content_of(body) {
  if (typeof body === "string") return [body, []];
  if (body instanceof Uint8Array) return [body, [["content-type", "application/octet-stream"]]];
  return [py.to_json(body), [["content-type", "application/json"]]];
}

/** The host that a URL names, without port and brackets. */
function host_of(url) {
  const [, authority = ""] = /^wss?:\/\/(?:[^/?#]*@)?([^/?#]*)/.exec(url) ?? [];
  return authority.replace(/:\d*$/, "").replace(/^\[|\]$/g, "").toLowerCase();
}

// user.js

/** A virtual user. One object for each VU and class, kept for the whole test. */
class LoadUser {
  /** Who this is: `vu.id`, `vu.random`, `vu.iteration`. */
  vu = null;

  __init__() {}

  /** The VU's HTTP client for the class's `host`. */
  get http() {
    return this.vu.http_for(this.host ?? "");
  }

  /** What this class's `setup()` returned; null without one. */
  get data() {
    return this.vu.run.data_for(this.constructor.name);
  }

  /** A dict of one's own for what is not an attribute (`self.__dict__.setdefault(...)`). */
  get __dict__() {
    this._dict ??= new py.Dict();
    return this._dict;
  }

  on_start() {
    return null;
  }

  setup() {
    return null;
  }

  teardown() {
    return null;
  }
}

// vocabulary.js

/**
 * Record one sample of `checks` for each name; whether all passed. A function that throws counts as
 * failed, and the exception goes on; the checks after it are not made.
 *
 * @param value - what the functions are called with
 * @param {py.Dict} sets - check name -> a function of `value`, or a value; its truth is the result
 * @param {py.Dict|null} tags - added to the samples
 */
function check(value, sets, tags = null) {
  current();
  const extra = plain_tags(tags);
  let passed_all = true;
  for (const entry of sets.entries()) {
    const predicate = entry[1];
    let passed = predicate;
    try {
      if (typeof predicate !== "boolean") passed = holds(predicate, value);
    } catch (error) {
      k6_check(null, { [entry[0]]: false }, extra);
      throw error;
    }
    k6_check(null, { [entry[0]]: passed }, extra);
    passed_all = passed_all && passed;
  }
  return passed_all;
}

const holds = (predicate, value) =>
  py.truthy(py.b.callable(predicate) ? py.call(predicate, value) : predicate);

py.signature(check, ["value", "sets", "tags"], ["tags"]);

/** Pause for `low_s` seconds, or for a random time between `low_s` and `high_s`. */
async function think(low_s, high_s = null) {
  const { random } = current();
  await pause(high_s === null ? low_s : random.uniform(low_s, high_s));
  return null;
}

py.signature(think, ["low_s", "high_s"], ["high_s"]);

/**
 * The parameter `name`: from the scenario's `env`, else the environment, else `default_`. A text
 * becomes the type of the default.
 */
function setting(name, default_) {
  const text = current().env[name] ?? __ENV[name];
  if (text === undefined) return default_;
  try {
    return of_type(default_, text);
  } catch (error) {
    if (!(error instanceof py.e.ValueError)) throw error;
    const kind = py.isinstance(default_, py.b.int) ? "a whole number" : "a number";
    throw new py.e.ValueError(`${name} must be ${kind}, but is ${py.repr(text)}`);
  }
}

py.signature(setting, ["name", "default"]);

function of_type(example, text) {
  if (typeof example === "string") return text;
  if (typeof example === "boolean") return py.b.bool(text);
  return py.isinstance(example, py.b.int) ? py.b.int(text) : py.b.float(text);
}

export { ConnectFailed, Disconnected, ExchangeFailed, LoadUser, Rejected, Run, SAID_ERROR, StompClient, StompOptions, TimedOut, check, py, setting, think };
