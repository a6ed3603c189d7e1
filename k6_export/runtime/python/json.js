/**
 * JSON, both ways: `to_json` and `from_json` for the wire, `dumps` and `loads` as Python's json module,
 * `from_js` and `to_js` between Python values and plain JS ones.
 */
import { float_repr } from "./decimals.js";
import { Dict } from "./dicts.js";
import { decode } from "./encodings.js";
import { e, type_error, value_error } from "./exceptions.js";
import { parse_json } from "./json_parser.js";
import { take_keywords } from "./keywords.js";
import { sorted_array } from "./sorting.js";
import { str } from "./text.js";
import { Float, is_bytes, is_float, is_int, type_name } from "./values.js";

/** A number with a fraction, an exponent or more than 15 digits: how it begins, and the whole of it. */
const LONG_BEGIN = /[[:,\s]-?\d+(?:\.\d|[eE][-+\d]|\d{15})/;
const LONG_NUMBER = /[[:,\s]-?\d+(?:\.\d+(?:[eE][-+]?\d+)?|[eE][-+]?\d+|\d{15})\s*[,\]}]/;
const NUMERIC_KEY = /\d"\s*:/;
const SURROGATE = /\\u[dD][89a-fA-F]/;

/**
 * Whether the engine's own JSON.parse would lose something: floats, large ints, the order of keys that
 * look like indices, half surrogate pairs. Cheap questions come first; a wrong yes only costs time.
 */
function loses(text) {
  return (
    (LONG_BEGIN.test(text) && LONG_NUMBER.test(text)) ||
    NUMERIC_KEY.test(text) ||
    (text[0] !== "{" && text[0] !== "[" && /^\s*[-\d]/.test(text)) ||
    text.includes('"__proto__"') ||
    (text.includes("\\u") && SURROGATE.test(text))
  );
}

/** Python values of JSON text: 1.0 is a float, large ints are exact, the order of keys is kept. */
export function from_json(source) {
  const text = is_bytes(source) ? decode(source) : source;
  if (loses(text)) return parse_json(text);
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return parse_json(text); // which says what is wrong, as Python does
  }
  return from_js(value);
}

/** json.loads */
function loads(source) {
  if (typeof source === "string" || is_bytes(source)) return from_json(source);
  const expected = "the JSON object must be str, bytes or bytearray";
  throw type_error(`${expected}, not ${type_name(source)}`);
}

/** The Python value of a plain JS value; integral numbers are ints. */
export function from_js(value) {
  switch (typeof value) {
    case "object":
      return from_object(value);
    case "number":
      return Number.isSafeInteger(value) || !Number.isInteger(value) ? value + 0 : new Float(value);
    case "undefined":
      return null;
    default:
      return value;
  }
}

function from_object(value) {
  if (value === null) return value;
  if (value.constructor === Object) return dict_of(value);
  if (Array.isArray(value)) return value.map(from_js);
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  return value.constructor === Object || value.constructor === undefined ? dict_of(value) : value;
}

function dict_of(object) {
  const dict = new Dict();
  const keys = Object.keys(object);
  for (let at = 0; at < keys.length; at += 1) dict.add(keys[at], from_js(object[keys[at]]));
  return dict;
}

/** The plain JS value of a Python value: for k6's own functions. */
export function to_js(o) {
  if (o instanceof Float) return o.value;
  if (Array.isArray(o)) return Array.from(o, to_js);
  if (!(o instanceof Dict)) return typeof o === "bigint" ? Number(o.toString()) : o;
  return Object.fromEntries(Array.from(o.entries(), ([key, value]) => [str(key), to_js(value)]));
}

/** Compact JSON, as orjson writes it: UTF-8, no spaces, keys must be str. */
export function to_json(o) {
  if (typeof o === "string") return JSON.stringify(o);
  if (typeof o === "boolean") return o ? "true" : "false";
  if (o === null || o === undefined) return "null";
  if (o instanceof Dict) return wire_dict(o);
  if (Array.isArray(o)) return wire_list(o);
  if (is_int(o)) return wire_int(o);
  if (is_float(o)) return wire_float(o);
  throw type_error(`Type is not JSON serializable: ${type_name(o)}`);
}

function wire_int(o) {
  if (typeof o === "bigint" && (o >= 1n << 64n || o < -(1n << 63n))) {
    throw type_error("Integer exceeds 64-bit range");
  }
  return o.toString();
}

