/**
 * Dict, PySet and FrozenSet: hashing and equality of keys as in Python (1 == 1.0 == True is one key).
 *
 * They keep a JS Map from a key's *hash key* to the key (and its value). For a str or an int the hash
 * key is the value itself, so the common case costs nothing.
 */
import { e, type_error } from "./exceptions.js";
import { Float, Tuple, is_bytes, special, type_name } from "./values.js";

const identities = new WeakMap();
let last_identity = 0;

function identity(o) {
  if (!identities.has(o)) identities.set(o, (last_identity += 1));
  return identities.get(o);
}

/** Equal Python values have the same hash key. Strings of ours start with NUL. */
export function hash_key(o) {
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
export class Dict {
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
export class DictView {
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

export class KeysView extends DictView {
  static python_name = "dict_keys";

  pick(key) {
    return key;
  }
}

export class ValuesView extends DictView {
  static python_name = "dict_values";

  pick(_, value) {
    return value;
  }
}

export class ItemsView extends DictView {
  static python_name = "dict_items";

  pick(key, value) {
    return Tuple.of(key, value);
  }
}

/** Whether a value takes part in the set operations: keys() and items() do. */
export const is_set = (o) =>
  o instanceof PySet || (o instanceof DictView && !(o instanceof ValuesView));

/** A value of which is_set holds as a set. */
export const as_set = (o) => (o instanceof PySet ? o : new PySet(o));

/** A Python set, in order of insertion (CPython's own order is arbitrary). */
export class PySet {
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
export class FrozenSet extends PySet {
  static python_name = "frozenset";
}
