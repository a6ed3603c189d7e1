/**
 * `m.NAME(o, ...args)`: a method call by name. What class has which method is known here.
 */
import { bytes_methods } from "./bytes_methods.js";
import { attr, provide_methods } from "./calls.js";
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
import { type_name } from "./values.js";

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

function dispatcher(name) {
  return (o, ...args) => {
    const method = typeof o === "string" ? METHODS.str[name] : method_of(o, name);
    if (method !== undefined) return method(o, ...args);
    if (typeof o?.[name] === "function" && METHODS[type_name(o)] === undefined) {
      return o[name](...args);
    }
    return attr(o, name)(...args);
  };
}

/** Every method by name. */
export const m = {};

for (const methods of Object.values(METHODS)) {
  for (const name of Object.keys(methods)) m[name] ??= dispatcher(name);
}

provide_methods((o, name) => {
  const method = method_of(o, name);
  return method === undefined ? undefined : (...args) => method(o, ...args);
});
