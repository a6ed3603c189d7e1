/**
 * str() and repr() of every kind of value.
 */
import { float_repr } from "./decimals.js";
import { Range } from "./iteration.js";
import { is_printable } from "./unicode.js";
import { Float, class_name, is_bytes, is_class, special, type_name } from "./values.js";

/** str(o) */
export function str(o) {
  if (typeof o === "string") return o;
  return special(o, "__str__") ? o.__str__() : repr(o);
}

/** repr(o) */
export function repr(o) {
  switch (typeof o) {
    case "string":
      return string_repr(o);
    case "boolean":
      return o ? "True" : "False";
    case "number":
      return Number.isInteger(o) ? String(o) : float_repr(o);
    case "bigint":
      return o.toString();
    case "function":
      return function_repr(o);
    default:
      return o === null || o === undefined ? "None" : object_repr(o);
  }
}

function function_repr(f) {
  const name = class_name(f);
  return is_class(f) ? `<class '${name}'>` : `<function ${name}>`;
}

function object_repr(o) {
  if (o instanceof Float) return float_repr(o.value);
  if (is_bytes(o)) return bytes_repr(o);
  if (special(o, "__repr__")) return o.__repr__();
  if (o instanceof Range) return o.describe();
  const write = WRITERS[type_name(o)];
  if (write) return write(o);
  return o instanceof Error ? String(o) : `<${type_name(o)} object>`;
}

const joined_reprs = (elements) => [...elements].map(repr).join(", ");
const pairs = (dict) =>
  dict.pairs().map(([key, value]) => `${repr(key)}: ${repr(value)}`).join(", ");

const WRITERS = {
  tuple: once_inside((o) => (o.length === 1 ? `(${repr(o[0])},)` : `(${joined_reprs(o)})`), "(...)"),
  list: once_inside((o) => `[${joined_reprs(o)}]`, "[...]"),
  dict: once_inside((o) => `{${pairs(o)}}`, "{...}"),
  set: (o) => (o.size ? `{${joined_reprs(o)}}` : "set()"),
  frozenset: (o) => (o.size ? `frozenset({${joined_reprs(o)}})` : "frozenset()"),
  dict_keys: (o) => `dict_keys([${joined_reprs(o)}])`,
  dict_values: (o) => `dict_values([${joined_reprs(o)}])`,
  dict_items: (o) => `dict_items([${joined_reprs(o)}])`,
};

/** A container that is met again inside itself is written as dots. */
function once_inside(container_repr, dots) {
  const open = new Set();
  return (o) => {
    if (open.has(o)) return dots;
    open.add(o);
    try {
      return container_repr(o);
    } finally {
      open.delete(o);
    }
  };
}

const REPR_ESCAPES = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };
const PLAIN_ASCII = /^[ -&(-[\]-~]*$/;

function string_repr(text) {
  if (PLAIN_ASCII.test(text)) return `'${text}'`;
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const inner = Array.from(text, (character) => repr_character(character, quote)).join("");
  return quote + inner + quote;
}

function repr_character(character, quote) {
  if (character === quote) return `\\${quote}`;
  return REPR_ESCAPES[character] ?? (is_printable(character) ? character : code_escape(character));
}

/** A character by its number: \x00, \u0000 or \U00000000. */
export function code_escape(character) {
  const code = character.codePointAt(0);
  if (code < 0x100) return `\\x${hex_digits(code, 2)}`;
  return code < 0x10000 ? `\\u${hex_digits(code, 4)}` : `\\U${hex_digits(code, 8)}`;
}

const hex_digits = (number, digits) => number.toString(16).padStart(digits, "0");

function bytes_repr(bytes) {
  const text = String.fromCharCode(...bytes);
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const byte_escaped = (character) => {
    if (character === quote) return `\\${quote}`;
    const code = character.charCodeAt(0);
    return REPR_ESCAPES[character] ?? (code < 32 || code > 126 ? `\\x${hex_digits(code, 2)}` : character);
  };
  return `b${quote}${Array.from(text, byte_escaped).join("")}${quote}`;
}

/** ascii(o): repr with everything beyond ASCII escaped. */
export function ascii(o) {
  return Array.from(repr(o), (c) => (c.codePointAt(0) > 126 ? code_escape(c) : c)).join("");
}
