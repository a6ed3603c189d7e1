/**
 * The methods of bytes. Those that str has too work on Latin-1 text, where one byte is one character.
 */
import { decode, encode } from "./encodings.js";
import { type_error, value_error } from "./exceptions.js";
import { named, take_keywords } from "./keywords.js";
import { join_bytes } from "./operators.js";
import { joinable, str_methods } from "./str_methods.js";
import { Kw, Tuple, is_bytes, is_int, type_name } from "./values.js";

const to_text = (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
const to_bytes = (text) => encode(text, "latin-1");

/** Arguments and answers between bytes and text. */
function inward(o) {
  if (is_bytes(o)) return to_text(o);
  if (o instanceof Tuple) return Tuple.from(o, inward);
  if (o instanceof Kw) return new Kw(Object.fromEntries(Object.entries(o).map(inward_entry)));
  if (typeof o === "string") throw type_error("a bytes-like object is required, not 'str'");
  return o;
}

const inward_entry = ([name, value]) => [name, inward(value)];

function outward(o) {
  if (typeof o === "string") return to_bytes(o);
  if (o instanceof Tuple) return Tuple.from(o, outward);
  return Array.isArray(o) ? o.map(outward) : o;
}

const through_text = (method) => (bytes, ...args) =>
  outward(method(to_text(bytes), ...args.map(inward)));

/** find and the like also take a single byte as int. */
const searching = (method) => (bytes, wanted, ...args) =>
  through_text(method)(bytes, is_int(wanted) ? Uint8Array.of(Number(wanted)) : wanted, ...args);

function join_with(separator, parts) {
  const all = joinable(parts);
  all.forEach((part, index) => {
    if (is_bytes(part)) return;
    const found = `expected a bytes-like object, ${type_name(part)} found`;
    throw type_error(`sequence item ${index}: ${found}`);
  });
  return join_bytes(all.flatMap((part, index) => (index ? [separator, part] : [part])));
}

/** bytes.hex() and bytes.hex(sep) */
export function hex(bytes, ...args) {
  const { sep = args[0] ?? "" } = take_keywords(args);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(sep);
}

/** bytes.fromhex(text) */
export function fromhex(text) {
  const digits = text.replace(/\s+/g, "");
  const bad = text.search(/[^0-9a-fA-F\s]/);
  if (bad >= 0 || digits.length % 2 === 1) {
    const at = bad >= 0 ? bad : text.length;
    throw value_error(`non-hexadecimal number found in fromhex() arg at position ${at}`);
  }
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

export const bytes_methods = {
  capitalize: through_text(str_methods.capitalize),
  center: through_text(str_methods.center),
  count: through_text(str_methods.count),
  endswith: through_text(str_methods.endswith),
  expandtabs: through_text(str_methods.expandtabs),
  isalnum: through_text(str_methods.isalnum),
  isalpha: through_text(str_methods.isalpha),
  isascii: through_text(str_methods.isascii),
  isdigit: through_text(str_methods.isdigit),
  islower: through_text(str_methods.islower),
  isspace: through_text(str_methods.isspace),
  istitle: through_text(str_methods.istitle),
  isupper: through_text(str_methods.isupper),
  ljust: through_text(str_methods.ljust),
  lower: through_text(str_methods.lower),
  lstrip: through_text(str_methods.lstrip),
  partition: through_text(str_methods.partition),
  removeprefix: through_text(str_methods.removeprefix),
  removesuffix: through_text(str_methods.removesuffix),
  replace: through_text(str_methods.replace),
  rjust: through_text(str_methods.rjust),
  rpartition: through_text(str_methods.rpartition),
  rsplit: through_text(str_methods.rsplit),
  rstrip: through_text(str_methods.rstrip),
  split: through_text(str_methods.split),
  splitlines: through_text(str_methods.splitlines),
  startswith: through_text(str_methods.startswith),
  strip: through_text(str_methods.strip),
  swapcase: through_text(str_methods.swapcase),
  title: through_text(str_methods.title),
  upper: through_text(str_methods.upper),
  zfill: through_text(str_methods.zfill),
  decode: named(["encoding", "errors"], decode, 1),
  find: searching(str_methods.find),
  fromhex: (_, text) => fromhex(text),
  hex,
  index: searching(str_methods.index),
  join: join_with,
  rfind: searching(str_methods.rfind),
  rindex: searching(str_methods.rindex),
};
