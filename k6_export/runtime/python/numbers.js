/**
 * Arithmetic of ints and floats. Every function takes numbers only (`is_number`) and answers a Python
 * value: an int that fits is a number, a larger one a BigInt, an integral float a `Float`.
 */
import { big_to_number, divide_bigs, ratio } from "./decimals.js";
import { e, type_error } from "./exceptions.js";
import { Float, is_int, make_float, make_int, type_name } from "./values.js";

/** An int as BigInt; bools too. */
export const big = (o) => (typeof o === "bigint" ? o : BigInt(o));

/** The JS number of any Python number; an OverflowError if an int is too large for a float. */
export function to_number(o) {
  if (typeof o === "number") return o;
  if (typeof o !== "bigint") return o instanceof Float ? o.value : Number(o);
  const value = big_to_number(o);
  if (!Number.isFinite(value)) throw new e.OverflowError("int too large to convert to float");
  return value;
}

/** An int as a JS number (for indices and counts), or a TypeError with the text that is computed. */
export function to_index(o, text) {
  if (typeof o === "number" && Number.isInteger(o)) return o;
  if (typeof o === "boolean") return Number(o);
  if (typeof o === "bigint") return big_to_number(o);
  throw type_error(text?.() ?? `'${type_name(o)}' object cannot be interpreted as an integer`);
}

const is_small = (o) => typeof o === "number" && Number.isInteger(o);
const unbool = (o) => (typeof o === "boolean" ? Number(o) : o);

/** A binary operation from its exact form on numbers and its forms on BigInts and floats. */
function operation(on_small, on_big, on_float) {
  return (left, right) => {
    const a = unbool(left);
    const b = unbool(right);
    if (is_small(a) && is_small(b)) {
      const result = on_small(a, b);
      if (Number.isSafeInteger(result)) return result + 0;
      return make_int(on_big(BigInt(a), BigInt(b)));
    }
    if (is_int(a) && is_int(b)) return make_int(on_big(big(a), big(b)));
    return make_float(on_float(to_number(a), to_number(b)));
  };
}

export const add_numbers = operation(
  (a, b) => a + b,
  (a, b) => a + b,
  (a, b) => a + b,
);
export const sub_numbers = operation(
  (a, b) => a - b,
  (a, b) => a - b,
  (a, b) => a - b,
);
export const mul_numbers = operation(
  (a, b) => a * b,
  (a, b) => a * b,
  float_product,
);

const is_negative = (value) => value < 0 || Object.is(value, -0);

/** k6's engine loses the sign of 0 * -5. */
function float_product(a, b) {
  const product = a * b;
  if (product !== 0) return product;
  return is_negative(a) === is_negative(b) ? 0 : -0;
}

/** Remainder and quotient of ints, the quotient rounded down. `%` of safe integers is exact. */
function small_divmod(a, b) {
  let remainder = a % b;
  let quotient = (a - remainder) / b;
  if (remainder !== 0 && remainder < 0 !== b < 0) {
    quotient -= 1;
    remainder += b;
  }
  return [quotient + 0, remainder + 0];
}

function big_divmod(a, b) {
  const remainder = a % b;
  const quotient = a / b;
  if (remainder !== 0n && remainder < 0n !== b < 0n) return [quotient - 1n, remainder + b];
  return [quotient, remainder];
}

/** As CPython's float_divmod: the remainder has the divisor's sign. */
function float_divmod(a, b) {
  let remainder = a % b;
  let quotient = (a - remainder) / b;
  if (remainder === 0) remainder = is_negative(b) ? -0 : 0;
  else if (remainder < 0 !== b < 0) {
    remainder += b;
    quotient -= 1;
  }
  if (quotient === 0) return [is_negative(a / b) ? -0 : 0, remainder];
  const floor = Math.floor(quotient);
  return [quotient - floor > 0.5 ? floor + 1 : floor, remainder];
}

function refuse_zero(divisor, left, of_ints, of_floats) {
  if (typeof divisor === "bigint" || to_number(divisor) !== 0) return;
  throw new e.ZeroDivisionError(is_int(divisor) && is_int(left) ? of_ints : of_floats);
}

const quotient_of = operation(
  (a, b) => small_divmod(a, b)[0],
  (a, b) => big_divmod(a, b)[0],
  (a, b) => float_divmod(a, b)[0],
);
const remainder_of = operation(
  (a, b) => small_divmod(a, b)[1],
  (a, b) => big_divmod(a, b)[1],
  (a, b) => float_divmod(a, b)[1],
);

export function floordiv_numbers(a, b) {
  refuse_zero(b, a, "integer division or modulo by zero", "float floor division by zero");
  return quotient_of(a, b);
}

export function mod_numbers(a, b) {
  refuse_zero(b, a, "integer modulo by zero", "float modulo");
  return remainder_of(a, b);
}

