/**
 * The builtin functions and types, `b` by name.
 */
import { bytes_methods, fromhex } from "./bytes_methods.js";
import { attr, call, find_attribute } from "./calls.js";
import { hash, truthy } from "./compare.js";
import { dict_pairs, fromkeys } from "./container_methods.js";
import { based_text, round, to_float, to_int } from "./conversions.js";
import { Dict, FrozenSet, PySet } from "./dicts.js";
import { encode } from "./encodings.js";
import { e, type_error, value_error } from "./exceptions.js";
import { format } from "./format.js";
import { Range, iter, iterator, len, range, reversed, to_array } from "./iteration.js";
import { named, take_keywords } from "./keywords.js";
import { from_bytes } from "./number_methods.js";
import { abs, divmod } from "./numbers.js";
import { add, floordiv, mod, mul, pow } from "./operators.js";
import { max, min, sorted } from "./sorting.js";
import { maketrans } from "./str_methods.js";
import { ascii, repr, str } from "./text.js";
import {
  PyIterator,
  Tuple,
  is_bytes,
  is_class,
  is_float,
  is_int,
  is_list,
  is_number,
  mark_class,
  special,
  type_name,
} from "./values.js";

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

function filter(f, iterable) {
  const elements = iter(iterable);
  const keep = f === null ? truthy : (element) => truthy(call(f, element));
  return new PyIterator((function* walk() {
    for (const element of elements) if (keep(element)) yield element;
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

function next_of_class(source, fallback) {
  try {
    return source.__next__();
  } catch (error) {
    if (fallback.length > 0 && error instanceof e.StopIteration) return fallback[0];
    throw error;
  }
}

/** next(iterator) and next(iterator, default) */
function next(source, ...fallback) {
  if (special(source, "__next__")) return next_of_class(source, fallback);
  if (!(source instanceof PyIterator)) {
    throw type_error(`'${type_name(source)}' object is not an iterator`);
  }
  const { done, value } = source.next();
  if (!done) return value;
  if (fallback.length > 0) return fallback[0];
  throw new e.StopIteration();
}

function builtin_abs(o) {
  if (is_number(o)) return abs(o);
  if (special(o, "__abs__")) return o.__abs__();
  throw type_error(`bad operand type for abs(): '${type_name(o)}'`);
}

function builtin_divmod(left, right) {
  if (is_number(left) && is_number(right)) return Tuple.from(divmod(left, right));
  if (special(left, "__divmod__")) return left.__divmod__(right);
  const names = `'${type_name(left)}' and '${type_name(right)}'`;
  throw type_error(`unsupported operand type(s) for divmod(): ${names}`);
}

/** pow(left, right) and pow(left, right, modulus) */
function builtin_pow(left, right, modulus = null) {
  if (modulus === null) return pow(left, right);
  if (right < 0) throw value_error("base is not invertible for the given modulus");
  let result = 1;
  let square = mod(left, modulus);
  for (let rest = right; rest > 0; rest = floordiv(rest, 2)) {
    if (mod(rest, 2) === 1) result = mod(mul(result, square), modulus);
    square = mod(mul(square, square), modulus);
  }
  return mod(result, modulus);
}

function chr(code) {
  if (!is_int(code)) {
    throw type_error(`'${type_name(code)}' object cannot be interpreted as an integer`);
  }
  if (code < 0 || code > 0x10ffff) throw value_error("chr() arg not in range(0x110000)");
  return String.fromCodePoint(Number(code));
}

function ord(text) {
  const single = typeof text === "string" || is_bytes(text) ? Array.from(text) : null;
  if (single?.length === 1) return is_bytes(text) ? text[0] : text.codePointAt(0);
  const found = single ? `string of length ${single.length}` : type_name(text);
  const expected = single ? "a character, but " : "string of length 1, but ";
  throw type_error(`ord() expected ${expected}${found} found`);
}

function print(...args) {
  const { sep = " " } = take_keywords(args);
  console.log(args.map(str).join(sep ?? " "));
  return null;
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

function dict(...args) {
  const keywords = take_keywords(args);
  return new Dict(dict_pairs(args[0], keywords));
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
  tuple: type("tuple", (o = []) => Tuple.from(iter(o)), (o) => o instanceof Tuple),
  dict: type("dict", dict, (o) => o instanceof Dict, { fromkeys }),
  set: type("set", (o = []) => new PySet(iter(o)), (o) => type_name(o) === "set"),
  frozenset: type("frozenset", (o = []) => new FrozenSet(iter(o)), (o) => o instanceof FrozenSet),
  object: type("object", () => ({}), () => true),
  range: type("range", range, (o) => o instanceof Range),
};

/** int(x, base=...) */
function int_arguments(args) {
  const { base } = take_keywords(args);
  return base === undefined ? args : [args[0], base];
}

/** isinstance(o, C); C may be a Tuple of classes */
export function isinstance(o, C) {
  if (C instanceof Tuple) return C.some((option) => isinstance(o, option));
  const recognises = INSTANCES.get(C);
  if (recognises) return recognises(o);
  if (is_class(C)) return o instanceof C;
  throw type_error("isinstance() arg 2 must be a type, a tuple of types, or a union");
}

/** issubclass(A, C) */
export function issubclass(A, C) {
  if (!is_class(A)) throw type_error("issubclass() arg 1 must be a class");
  if (C instanceof Tuple) return C.some((option) => issubclass(A, option));
  if (A === C || C === TYPES.object || (A === TYPES.bool && C === TYPES.int)) return true;
  return A.prototype !== undefined && C.prototype !== undefined && A.prototype instanceof C;
}

/** type(o) */
const class_of = (o) => TYPES[type_name(o)] ?? (o === null ? NoneType : o.constructor);
const NoneType = type("NoneType", () => null, (o) => o === null || o === undefined);

/** getattr(o, name) and getattr(o, name, default) */
function getattr(o, name, ...fallback) {
  if (fallback.length === 0) return attr(o, name);
  return find_attribute(o, name) ?? fallback[0];
}

function setattr(o, name, value) {
  o[name] = value;
  return null;
}

export const b = {
  ...TYPES,
  abs: builtin_abs,
  all: quantifier(false),
  any: quantifier(true),
  ascii,
  bin: based_text("0b", 2),
  callable: (o) => typeof o === "function" || special(o, "__call__") !== undefined,
  chr,
  divmod: builtin_divmod,
  enumerate,
  filter,
  format: (o, spec) => format(o, spec),
  getattr,
  hasattr: (o, name) => find_attribute(o, name) !== undefined,
  hash,
  hex: based_text("0x", 16),
  isinstance,
  issubclass,
  iter: iterator,
  len,
  map,
  max,
  min,
  next,
  oct: based_text("0o", 8),
  ord,
  pow: named(["base", "exp", "mod"], builtin_pow),
  print,
  repr,
  reversed,
  round: named(["number", "ndigits"], round),
  setattr,
  sorted,
  sum,
  type: class_of,
  zip,
};
