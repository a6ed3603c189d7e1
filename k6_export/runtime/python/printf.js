/**
 * "..." % values: the printf-style formatting of strings.
 */
import { Dict } from "./dicts.js";
import { e, type_error, value_error } from "./exceptions.js";
import { format } from "./format.js";
import { getitem } from "./items.js";
import { Range } from "./iteration.js";
import { to_number } from "./numbers.js";
import { ascii, repr, str } from "./text.js";
import { Tuple, is_bytes, is_float, is_int, is_list, is_number, type_name } from "./values.js";

/** %, (key), flags, width, precision, code */
const DIRECTIVE = /%(?:\(([^)]*)\))?([-+ #0]*)(\*|\d*)(?:\.(\*|\d*))?[hlL]?([^]?)/gu;

/** template % values */
export function printf(template, values) {
  const queue = values instanceof Tuple ? [...values] : [values];
  const take = () => {
    if (queue.length === 0) throw type_error("not enough arguments for format string");
    return queue.shift();
  };
  let used_keys = false;
  const text = template.replace(DIRECTIVE, (field, key, flags, width, precision, code, offset) => {
    if (code === "%") return "%";
    if (code === "") throw value_error("incomplete format");
    used_keys ||= key !== undefined;
    const sizes = [width, precision].map((size) => (size === "*" ? String(take()) : size));
    const value = key === undefined ? take() : getitem(values, key);
    return write(value, code, flags, sizes, template.indexOf(code, offset));
  });
  if (!used_keys && queue.length > 0 && !has_items(values)) {
    throw type_error("not all arguments converted during string formatting");
  }
  return text;
}

/** What could be meant for %(key)s may stay unused. */
const has_items = (o) => o instanceof Dict || is_list(o) || is_bytes(o) || o instanceof Range;

const TEXTS = { s: str, r: repr, a: ascii };

/** One field, by way of the format specification that says the same. */
function write(value, code, flags, [width, precision], offset) {
  const align = flags.includes("-") ? "<" : ">";
  const cut = precision === undefined ? "" : `.${precision || 0}`;
  if (code in TEXTS) return format(TEXTS[code](value), `${align}${width}${cut}`);
  if (code === "c") return format(character(value), `${align}${width}`);
  const sign = flags.includes("+") ? "+" : flags.includes(" ") ? " " : "-";
  const alternate = flags.includes("#") ? "#" : "";
  const fill = flags.includes("0") && align === ">" ? "0=" : align;
  const shape = `${fill}${sign}${alternate}${width}`;
  if ("diu".includes(code)) return format(whole_operand(value, code), `${shape}d`);
  if ("xXo".includes(code)) return format(integer(value, code), shape + code);
  if ("eEfFgG".includes(code)) return format(real_operand(value), shape + cut + code);
  const hex = code.codePointAt(0).toString(16);
  const shown = /[ -\x7f]/.test(code) ? code : "?";
  throw value_error(`unsupported format character '${shown}' (0x${hex}) at index ${offset}`);
}

function whole_operand(value, code) {
  if (is_int(value)) return value;
  if (is_float(value)) return BigInt(Math.trunc(to_number(value)));
  throw type_error(`%${code} format: a real number is required, not ${type_name(value)}`);
}

function integer(value, code) {
  if (is_int(value)) return value;
  throw type_error(`%${code} format: an integer is required, not ${type_name(value)}`);
}

function real_operand(value) {
  if (is_number(value)) return value;
  throw type_error(`must be real number, not ${type_name(value)}`);
}

function character(value) {
  if (is_int(value)) {
    if (value >= 0 && value <= 0x10ffff) return String.fromCodePoint(Number(value));
    throw new e.OverflowError("%c arg not in range(0x110000)");
  }
  if (typeof value === "string" && Array.from(value).length === 1) return value;
  throw type_error("%c requires int or char");
}