/** The pair of `divmod`, as a JS array. */
export function divmod(a, b) {
  refuse_zero(b, a, "integer division or modulo by zero", "float divmod()");
  return [quotient_of(a, b), remainder_of(a, b)];
}

export function div_numbers(left, right) {
  const a = unbool(left);
  const b = unbool(right);
  refuse_zero(b, a, "division by zero", "float division by zero");
  if (typeof a !== "bigint" && typeof b !== "bigint") {
    return make_float(to_number(a) / to_number(b));
  }
  if (!is_int(a) || !is_int(b)) return make_float(to_number(a) / to_number(b));
  return big_true_division(big(a), big(b));
}

function big_true_division(a, b) {
  const value = divide_bigs(a < 0n ? -a : a, b < 0n ? -b : b);
  if (value === Infinity) {
    throw new e.OverflowError("integer division result too large for a float");
  }
  return make_float(a < 0n !== b < 0n ? -value : value);
}

export function pow_numbers(left, right) {
  const a = unbool(left);
  const b = unbool(right);
  if (!is_int(a) || !is_int(b)) return float_pow(to_number(a), to_number(b));
  if (b >= 0) return int_pow(a, b);
  if (to_number(a) === 0) {
    throw new e.ZeroDivisionError("0.0 cannot be raised to a negative power");
  }
  return float_pow(to_number(a), to_number(b));
}

function int_pow(a, b) {
  if (typeof b === "bigint" && !(a === 0 || a === 1 || a === -1)) throw new e.MemoryError();
  return make_int(big(a) ** big(b));
}

/** Python's rules for what has no real answer, then the nearest float. */
function float_pow(a, b) {
  if (a === 1 || b === 0) return new Float(1);
  if (a === 0 && b < 0) {
    throw new e.ZeroDivisionError("0.0 cannot be raised to a negative power");
  }
  if (a < 0 && Number.isFinite(a) && Number.isFinite(b) && !Number.isInteger(b)) {
    throw new e.ValueError("a negative number to a fractional power is complex"); // no complex here
  }
  if (a === -1 && !Number.isFinite(b) && !Number.isNaN(b)) return new Float(1);
  const value = Number.isInteger(b) && Math.abs(b) <= 400 ? exact_pow(a, b) : Math.pow(a, b);
  if (Math.abs(value) === Infinity && Number.isFinite(a) && Number.isFinite(b)) {
    throw new e.OverflowError(34, "Numerical result out of range");
  }
  return make_float(value);
}

/** A whole power, correctly rounded: the engine's own may be off in the last digit. */
function exact_pow(a, b) {
  if (!Number.isFinite(a) || a === 0) return Math.pow(a, b);
  const power = BigInt(Math.abs(b));
  const [top, bottom] = ratio(a).map((part) => part ** power);
  const value = b > 0 ? divide_bigs(top, bottom) : divide_bigs(bottom, top);
  return a < 0 && b % 2 !== 0 ? -value : value;
}

export function neg_numbers(o) {
  if (is_small(o)) return 0 - o;
  return is_int(o) ? make_int(-big(o)) : make_float(-to_number(o));
}

export const pos_numbers = (o) => unbool(o);

export function abs(o) {
  if (is_int(o)) return o < 0 ? neg_numbers(o) : unbool(o);
  return make_float(Math.abs(to_number(o)));
}

const bits = (apply) => (a, b) => make_int(apply(big(a), big(b)));
/** Bitwise operations on ints. Two bools give a bool for &, | and ^; that is the operators' matter. */
export const bitand_numbers = bits((a, b) => a & b);
export const bitor_numbers = bits((a, b) => a | b);
export const bitxor_numbers = bits((a, b) => a ^ b);

const shift = (apply) => (a, b) => {
  if (b < 0) throw new e.ValueError("negative shift count");
  return make_int(apply(big(a), big(b)));
};
export const lshift_numbers = shift((a, b) => a << b);
export const rshift_numbers = shift((a, b) => a >> b);

/** -1, 0 or 1, or NaN if there is no order. Ints compare with floats exactly. */
export function order(left, right) {
  const a = left instanceof Float ? left.value : unbool(left);
  const b = right instanceof Float ? right.value : unbool(right);
  if (typeof a === typeof b) return compare(a, b);
  const other = typeof a === "bigint" ? b : a;
  if (!Number.isFinite(other)) return compare(Number(a), Number(b));
  // One is a BigInt: against a fraction only the whole part can decide, since the BigInt is beyond 2**53.
  const whole = (o) => (typeof o === "bigint" ? o : BigInt(Math.trunc(o)));
  return compare(whole(a), whole(b));
}

function compare(a, b) {
  if (a === b) return 0;
  if (a < b) return -1;
  return a > b ? 1 : NaN;
}
