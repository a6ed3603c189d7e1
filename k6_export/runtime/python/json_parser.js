/**
 * A JSON parser that keeps what JSON.parse loses, with the errors of Python's json module.
 */
import { Dict } from "./dicts.js";
import { e } from "./exceptions.js";
import { make_float, make_int } from "./values.js";

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /(-?(?:0|[1-9]\d*))(\.\d+)?([eE][-+]?\d+)?/y;
const PLAIN_CHARACTERS = /[^"\\\x00-\x1f]*/y;
const JSON_WORDS = [
  ["null", null],
  ["true", true],
  ["false", false],
  ["NaN", NaN],
  ["Infinity", Infinity],
  ["-Infinity", -Infinity],
];
const JSON_ESCAPES = { '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

/** The Python value of JSON text. */
export function parse_json(text) {
  if (text.startsWith("\ufeff")) refuse_json("Unexpected UTF-8 BOM (decode using utf-8-sig)", text, 0);
  const [value, end] = value_at(text, after_space(text, 0));
  const rest = after_space(text, end);
  if (rest !== text.length) refuse_json("Extra data", text, rest);
  return value;
}

function refuse_json(message, text, unit) {
  throw new e.JSONDecodeError(message, text, Array.from(text.slice(0, unit)).length);
}

/** What a sticky expression matches at a place. */
function match_at(expression, text, at) {
  expression.lastIndex = at;
  return expression.exec(text);
}

const after_space = (text, at) => at + match_at(SPACE, text, at)[0].length;

/** [value, where it ends] */
function value_at(text, at) {
  switch (text[at]) {
    case '"':
      return string_at(text, at);
    case "{":
      return object_at(text, at);
    case "[":
      return array_at(text, at);
    default:
      return number_at(text, at) ?? word_at(text, at);
  }
}

function number_at(text, at) {
  const match = match_at(NUMBER, text, at);
  if (!match) return undefined;
  const [all, whole, fraction, exponent] = match;
  const end = at + all.length;
  if (fraction || exponent) return [make_float(Number(all)), end];
  return [whole.length < 16 ? Number(whole) + 0 : make_int(BigInt(whole)), end];
}

function word_at(text, at) {
  for (const [word, value] of JSON_WORDS) {
    if (text.startsWith(word, at)) return [value, at + word.length];
  }
  return refuse_json("Expecting value", text, at);
}

function array_at(text, start) {
  const elements = [];
  let at = after_space(text, start + 1);
  if (text[at] === "]") return [elements, at + 1];
  for (;;) {
    const [element, end] = value_at(text, at);
    elements.push(element);
    at = after_space(text, end);
    if (text[at] === "]") return [elements, at + 1];
    if (text[at] !== ",") refuse_json("Expecting ',' delimiter", text, at);
    at = after_space(text, at + 1);
  }
}

const NO_NAME = "Expecting property name enclosed in double quotes";

function object_at(text, start) {
  const dict = new Dict();
  let at = after_space(text, start + 1);
  if (text[at] === "}") return [dict, at + 1];
  for (;;) {
    if (text[at] !== '"') refuse_json(NO_NAME, text, at);
    at = member_at(text, at, dict);
    if (text[at] === "}") return [dict, at + 1];
    if (text[at] !== ",") refuse_json("Expecting ',' delimiter", text, at);
    at = after_space(text, at + 1);
  }
}

/** Adds one member; says where the next sign is. */
function member_at(text, start, dict) {
  const [key, end] = string_at(text, start);
  const colon = after_space(text, end);
  if (text[colon] !== ":") refuse_json("Expecting ':' delimiter", text, colon);
  const [value, after] = value_at(text, after_space(text, colon + 1));
  dict.set(key, value);
  return after_space(text, after);
}

function string_at(text, start) {
  let value = "";
  for (let at = start + 1; ; ) {
    const plain = match_at(PLAIN_CHARACTERS, text, at)[0];
    value += plain;
    at += plain.length;
    if (text[at] === '"') return [value, at + 1];
    if (at >= text.length) refuse_json("Unterminated string starting at", text, start);
    if (text[at] !== "\\") refuse_json("Invalid control character at", text, at);
    const [character, end] = escape_at(text, at, start);
    value += character;
    at = end;
  }
}

function escape_at(text, at, start) {
  const letter = text[at + 1];
  if (letter === undefined) refuse_json("Unterminated string starting at", text, start);
  if (letter === "u") {
    const digits = text.slice(at + 2, at + 6);
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) refuse_json("Invalid \\uXXXX escape", text, at + 1);
    return [String.fromCharCode(parseInt(digits, 16)), at + 6];
  }
  if (JSON_ESCAPES[letter] === undefined) refuse_json("Invalid \\escape", text, at);
  return [JSON_ESCAPES[letter], at + 2];
}
