/**
 * What compiled classes are made with: attributes, parameter names, dataclasses, named tuples.
 */
import { attr, make } from "./calls.js";
import { eq, hash } from "./compare.js";
import { Dict } from "./dicts.js";
import { e } from "./exceptions.js";
import { repr } from "./text.js";
import { Kw, Tuple, class_name, is_class } from "./values.js";

/** Class attributes: seen on the class and on its instances, which may have their own. */
export function attributes(C, values) {
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
export function signature(f, params, optional = []) {
  const $defaults = Object.fromEntries(optional.map((name) => [name, undefined]));
  return Object.assign(f, { $params: params, $defaults });
}

/** A dataclass: equal by its fields, shown with them. */
export function dataclass(C, fields, optional = [], frozen = false) {
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

/** `dataclasses.replace(o, field=value, ...)` */
export function replace(o, changes = new Kw({})) {
  const C = o.constructor;
  return make(C, ...C.$fields.map((name) => (name in changes ? changes[name] : o[name])));
}

/** The base of named tuples: a tuple whose items have names. */
export class NamedTuple extends Tuple {
  constructor() {
    super();
  }

  /** Array's own methods make plain arrays of it. */
  static get [Symbol.species]() {
    return Array;
  }
}

/** The names of the items of a named tuple. */
export function namedTuple(C, fields, optional = []) {
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
export function bind(o, name) {
  const method = o[name];
  if (typeof method !== "function") return attr(o, name);
  const bound = method.bind(o);
  if (method.$params) signature(bound, method.$params, Object.keys(method.$defaults ?? {}));
  return bound;
}

/** What `raise x` throws: a class is made an instance. */
export function raised(x) {
  const error = is_class(x) ? make(x) : x;
  if (error instanceof Error) return error;
  return new e.TypeError("exceptions must derive from BaseException");
}

/** type(error), as `__exit__` gets it. */
export const type_of = (o) => (o === null || o === undefined ? null : o.constructor);
