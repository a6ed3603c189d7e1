/**
 * Calls, attributes and classes.
 *
 * A compiled function carries `$params`, the names of its parameters in order, and `$defaults`. A
 * function that is written in JavaScript carries neither: it gets keyword arguments as one `Kw`.
 */
import { Dict, FrozenSet, PySet } from "./dicts.js";
import { e, type_error } from "./exceptions.js";
import { Float, Kw, Tuple, class_name, is_bytes, is_class, type_name } from "./values.js";

/** An instance: `C(...args)` in Python. */
export function make(C, ...args) {
  const o = new C(...args);
  o.__init__?.(...args);
  return o;
}

/** f(...args), where f may be a class, a builtin type or a function. */
export function call(f, first) {
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
export function callkw(f, self, args, kw) {
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
export function find_attribute(o, name) {
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
export function provide_methods(find) {
  methods_of_builtins = find;
}

function bound(method, o) {
  const result = method.bind(o);
  if (method.$params) Object.assign(result, { $params: method.$params, $defaults: method.$defaults });
  Object.defineProperty(result, "name", { value: method.name });
  return result;
}

/** o.name, or an AttributeError */
export function attr(o, name) {
  const value = find_attribute(o, name);
  if (value !== undefined) return value;
  if (is_class(o)) {
    throw new e.AttributeError(`type object '${class_name(o)}' has no attribute '${name}'`);
  }
  throw new e.AttributeError(`'${type_name(o)}' object has no attribute '${name}'`);
}
