/**
 * Everything that compiled code and the other runtime modules use.
 */
export { e } from "./exceptions.js";
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
} from "./values.js";
export { Dict, FrozenSet, PySet } from "./dicts.js";
export { contains, eq, ge, gt, is, le, lt, ne, truthy } from "./compare.js";
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
} from "./operators.js";
export { delete_slice, delitem, getitem, set_slice, setitem, slice } from "./items.js";
export { take_keywords } from "./keywords.js";
export { iter, unpack } from "./iteration.js";
export { repr, str } from "./text.js";
export { format } from "./format.js";
export { attr, call, callkw, make } from "./calls.js";
export { m } from "./methods.js";
export { b, isinstance, issubclass } from "./builtins.js";
export { from_js, from_json, to_js, to_json } from "./json.js";
export { lib } from "./library.js";
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
} from "./classes.js";
export * from "./inplace.js";
