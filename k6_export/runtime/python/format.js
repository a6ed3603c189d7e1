/**
 * format(value, spec): the format specification mini-language.
 */
import { exponent_text, fixed, float_repr, significant, special_text } from "./decimals.js";
import { e, type_error, value_error } from "./exceptions.js";
import { big, to_number } from "./numbers.js";
import { ascii, repr, str } from "./text.js";
import { characters, is_float, is_int, special, text_length, type_name } from "./values.js";

const CONVERSIONS = { "": (o) => o, r: repr, s: str, a: ascii };

/** f"{value!conversion:spec}" */
export function format(value, spec = "", conversion = "") {
  const converted = CONVERSIONS[conversion](value);
  if (spec === "" && typeof converted === "string") return converted;
  if (special(converted, "__format__")) return converted.__format__(spec);
  if (spec === "") return str(converted);
  if (typeof converted === "string") return format_text(converted, parse_spec(spec, "str"));
  if (typeof converted === "boolean" && /s$/.test(spec)) unknown_code("s", "bool");
  if (is_int(converted)) return format_int(converted, parse_spec(spec, type_name(converted)));
  if (is_float(converted)) return format_float(converted, parse_spec(spec, "float"));
  throw type_error(`unsupported format string passed to ${type_name(converted)}.__format__`);
}

