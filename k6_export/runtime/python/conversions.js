/**
 * int(), float(), round() and the texts of numbers in other bases.
 */
import { round_decimals } from "./decimals.js";
import { decode } from "./encodings.js";
import { e, type_error, value_error } from "./exceptions.js";
import { big, divmod, mul_numbers, neg_numbers, pow_numbers, sub_numbers, to_index, to_number } from "./numbers.js";
import { repr } from "./text.js";
import { decimal_value, is_decimal, WHITESPACE } from "./unicode.js";
import {
  is_bytes,
  is_float,
  is_int,
  is_number,
  make_float,
  make_int,
  special,
  type_name,
} from "./values.js";

const EDGES = new RegExp(`^[${WHITESPACE}]+|[${WHITESPACE}]+$`, "g");

/** Text as ASCII digits, without white space at its ends. */
function tidy(text) {
  const trimmed = text.replace(EDGES, "");
  if (/^[\0-\x7f]*$/.test(trimmed)) return trimmed;
  return Array.from(trimmed, (c) => (is_decimal(c) ? String(decimal_value(c)) : c)).join("");
}

/** int(x) and int(text, base) */
export function to_int(o = 0, base = undefined) {
  if (typeof o === "string" || is_bytes(o)) return int_of_text(o, base ?? 10);
  if (base !== undefined) throw type_error("int() can't convert non-string with explicit base");
  if (is_int(o)) return typeof o === "boolean" ? Number(o) : o;
  if (is_float(o)) return truncated(to_number(o));
  if (special(o, "__int__")) return o.__int__();
  throw type_error(
    `int() argument must be a string, a bytes-like object or a real number, not '${type_name(o)}'`,
  );
}

/** A float without its fraction, as int. */
export function truncated(number) {
  if (Number.isNaN(number)) throw value_error("cannot convert float NaN to integer");
  if (!Number.isFinite(number)) {
    throw new e.OverflowError("cannot convert float infinity to integer");
  }
  return make_int(BigInt(Math.trunc(number)));
}

const PREFIXES = { 2: "b", 8: "o", 16: "x" };

function int_of_text(source, base) {
  const text = is_bytes(source) ? decode(source, "latin-1") : source;
  if (base !== 0 && (base < 2 || base > 36)) {
    throw value_error("int() base must be >= 2 and <= 36, or 0");
  }
  const value = parse_int(tidy(text), Number(base));
  if (value !== undefined) return value;
  throw value_error(`invalid literal for int() with base ${base}: ${repr(source)}`);
}

/** The int, or undefined. */
function parse_int(text, wanted) {
  const [, sign, prefix, rest] = /^([+-]?)(0[xXoObB](?=.))?([\s\S]*)$/.exec(text);
  const [base, digits] = base_and_digits(prefix, rest, wanted);
  if (!/^_?[0-9a-z]+(?:_[0-9a-z]+)*$/i.test(digits) || (digits[0] === "_" && !prefix)) {
    return undefined;
  }
  const plain = digits.replaceAll("_", "").toLowerCase();
  if (wanted === 0 && !prefix && /^0+[1-9]/.test(plain)) return undefined;
  const value = value_of_digits(plain, base);
  return value === undefined ? undefined : make_int(sign === "-" ? -value : value);
}

/** A prefix counts if it says the base that is wanted, or if 0 leaves the choice to it. */
function base_and_digits(prefix, rest, wanted) {
  if (!prefix) return [wanted || 10, rest];
  const letter = prefix[1].toLowerCase();
  const named = Number(Object.keys(PREFIXES).find((base) => PREFIXES[base] === letter));
  return wanted === 0 || wanted === named ? [named, rest] : [wanted, prefix + rest];
}

function value_of_digits(digits, base) {
  const values = Array.from(digits, (digit) => parseInt(digit, 36));
  if (values.some((value) => value >= base)) return undefined;
  if (base === 10) return BigInt(digits);
  return values.reduce((sum, value) => sum * BigInt(base) + BigInt(value), 0n);
}

const FLOAT_TEXT = /^[+-]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+(?:_\d+)*)?$/i;
const FLOAT_WORD = /^([+-]?)(inf|infinity|nan)$/i;

/** float(x) */
export function to_float(o = 0) {
  if (typeof o === "string" || is_bytes(o)) return float_of_text(o);
  if (is_number(o)) return make_float(to_number(o));
  if (special(o, "__float__")) return o.__float__();
  throw type_error(
    `float() argument must be a string or a real number, not '${type_name(o)}'`,
  );
}

function float_of_text(source) {
  const text = tidy(is_bytes(source) ? decode(source, "latin-1") : source);
  if (FLOAT_TEXT.test(text)) return make_float(Number(text.replaceAll("_", "")));
  const word = FLOAT_WORD.exec(text);
  if (!word) throw value_error(`could not convert string to float: ${repr(source)}`);
  if (/nan/i.test(word[2])) return NaN;
  return word[1] === "-" ? -Infinity : Infinity;
}

/** round(x) is an int, round(x, digits) of x's own type; ties go to the even neighbour. */
export function round(o, digits = null) {
  if (special(o, "__round__")) return digits === null ? o.__round__() : o.__round__(digits);
  if (!is_number(o)) {
    throw type_error(`type ${type_name(o)} doesn't define __round__ method`);
  }
  if (digits !== null) return round_to(o, to_index(digits));
  return is_int(o) ? to_int(o) : whole(to_number(o));
}

function whole(number) {
  if (!Number.isFinite(number)) return truncated(number);
  const floor = Math.floor(number);
  const fraction = number - floor;
  const up = fraction > 0.5 || (fraction === 0.5 && floor % 2 !== 0);
  return truncated(up ? floor + 1 : floor);
}

function round_to(o, digits) {
  if (is_int(o)) return digits >= 0 ? to_int(o) : round_int(to_int(o), -digits);
  const number = to_number(o);
  const exact = !Number.isFinite(number) || number === 0;
  return make_float(exact ? number : round_decimals(number, digits));
}

/** An int rounded to a multiple of 10**places. */
function round_int(value, places) {
  const unit = pow_numbers(10, places);
  const [quotient, remainder] = divmod(value, unit);
  const twice = big(remainder) * 2n;
  const up = twice > big(unit) || (twice === big(unit) && big(quotient) % 2n !== 0n);
  return mul_numbers(up ? sub_numbers(quotient, -1) : quotient, unit);
}

/** hex, oct and bin. */
export function based_text(prefix, base) {
  return (o) => {
    if (!is_int(o)) to_index(o);
    const digits = (o < 0 ? big(neg_numbers(o)) : big(o)).toString(base);
    return `${o < 0 ? "-" : ""}${prefix}${digits}`;
  };
}
