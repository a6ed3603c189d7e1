/** `a += b` and its siblings: lists, sets and dicts change in place, everything else is replaced. */
import { Dict, PySet, FrozenSet } from "./dicts.js";
import { to_array } from "./iteration.js";
import {
  add, bitand, bitor, bitxor, div, floordiv, lshift, mod, mul, pow, rshift, sub,
} from "./operators.js";
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

function repeat_in_place(a, b) {
  if (!is_list(a)) return undefined;
  const whole = mul(a, b);
  a.splice(0, a.length, ...whole);
  return a;
}

function update(a, b) {
  if (a instanceof Dict && b instanceof Dict) {
    for (const [key, value] of b.entries()) a.set(key, value);
    return a;
  }
  return with_set(bitor)(a, b);
}

/** A mutable set takes over what the operator gives. */
const with_set = (operator) => (a, b) => {
  if (!is_mutable_set(a)) return undefined;
  const result = to_array(operator(a, b));
  a.clear();
  for (const item of result) a.add(item);
  return a;
};

export const iadd = in_place("__iadd__", extend, add);
export const isub = in_place("__isub__", with_set(sub), sub);
export const imul = in_place("__imul__", repeat_in_place, mul);
export const idiv = in_place("__itruediv__", never, div);
export const ifloordiv = in_place("__ifloordiv__", never, floordiv);
export const imod = in_place("__imod__", never, mod);
export const ipow = in_place("__ipow__", never, pow);
export const ibitand = in_place("__iand__", with_set(bitand), bitand);
export const ibitor = in_place("__ior__", update, bitor);
export const ibitxor = in_place("__ixor__", with_set(bitxor), bitxor);
export const ilshift = in_place("__ilshift__", never, lshift);
export const irshift = in_place("__irshift__", never, rshift);