/** [[fill]align][sign][z][#][0][width][grouping][.precision][type] */
const SPEC = /^(?:([^])?([<>=^]))?([-+ ]?)(z?)(#?)(0?)(\d*)([,_]?)(?:\.(\d+))?([^]?)$/u;

function parse_spec(text, type) {
  const match = SPEC.exec(text);
  if (!match) throw invalid_spec(text, type);
  const [, fill, align, sign, , alternate, zero, width, grouping, precision, code] = match;
  refuse_grouping(grouping, code || (type === "str" ? "s" : ""));
  return {
    fill: fill ?? (zero ? "0" : " "),
    align: align ?? (zero ? "=" : null),
    sign,
    alternate: alternate === "#",
    width: Number(width),
    grouping,
    precision: precision === undefined ? null : Number(precision),
    code,
    type,
  };
}

/** Thousands are separated in decimal numbers; underscores go with all bases. */
function refuse_grouping(grouping, code) {
  const allowed = grouping === "_" ? "deEfFgG%boxX" : "deEfFgG%";
  if (grouping && code && !allowed.includes(code)) {
    throw value_error(`Cannot specify '${grouping}' with '${code}'.`);
  }
}

function invalid_spec(text, type) {
  if (/\.(\D|$)/.test(text)) return value_error("Format specifier missing precision");
  return value_error(`Invalid format specifier '${text}' for object of type '${type}'`);
}

function unknown_code(code, type) {
  throw value_error(`Unknown format code '${code}' for object of type '${type}'`);
}

/** Text padded on the side that the alignment leaves; a number's sign and prefix come first. */
function pad(spec, head, body, default_align) {
  const missing = Math.max(0, spec.width - text_length(head) - text_length(body));
  const align = spec.align ?? default_align;
  if (align === "=") return head + spec.fill.repeat(missing) + body;
  const left = { "<": 0, ">": missing, "^": missing >> 1 }[align];
  return spec.fill.repeat(left) + head + body + spec.fill.repeat(missing - left);
}

function format_text(text, spec) {
  if (spec.sign) throw value_error(sign_text(spec.sign, "string format specifier"));
  if (spec.code !== "" && spec.code !== "s") unknown_code(spec.code, "str");
  if (spec.alternate) {
    throw value_error("Alternate form (#) not allowed in string format specifier");
  }
  const given = spec.align === "=" && spec.fill === "0" ? { ...spec, align: "<" } : spec;
  if (given.align === "=") {
    throw value_error("'=' alignment not allowed in string format specifier");
  }
  const cut = spec.precision === null ? text : characters(text).slice(0, spec.precision).join("");
  return pad(given, "", cut, "<");
}

const sign_text = (sign, where) =>
  sign === " " ? `Space not allowed in ${where}` : `Sign not allowed in ${where}`;

const BASES = { b: [2, "0b"], o: [8, "0o"], x: [16, "0x"], X: [16, "0X"] };
const FLOAT_CODES = "eEfFgG%";

function format_int(value, spec) {
  if (spec.code !== "" && FLOAT_CODES.includes(spec.code)) {
    return format_float(to_number(value), spec);
  }
  if (spec.code === "c") return format_character(value, spec);
  if (spec.code !== "" && !"dnboxX".includes(spec.code)) unknown_code(spec.code, spec.type);
  if (spec.precision !== null) {
    throw value_error("Precision not allowed in integer format specifier");
  }
  const [base, prefix] = BASES[spec.code] ?? [10, ""];
  const negative = value < 0;
  const digits = (negative ? -big(value) : big(value)).toString(base);
  const head = sign_of(negative, spec) + (spec.alternate ? prefix : "");
  return finish_number(spec, head, spec.code === "X" ? digits.toUpperCase() : digits, "");
}

function format_character(value, spec) {
  if (spec.sign) throw value_error("Sign not allowed with integer format specifier 'c'");
  if (value < 0 || value > 0x10ffff) {
    throw new e.OverflowError("%c arg not in range(0x110000)");
  }
  return pad(spec, "", String.fromCodePoint(Number(value)), "<");
}

const sign_of = (negative, spec) => (negative ? "-" : spec.sign.replace("-", ""));

/** Grouping and padding; zeros that pad are grouped too, as in f"{1:08,}". */
function finish_number(spec, head, digits, tail) {
  if (!spec.grouping) return pad(spec, head, digits + tail, ">");
  const size = spec.grouping === "_" && BASES[spec.code] ? 4 : 3;
  let whole = digits;
  if (spec.align === "=" && spec.fill === "0") {
    const room = spec.width - head.length - tail.length;
    while (grouped_length(whole.length + 1, size) <= room) whole = `0${whole}`;
    if (grouped_length(whole.length, size) < room) whole = `0${whole}`;
  }
  return pad(spec, head, grouped(whole, size, spec.grouping) + tail, ">");
}

const grouped_length = (digits, size) => digits + Math.floor((digits - 1) / size);

function grouped(digits, size, separator) {
  const first = digits.length % size || size;
  const parts = [digits.slice(0, first)];
  for (let at = first; at < digits.length; at += size) parts.push(digits.slice(at, at + size));
  return parts.join(separator);
}

function format_float(value, spec) {
  const number = to_number(value);
  if (spec.code !== "" && !`${FLOAT_CODES}n`.includes(spec.code)) unknown_code(spec.code, spec.type);
  const negative = number < 0 || Object.is(number, -0);
  const body = float_body(number, spec);
  const text = "EFG".includes(spec.code) && spec.code ? body.toUpperCase() : body;
  const [, digits, tail] = /^(\d*)([^]*)$/.exec(text);
  if (digits === "") return pad(spec, sign_of(negative, spec), tail, ">");
  return finish_number(spec, sign_of(negative, spec), digits, tail);
}

/** The digits without sign, as the code wants them. */
function float_body(number, spec) {
  if (!Number.isFinite(number) && spec.code !== "%") return special_text(Math.abs(number));
  switch (spec.code.toLowerCase()) {
    case "f":
      return with_point(fixed(number, spec.precision ?? 6), spec);
    case "%":
      return `${float_body(number * 100, { ...spec, code: "f" })}%`;
    case "e":
      return exponential(number, spec.precision ?? 6, spec);
    case "":
      return shortest(number, spec);
    default:
      return general(number, spec.precision ?? 6, spec, -4);
  }
}

const with_point = (text, spec) => (spec.alternate && !text.includes(".") ? `${text}.` : text);

function exponential(number, precision, spec) {
  const [digits, exponent] = significant(number, precision + 1);
  return mantissa(digits, spec) + `e${exponent_text(exponent)}`;
}

const mantissa = (digits, spec) =>
  with_point(digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits, spec);

/** %g: so many significant digits, without trailing zeros unless `#` asks for them. */
function general(number, wanted, spec, lowest, beyond = 0) {
  const precision = Math.max(1, wanted);
  const [all, exponent] = significant(number, precision);
  const digits = spec.alternate ? all : all.replace(/0+$/, "") || "0";
  if (exponent < lowest || exponent >= precision - beyond) {
    return `${mantissa(digits, spec)}e${exponent_text(exponent)}`;
  }
  if (exponent < 0) return `0.${"0".repeat(-exponent - 1)}${digits}`;
  const padded = digits.padEnd(exponent + 1, "0");
  const fraction = padded.slice(exponent + 1);
  return with_point(padded.slice(0, exponent + 1) + (fraction && `.${fraction}`), spec);
}

/** No code: repr, or with a precision like `g`, but always with a digit behind the point. */
function shortest(number, spec) {
  if (spec.precision === null) return float_repr(Math.abs(number));
  const text = general(number, spec.precision, spec, -4, 1);
  return /[.e]/.test(text) ? text : `${text}.0`;
}
