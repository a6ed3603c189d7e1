/**
 * The methods of int and float.
 */
import { ratio } from "./decimals.js";
import { e, value_error } from "./exceptions.js";
import { iter } from "./iteration.js";
import { named } from "./keywords.js";
import { big, neg_numbers, to_number } from "./numbers.js";
import { Tuple, make_int } from "./values.js";

const absolute = (value) => (value < 0 ? -big(value) : big(value));
const bit_length = (value) => (big(value) === 0n ? 0 : absolute(value).toString(2).length);

function int_to_bytes(value, length = 1, byteorder = "big", signed = false) {
  let rest = big(value);
  const size = Number(length);
  if (rest < 0n && !signed) {
    throw new e.OverflowError("can't convert negative int to unsigned");
  }
  const bound = 1n << BigInt(size * 8 - (signed ? 1 : 0));
  if (rest >= bound || rest < -bound) throw new e.OverflowError("int too big to convert");
  if (rest < 0n) rest += 1n << BigInt(size * 8);
  const bytes = new Uint8Array(size);
  for (let index = 0; index < size; index += 1) {
    bytes[byteorder === "little" ? index : size - 1 - index] = Number(rest & 255n);
    rest >>= 8n;
  }
  return bytes;
}

/** int.from_bytes(data, byteorder, signed=...) */
export const from_bytes = named(
  ["bytes", "byteorder", "signed"],
  (data, byteorder = "big", signed = false) => {
    const bytes = Array.from(iter(data));
    if (byteorder === "little") bytes.reverse();
    const value = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
    const negative = signed && bytes.length > 0 && bytes[0] > 127;
    return make_int(negative ? value - (1n << BigInt(bytes.length * 8)) : value);
  },
);

export const int_methods = {
  as_integer_ratio: (value) => Tuple.of(value, 1),
  bit_count: (value) => absolute(value).toString(2).replace(/0/g, "").length,
  bit_length,
  conjugate: (value) => value,
  from_bytes: (_, ...args) => from_bytes(...args),
  to_bytes: named(["length", "byteorder", "signed"], int_to_bytes, 1),
};

function as_integer_ratio(value) {
  const number = to_number(value);
  if (Number.isNaN(number)) throw value_error("cannot convert NaN to integer ratio");
  if (!Number.isFinite(number)) {
    throw new e.OverflowError("cannot convert Infinity to integer ratio");
  }
  let [top, bottom] = ratio(number);
  while (bottom > 1n && top % 2n === 0n) {
    top /= 2n;
    bottom /= 2n;
  }
  const numerator = make_int(top);
  return Tuple.of(number < 0 ? neg_numbers(numerator) : numerator, make_int(bottom));
}

/** The shortest text of a float in base 16, as C's %a. */
function float_hex(value) {
  const number = to_number(value);
  if (!Number.isFinite(number)) return number > 0 ? "inf" : Number.isNaN(number) ? "nan" : "-inf";
  const sign = number < 0 || Object.is(number, -0) ? "-" : "";
  if (number === 0) return `${sign}0x0.0p+0`;
  const [top, bottom] = ratio(number);
  const exponent = Math.max(-1022, top.toString(2).length - bottom.toString(2).length);
  const scaled = (top << 1200n) / bottom >> BigInt(1200 + exponent - 52);
  const lead = scaled >> 52n;
  const digits = (scaled & 0xfffffffffffffn).toString(16).padStart(13, "0");
  return `${sign}0x${lead}.${digits}p${exponent < 0 ? "" : "+"}${exponent}`;
}

export const float_methods = {
  as_integer_ratio,
  conjugate: (value) => value,
  hex: float_hex,
  is_integer: (value) => Number.isInteger(to_number(value)),
};
