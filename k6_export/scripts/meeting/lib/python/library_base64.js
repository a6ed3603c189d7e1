/**
 * base64 and binascii.
 */
import { encode } from "./encodings.js";
import { e, type_error, value_error } from "./exceptions.js";
import { fromhex, hex } from "./bytes_methods.js";
import { is_bytes, type_name } from "./values.js";

const STANDARD = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const URL_SAFE = `${STANDARD.slice(0, 62)}-_`;

/** binascii.Error */
class Base64Error extends e.ValueError {
  static python_name = "Error";
}

function must_be_bytes(data) {
  if (is_bytes(data)) return data;
  throw type_error(`a bytes-like object is required, not '${type_name(data)}'`);
}

/** The encoder for an alphabet. */
const encoder = (alphabet) => (data) => {
  const bytes = must_be_bytes(data);
  const text = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const group = (bytes[at] << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const known = Math.min(3, bytes.length - at);
    for (let digit = 0; digit < 4; digit += 1) {
      text.push(digit > known ? "=" : alphabet[(group >> (18 - 6 * digit)) & 63]);
    }
  }
  return encode(text.join(""), "ascii");
};

/** Text or bytes as ASCII text. */
function ascii_text(data) {
  if (typeof data !== "string") return String.fromCharCode(...must_be_bytes(data));
  if (/^[\0-\x7f]*$/.test(data)) return data;
  throw value_error("string argument should contain only ASCII characters");
}

/** The decoder for an alphabet: signs outside it are skipped, as CPython does by default. */
const decoder = (alphabet) => (data) => {
  const text = ascii_text(data);
  const digits = Array.from(text, (sign) => alphabet.indexOf(sign)).filter((digit) => digit >= 0);
  const padding = (text.match(/=/g) ?? []).length;
  const left = digits.length % 4;
  if (left === 1) throw new Base64Error(one_too_many(digits.length));
  if (left > 0 && left + padding < 4) throw new Base64Error("Incorrect padding");
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4));
  bytes.forEach((_, index) => {
    const first = Math.floor((index * 4) / 3);
    const shift = 2 * ((index % 3) + 1);
    bytes[index] = (digits[first] << shift) | (digits[first + 1] >> (6 - shift));
  });
  return bytes;
};

const one_too_many = (count) =>
  "Invalid base64-encoded string: number of data characters " +
  `(${count}) cannot be 1 more than a multiple of 4`;

/** The modules base64 and binascii. */
export const base64_module = {
  "base64.b64decode": decoder(STANDARD),
  "base64.b64encode": encoder(STANDARD),
  "base64.standard_b64decode": decoder(STANDARD),
  "base64.standard_b64encode": encoder(STANDARD),
  "base64.urlsafe_b64decode": decoder(URL_SAFE),
  "base64.urlsafe_b64encode": encoder(URL_SAFE),
  "binascii.Error": Base64Error,
  "binascii.hexlify": (data) => encode(hex(must_be_bytes(data)), "ascii"),
  "binascii.unhexlify": (data) => fromhex(ascii_text(data)),
};
