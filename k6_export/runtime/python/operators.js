/**
 * The binary and unary operators: which kinds of operands they take, and the TypeErrors of the others.
 */
import { Dict, FrozenSet, PySet, as_set, is_set } from "./dicts.js";
import { type_error } from "./exceptions.js";
import {
  add_numbers,
  bitand_numbers,
  bitor_numbers,
  bitxor_numbers,
  div_numbers,
  floordiv_numbers,
  lshift_numbers,
  mod_numbers,
  mul_numbers,
  neg_numbers,
  pos_numbers,
  pow_numbers,
  rshift_numbers,
  sub_numbers,
} from "./numbers.js";
import { printf } from "./printf.js";
import { Tuple, is_bytes, is_int, is_list, is_number, special, type_name } from "./values.js";

/** The operator's own methods of user classes, then the TypeError. */
function fallback(sign, name, a, b) {
  if (special(a, `__${name}__`)) return a[`__${name}__`](b);
  if (special(b, `__r${name}__`)) return b[`__r${name}__`](a);
  throw unsupported(sign, a, b);
}

function unsupported(sign, a, b) {
  const names = `'${type_name(a)}' and '${type_name(b)}'`;
  return type_error(`unsupported operand type(s) for ${sign}: ${names}`);
}

/** a + b */
export function add(a, b) {
  if (typeof a === "number" && typeof b === "number") {
    const sum = a + b;
    if (Number.isSafeInteger(sum) && Number.isInteger(a) && Number.isInteger(b)) return sum;
    return add_numbers(a, b);
  }
  if (typeof a === "string" && typeof b === "string") return a + b;
  if (is_number(a) && is_number(b)) return add_numbers(a, b);
  if (typeof a === "string" || Array.isArray(a) || is_bytes(a)) return concatenate(a, b);
  return fallback("+", "add", a, b);
}

function concatenate(a, b) {
  if (special(b, "__radd__")) return b.__radd__(a);
  if (is_bytes(a) && is_bytes(b)) return join_bytes([a, b]);
  if (is_list(a) && is_list(b)) return [...a, ...b];
  if (a instanceof Tuple && b instanceof Tuple) return Tuple.from([...a, ...b]);
  const [left, right] = [type_name(a), type_name(b)];
  if (left === "bytes") throw type_error(`can't concat ${right} to bytes`);
  throw type_error(`can only concatenate ${left} (not "${right}") to ${left}`);
}

/** One Uint8Array of several. */
export function join_bytes(parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let end = 0;
  for (const part of parts) {
    whole.set(part, end);
    end += part.length;
  }
  return whole;
}

/** a - b */
export function sub(a, b) {
  if (typeof a === "number" && typeof b === "number") {
    const difference = a - b;
    if (Number.isSafeInteger(difference) && Number.isInteger(a) && Number.isInteger(b)) {
      return difference;
    }
    return sub_numbers(a, b);
  }
  if (is_number(a) && is_number(b)) return sub_numbers(a, b);
  return set_operation(a, b, difference) ?? fallback("-", "sub", a, b);
}

/** a * b */
export function mul(a, b) {
  if (is_number(a) && is_number(b)) return mul_numbers(a, b);
  if (is_sequence(a) && !special(b, "__rmul__")) return repeat(a, b);
  if (is_sequence(b) && !special(a, "__mul__")) return repeat(b, a);
  return fallback("*", "mul", a, b);
}

const is_sequence = (o) => typeof o === "string" || Array.isArray(o) || is_bytes(o);

function repeat(sequence, count) {
  if (!is_int(count)) {
    throw type_error(`can't multiply sequence by non-int of type '${type_name(count)}'`);
  }
  const times = Math.max(0, Number(count));
  if (typeof sequence === "string") return sequence.repeat(times);
  const copies = Array.from({ length: times }, () => sequence);
  if (is_bytes(sequence)) return join_bytes(copies);
  return sequence instanceof Tuple ? Tuple.from(copies.flatMap(plain)) : copies.flatMap(plain);
}

/** A tuple as an array: flatMap flattens both, but keeps the class of neither. */
const plain = (sequence) => Array.from(sequence);

/** An operator that only numbers (or, for `check`, ints) have. */
function numeric(sign, name, apply, check = is_number) {
  return (a, b) => (check(a) && check(b) ? apply(a, b) : fallback(sign, name, a, b));
}

export const div = numeric("/", "truediv", div_numbers);
export const floordiv = numeric("//", "floordiv", floordiv_numbers);
export const pow = numeric("** or pow()", "pow", pow_numbers);
export const lshift = numeric("<<", "lshift", lshift_numbers, is_int);
export const rshift = numeric(">>", "rshift", rshift_numbers, is_int);

/** a % b: the remainder, or a string with its %s filled in */
export function mod(a, b) {
  if (is_number(a) && is_number(b)) return mod_numbers(a, b);
  return typeof a === "string" ? printf(a, b) : fallback("%", "mod", a, b);
}

/** &, | and ^: of two bools a bool, of ints, of sets; `|` of dicts too. */
function bitwise(sign, name, of_ints, of_sets) {
  return (a, b) => {
    if (typeof a === "boolean" && typeof b === "boolean") return of_ints(a, b) === 1;
    if (is_int(a) && is_int(b)) return of_ints(a, b);
    if (sign === "|" && a instanceof Dict && b instanceof Dict) return merged(a, b);
    return set_operation(a, b, of_sets) ?? fallback(sign, name, a, b);
  };
}

const merged = (a, b) => new Dict([...a.pairs(), ...b.pairs()]);

/** The result has the left set's class; keys() and items() count as sets. Undefined: no sets. */
function set_operation(a, b, apply) {
  if (!is_set(a) || !is_set(b)) return undefined;
  return new (a instanceof FrozenSet ? FrozenSet : PySet)(apply(as_set(a), as_set(b)));
}

const difference = (a, b) => [...a].filter((element) => !b.has(element));
const intersection = (a, b) => [...a].filter((element) => b.has(element));
const union = (a, b) => [...a, ...b];
const either = (a, b) => [...difference(a, b), ...difference(b, a)];
/** What the methods of sets share with the operators. */
export const set_algebra = { difference, intersection, union, symmetric_difference: either };

export const bitand = bitwise("&", "and", bitand_numbers, intersection);
export const bitor = bitwise("|", "or", bitor_numbers, union);
export const bitxor = bitwise("^", "xor", bitxor_numbers, either);

/** A sign before its operand. */
function unary(sign, name, apply, check = is_number) {
  return (o) => {
    if (check(o)) return apply(o);
    if (special(o, name)) return o[name]();
    throw type_error(`bad operand type for unary ${sign}: '${type_name(o)}'`);
  };
}

export const neg = unary("-", "__neg__", neg_numbers);
export const pos = unary("+", "__pos__", pos_numbers);
export const invert = unary("~", "__invert__", (o) => sub_numbers(-1, o), is_int);
