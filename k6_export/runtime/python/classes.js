/**
 * What compiled classes are made with: attributes, parameter names, dataclasses, named tuples.
 */
import { make } from "./calls.js";
import { eq } from "./compare.js";
import { e } from "./exceptions.js";
import { repr } from "./text.js";
import { Kw, Tuple, is_class } from "./values.js";

/** Class attributes: seen on the class and on its instances, which may have their own. */
export function attributes(C, values) {
  for (const [name, value] of Object.entries(values)) {
    const described = { value, writable: true, configurable: true, enumerable: false };
    Object.defineProperty(C.prototype, name, described);
    Object.defineProperty(C, name, described);
  }
}

/** The names of a function's parameters, and which of them may be left out. */
export function signature(f, params, optional = []) {
  f.$params = params;
  f.$defaults = Object.fromEntries(optional.map((name) => [name, undefined]));
}

/** A dataclass: equal by its fields, shown with them. */
export function dataclass(C, fields, optional = []) {
  Object.defineProperty(C, "$fields", { value: fields });
  if (Object.hasOwn(C.prototype, "__init__")) signature(C.prototype.__init__, fields, optional);
  define(C, "__eq__", function equal(other) {
    return other instanceof C && fields.every((name) => eq(this[name], other[name]));
  });
  define(C, "__repr__", function shown() {
    return `${C.name}(${fields.map((name) => `${name}=${repr(this[name])}`).join(", ")})`;
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
  constructor(...items) {
    super();
    this.push(...items);
  }

  /** Array's own methods make plain arrays of it. */
  static get [Symbol.species]() {
    return Array;
  }
}

/** The names of the items of a named tuple. */
export function namedTuple(C, fields) {
  fields.forEach((name, index) => {
    Object.defineProperty(C.prototype, name, { get() { return this[index]; } });
  });
  C.prototype.__init__ = function init() {};
  signature(C.prototype.__init__, fields);
  define(C, "__repr__", function shown() {
    return `${C.name}(${fields.map((name, index) => `${name}=${repr(this[index])}`).join(", ")})`;
  });
}

/** A method as a value: it keeps its object. */
export function bind(o, name) {
  const method = o[name];
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
