/**
 * Truth, equality, order, membership and identity.
 */
import { Dict, DictView, KeysView, PySet, as_set, hash_key, is_set } from "./dicts.js";
import { type_error } from "./exceptions.js";
import { Range, iter, length_of } from "./iteration.js";
import { order } from "./numbers.js";
import {
  Float,
  Tuple,
  has_pairs,
  is_bytes,
  is_float,
  is_int,
  is_number,
  special,
  type_name,
} from "./values.js";

/** bool(o) */
export function truthy(o) {
  if (typeof o !== "object") return Boolean(o) || Number.isNaN(o);
  if (o === null) return false;
  if (o instanceof Float) return o.value !== 0;
  if (special(o, "__bool__")) return o.__bool__();
  const length = length_of(o);
  return length === undefined || length > 0;
}

/** a == b */
export function eq(a, b) {
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
export const ne = (a, b) => (special(a, "__ne__") ? a.__ne__(b) : !eq(a, b));

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
export function is(a, b) {
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

export const lt = comparison(
  "<",
  (sign) => sign < 0,
  (a, b) => a.size < b.size && is_subset(a, b),
  "__lt__",
  "__gt__",
);
export const le = comparison("<=", (sign) => sign <= 0, is_subset, "__le__", "__ge__");
export const gt = comparison(
  ">",
  (sign) => sign > 0,
  (a, b) => b.size < a.size && is_subset(b, a),
  "__gt__",
  "__lt__",
);
export const ge = comparison(">=", (sign) => sign >= 0, (a, b) => is_subset(b, a), "__ge__", "__le__");

/** item in container */
export function contains(container, item) {
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
export function find_bytes(bytes, wanted, from = 0, to = bytes.length) {
  for (let start = from; start + wanted.length <= to; start += 1) {
    if (wanted.every((byte, index) => bytes[start + index] === byte)) return start;
  }
  return -1;
}

/** hash(o): the same for equal values within this process; not CPython's number. */
export function hash(o) {
  const key = hash_key(o);
  if (is_number(o) && !is_float(o)) return o;
  return [...String(key)].reduce((sum, character) => (sum * 31 + character.codePointAt(0)) | 0, 7);
}