function wire_float(o) {
  const number = Number(o);
  return Number.isFinite(number) ? float_repr(number) : "null";
}

function wire_list(list) {
  let text = "";
  for (let at = 0; at < list.length; at += 1) text += `${at ? "," : ""}${to_json(list[at])}`;
  return `[${text}]`;
}

function wire_dict(dict) {
  let text = "";
  for (const entry of dict.map.values()) {
    if (typeof entry[0] !== "string") throw type_error("Dict key must be str");
    text += `${text && ","}${JSON.stringify(entry[0])}:${to_json(entry[1])}`;
  }
  return `{${text}}`;
}

const NON_ASCII = /[\x7f-\uffff]/g;
const unicode_escape = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** The engine escapes half surrogate pairs; Python only if it escapes all that is not ASCII. */
function quoted(text, ascii) {
  const json = JSON.stringify(text);
  if (ascii) return json.replace(NON_ASCII, unicode_escape);
  return json.replace(/\\(?:\\|u(d[89a-f][0-9a-f]{2}))/g, (escape, lone) =>
    lone ? String.fromCharCode(parseInt(lone, 16)) : escape);
}

const LITERALS = new Map([[null, "null"], [undefined, "null"], [true, "true"], [false, "false"]]);

/** json.dumps; what its keyword arguments chose, and where it stands. */
class Writer {
  constructor({ indent = null, ensure_ascii = true, sort_keys = false, ...others }) {
    const { separators = null, allow_nan = true, default: fallback = null, skipkeys = false } = others;
    this.indent = typeof indent === "string" || indent === null ? indent : " ".repeat(Number(indent));
    [this.comma, this.colon] = separators ?? [indent === null ? ", " : ",", ": "];
    Object.assign(this, { ensure_ascii, sort_keys, allow_nan, fallback, skipkeys });
    this.open = new Set();
  }

  write(o, depth) {
    if (typeof o === "string") return quoted(o, this.ensure_ascii);
    if (LITERALS.has(o)) return LITERALS.get(o);
    if (is_int(o)) return o.toString();
    if (is_float(o)) return this.float(Number(o));
    if (Array.isArray(o) || o instanceof Dict) return this.container(o, depth);
    if (this.fallback !== null) return this.write(this.fallback(o), depth);
    throw type_error(`Object of type ${type_name(o)} is not JSON serializable`);
  }

  float(number) {
    if (Number.isFinite(number)) return float_repr(number);
    if (!this.allow_nan) throw value_error("Out of range float values are not JSON compliant");
    return Number.isNaN(number) ? "NaN" : `${number}`;
  }

  container(o, depth) {
    if (this.open.has(o)) throw value_error("Circular reference detected");
    this.open.add(o);
    const text = Array.isArray(o)
      ? this.lines("[", Array.from(o, (element) => this.write(element, depth + 1)), "]", depth)
      : this.lines("{", this.members(o, depth + 1), "}", depth);
    this.open.delete(o);
    return text;
  }

  members(dict, depth) {
    const entries = dict.pairs();
    const ordered = this.sort_keys ? sorted_array(entries, { key: ([key]) => key }) : entries;
    return ordered
      .filter(([key]) => !this.skipkeys || is_key(key))
      .map(([key, value]) => `${this.key(key)}${this.colon}${this.write(value, depth)}`);
  }

  key(key) {
    if (typeof key === "string") return quoted(key, this.ensure_ascii);
    if (is_key(key)) return `"${this.write(key, 0)}"`;
    throw type_error(`keys must be str, int, float, bool or None, not ${type_name(key)}`);
  }

  lines(open, parts, close, depth) {
    if (parts.length === 0) return open + close;
    if (this.indent === null) return open + parts.join(this.comma) + close;
    const [inner, outer] = [depth + 1, depth].map((level) => `\n${this.indent.repeat(level)}`);
    return open + inner + parts.join(this.comma + inner) + outer + close;
  }
}

const is_key = (key) => typeof key === "string" || LITERALS.has(key) || is_int(key) || is_float(key);

function dumps(o, ...args) {
  return new Writer(take_keywords(args)).write(o, 0);
}

/** The json module. */
export const json_module = {
  "json.dumps": dumps,
  "json.loads": loads,
  "json.JSONDecodeError": e.JSONDecodeError,
};
