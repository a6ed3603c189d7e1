/**
 * Exact conversions between numbers and decimal text, all rounding half to even as CPython does.
 *
 * A float is taken apart into mantissa * 2**exponent and scaled with BigInts, so that the digits asked
 * for are those of the exact binary value. (The engine's toFixed rounds 0.5 up, and its Number(BigInt)
 * is wrong beyond 64 bits; neither is used.)
 */
const view = new DataView(new ArrayBuffer(8));

/** [mantissa as BigInt, power of two] of a finite number's absolute value. */
function take_apart(value) {
  view.setFloat64(0, Math.abs(value));
  const high = view.getUint32(0);
  const fraction = BigInt(high & 0xfffff) * 4294967296n + BigInt(view.getUint32(4));
  const exponent = high >>> 20;
  if (exponent === 0) return [fraction, -1074];
  return [fraction + 4503599627370496n, exponent - 1075];
}

/** numerator / denominator as the nearest BigInt, ties to even; both are not negative. */
export function divide_to_nearest(numerator, denominator) {
  const quotient = numerator / denominator;
  const twice = (numerator - quotient * denominator) * 2n;
  const up = twice > denominator || (twice === denominator && quotient % 2n === 1n);
  return up ? quotient + 1n : quotient;
}

/** The absolute value of a finite number as [numerator, denominator]. */
export function ratio(value) {
  const [mantissa, exponent] = take_apart(value);
  return exponent >= 0
    ? [mantissa << BigInt(exponent), 1n]
    : [mantissa, 1n << BigInt(-exponent)];
}

/** |value| * 10**places as the nearest BigInt. */
function scaled(value, places) {
  const [numerator, denominator] = ratio(value);
  return places >= 0
    ? divide_to_nearest(numerator * 10n ** BigInt(places), denominator)
    : divide_to_nearest(numerator, denominator * 10n ** BigInt(-places));
}

/** |value| with so many decimals: "2.68". */
export function fixed(value, decimals) {
  if (engine_is_exact(value, decimals)) return Math.abs(value).toFixed(decimals);
  const digits = scaled(value, decimals).toString().padStart(decimals + 1, "0");
  if (decimals === 0) return digits;
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** toFixed only rounds ties differently, and a tie is a multiple of 1 / 2**(decimals + 1). */
function engine_is_exact(value, decimals) {
  if (Math.abs(value) >= 1e21 || decimals > 100) return false;
  return Number.isInteger(value) || !Number.isInteger(value * 2 ** (decimals + 1));
}

/** |value| as [digits, exponent]: so many significant digits, the first one counts 10**exponent. */
export function significant(value, count) {
  if (value === 0) return ["0".repeat(count), 0];
  let exponent = Number(Math.abs(value).toExponential().split("e")[1]);
  let digits = scaled(value, count - 1 - exponent).toString();
  if (digits.length > count) {
    exponent += 1;
    digits = scaled(value, count - 1 - exponent).toString();
  }
  return [digits, exponent];
}

/** The float that is nearest to value rounded to so many decimals (which may be negative). */
export function round_decimals(value, decimals) {
  if (decimals > 323) return value;
  const digits = scaled(value, decimals).toString();
  const rounded = Number(`${digits}e${-decimals}`);
  return value < 0 || Object.is(value, -0) ? -rounded : rounded;
}

/** A BigInt as the nearest number, Infinity if it is too large. */
export const big_to_number = (big) => Number(big.toString());

const big_length = (big) => {
  const hex = big.toString(16);
  return (hex.length - 1) * 4 + (32 - Math.clz32(parseInt(hex[0], 16)));
};

/** numerator / denominator (positive BigInts) as the nearest number. */
export function divide_bigs(numerator, denominator) {
  if (numerator === 0n) return 0;
  // 66 bits and a sticky one settle every tie; numbers too small for that take the exact road.
  const shift = 66 - (big_length(numerator) - big_length(denominator));
  if (shift > 1080) return tiny(numerator, denominator);
  const top = shift > 0 ? numerator << BigInt(shift) : numerator;
  const bottom = shift < 0 ? denominator << BigInt(-shift) : denominator;
  let quotient = top / bottom;
  if (quotient * bottom !== top) quotient |= 1n;
  return times_power_of_two(big_to_number(quotient), -shift);
}

/** Quotients below the normal floats: multiples of 2**-1074. */
function tiny(numerator, denominator) {
  return Number(divide_to_nearest(numerator << 1074n, denominator).toString()) * 2 ** -1074;
}

function times_power_of_two(value, exponent) {
  const half = Math.trunc(exponent / 2);
  return value * 2 ** half * 2 ** (exponent - half);
}

/** repr of a float: the shortest digits that lead back to it, "1e+16" and "1e-05" beyond 4 and 16. */
export function float_repr(value) {
  if (!Number.isFinite(value)) return special_text(value);
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  const [mantissa, power] = Math.abs(value).toExponential().split("e");
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 16) return `${sign}${mantissa}e${exponent_text(exponent)}`;
  if (!Number.isInteger(value)) return value.toString();
  return `${sign}${mantissa.replace(".", "").padEnd(exponent + 1, "0")}.0`;
}

/** nan, inf or -inf. */
export function special_text(value) {
  if (Number.isNaN(value)) return "nan";
  return value > 0 ? "inf" : "-inf";
}

/** An exponent with its sign and at least two digits: "+05". */
export const exponent_text = (exponent) =>
  (exponent < 0 ? "-" : "+") + String(Math.abs(exponent)).padStart(2, "0");
