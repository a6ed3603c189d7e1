/**
 * Python's meaning for compiled code: what its operators, builtins, methods and modules do.
 * The parts are in `python/`; compiled scripts import this file only, as `py`.
 */
export { e } from "./python/exceptions.js";
export {
  Float,
  Kw,
  PyIterator,
  Tuple,
  is_bytes,
  is_class,
  is_float,
  is_int,
  is_list,
  is_number,
  type_name,
} from "./python/values.js";
export { Dict, FrozenSet, PySet } from "./python/dicts.js";
export { contains, eq, ge, gt, is, le, lt, ne, truthy } from "./python/compare.js";
export {
  add,
  bitand,
  bitor,
  bitxor,
  div,
  floordiv,
  invert,
  lshift,
  mod,
  mul,
  neg,
  pos,
  pow,
  rshift,
  sub,
} from "./python/operators.js";
export { delete_slice, delitem, getitem, set_slice, setitem, slice } from "./python/items.js";
export { iter, unpack } from "./python/iteration.js";
export { repr, str } from "./python/text.js";
export { format } from "./python/format.js";
export { attr, call, callkw, make } from "./python/calls.js";
export { m } from "./python/methods.js";
export { b, isinstance, issubclass } from "./python/builtins.js";
export { from_js, from_json, to_js, to_json } from "./python/json.js";
export { lib } from "./python/library.js";
export {
  NamedTuple,
  attributes,
  bind,
  dataclass,
  namedTuple,
  raised,
  replace,
  signature,
  type_of,
} from "./python/classes.js";
export * from "./python/inplace.js";
