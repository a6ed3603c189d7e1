/** `a += b` and its siblings: lists, sets and dicts change in place, everything else is replaced. */
import { Dict, PySet, FrozenSet } from "./dicts.js";
import { to_array } from "./iteration.js";
import * as operators from "./operators.js";
import { is_list, special } from "./values.js";

/** The method that changes `a` itself, where its kind has one; then the plain operator. */
function in_place(name, change, plain) {
  return (a, b) => {
    if (special(a, name)) return a[name](b);
    const changed = change(a, b);
    return changed === undefined ? plain(a, b) : changed;
  };
}

const never = () => undefined;
const is_mutable_set = (o) => o instanceof PySet && !(o instanceof FrozenSet);

function extend(a, b) {
  if (!is_list(a)) return undefined;
  a.push(...to_array(b));
  return a;
}

function repeat(a, b) {
  if (!is_list(a)) return undefined;
  const whole = operators.mul(a, b);
  a.splice(0, a.length, ...whole);
  return a;
}

function update(a, b) {
  if (a instanceof Dict && b instanceof Dict) {
    for (const [key, value] of b.entries()) a.set(key, value);
    return a;
  }
  return with_set(operators.bitor)(a, b);
}

/** A mutable set takes over what the operator gives. */
const with_set = (operator) => (a, b) => {
  if (!is_mutable_set(a)) return undefined;
  const result = to_array(operator(a, b));
  a.clear();
  for (const item of result) a.add(item);
  return a;
};

export const iadd = in_place("__iadd__", extend, operators.add);
export const isub = in_place("__isub__", with_set(operators.sub), operators.sub);
export const imul = in_place("__imul__", repeat, operators.mul);
export const idiv = in_place("__itruediv__", never, operators.div);
export const ifloordiv = in_place("__ifloordiv__", never, operators.floordiv);
export const imod = in_place("__imod__", never, operators.mod);
export const ipow = in_place("__ipow__", never, operators.pow);
export const ibitand = in_place("__iand__", with_set(operators.bitand), operators.bitand);
export const ibitor = in_place("__ior__", update, operators.bitor);
export const ibitxor = in_place("__ixor__", with_set(operators.bitxor), operators.bitxor);
export const ilshift = in_place("__ilshift__", never, operators.lshift);
export const irshift = in_place("__irshift__", never, operators.rshift);
