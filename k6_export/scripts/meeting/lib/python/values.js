/**
 * The kinds of values: what Python has and JavaScript has not, and how to tell them apart.
 *
 * An int is an integral number or, beyond 2**53-1, a BigInt; a float is a number that is not integral,
 * or a `Float`. This module imports nothing, so that all others may import it.
 */

/** A float whose value is integral: 2.0, -0.0, 1e300. All other floats are plain numbers. */
export class Float {
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
export class Tuple extends Array {}

/** Keyword arguments of a function that is written in JavaScript: always its last argument. */
export class Kw {
  constructor(values) {
    Object.assign(this, values);
  }
}

/** A Python iterator: used up once, and, unlike a JS generator, not closed by leaving a loop. */
export class PyIterator {
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

/** A JS generator function as a function that returns a Python iterator. */
export const iterator_of = (generator) =>
  (...args) => new PyIterator(generator(...args));

/** The Python float of a JS number. */
export const make_float = (value) => (Number.isInteger(value) ? new Float(value) : value);

/** The Python int of a BigInt. */
export function make_int(big) {
  return big >= -9007199254740991n && big <= 9007199254740991n ? Number(big) : big;
}

export const is_int = (o) => Number.isInteger(o) || typeof o === "bigint" || typeof o === "boolean";
export const is_float = (o) =>
  (typeof o === "number" && !Number.isInteger(o)) || o instanceof Float;
export const is_number = (o) =>
  typeof o === "number" || o instanceof Float || typeof o === "bigint" || typeof o === "boolean";
export const is_bytes = (o) => o instanceof Uint8Array;
export const is_list = (o) => Array.isArray(o) && !(o instanceof Tuple);

const kinds_of_functions = new WeakMap();

/** Say that a function stands for a Python class: `int`, `str`, ... */
export function mark_class(f) {
  kinds_of_functions.set(f, true);
}

/** Whether a value is a class: a JS class or one of the builtin types. */
export function is_class(o) {
  if (typeof o !== "function") return false;
  let answer = kinds_of_functions.get(o);
  if (answer === undefined) {
    answer = Object.getOwnPropertyDescriptor(o, "prototype")?.writable === false;
    kinds_of_functions.set(o, answer);
  }
  return answer;
}

/** A method of this name that the object's own class defines (`__len__`, ...), or undefined. */
export function special(o, name) {
  if (typeof o !== "object" || o === null) return undefined;
  const method = o[name];
  return typeof method === "function" ? method : undefined;
}

/** What a class or function is called; a class attribute may hide JavaScript's own `name`. */
export const class_name = (C) => (Object.hasOwn(C, "python_name") ? C.python_name : C.name);

const PRIMITIVES = { string: "str", boolean: "bool", bigint: "int" };

/** The name of a value's class, as error texts show it. */
export function type_name(o) {
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
export const has_pairs = (text) => /[\ud800-\udbff]/.test(text);

/** The characters of a string, by code point. */
export const characters = (text) => (has_pairs(text) ? Array.from(text) : text.split(""));

/** How many characters a string has. */
export const text_length = (text) => (has_pairs(text) ? Array.from(text).length : text.length);
