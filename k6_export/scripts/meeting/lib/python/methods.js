/**
 * `m.NAME(o, ...args)`: a method call by name. What class has which method is known here.
 */
import { bytes_methods } from "./bytes_methods.js";
import { attr, callkw, provide_methods } from "./calls.js";
import {
  dict_methods,
  frozenset_methods,
  list_methods,
  range_methods,
  set_methods,
  tuple_methods,
  view_methods,
} from "./container_methods.js";
import { float_methods, int_methods } from "./number_methods.js";
import { str_methods } from "./str_methods.js";
import { Kw, type_name } from "./values.js";

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
export const m = {};

for (const methods of [...Object.values(METHODS), { from_bytes: null }]) {
  for (const name of Object.keys(methods)) m[name] ??= dispatcher(name);
}

provide_methods((o, name) => {
  if (o.$builtin) return o[name] ?? METHODS[o.python_name]?.[name];
  const method = method_of(o, name);
  return method === undefined ? undefined : (...args) => method(o, ...args);
});
