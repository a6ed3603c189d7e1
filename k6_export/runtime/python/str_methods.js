/**
 * The methods of str. Places are counted in code points, as Python counts them.
 */
import { Dict } from "./dicts.js";
import { e, type_error, value_error } from "./exceptions.js";
import { encode } from "./encodings.js";
import { format_map, format_template } from "./template.js";
import { slice_bounds } from "./items.js";
import { to_array } from "./iteration.js";
import { to_index } from "./numbers.js";
import { named } from "./keywords.js";
import { Tuple, characters, has_pairs, text_length, type_name } from "./values.js";
import {
  WHITESPACE,
  is_alpha,
  is_decimal,
  is_digit,
  is_numeric,
  is_printable,
} from "./unicode.js";

const LEADING = new RegExp(`^[${WHITESPACE}]+`);
const TRAILING = new RegExp(`[${WHITESPACE}]+$`);
const ONLY_SPACE = new RegExp(`^[${WHITESPACE}]+$`);
const WORDS = new RegExp(`[^${WHITESPACE}]+`, "g");

/** [text[start:end], start], or null where not even the empty text can be found. */
function part(text, start = null, end = null) {
  if (start === null && end === null) return [text, 0];
  const all = has_pairs(text) ? characters(text) : text;
  const [from, to] = slice_bounds(all.length, start, end, null);
  if (from > to || start > all.length) return null;
  const cut = all.slice(from, to);
  return [typeof cut === "string" ? cut : cut.join(""), from];
}

/** Where units begin, counted in code points. */
const code_points_before = (text, units) => text_length(text.slice(0, units));

function finder(search) {
  return (text, wanted, start = null, end = null) => {
    must_be_text(wanted, (type) => `must be str, not ${type}`);
    const [within, from] = part(text, start, end) ?? [];
    const units = within?.[search](wanted) ?? -1;
    return units < 0 ? -1 : from + code_points_before(within, units);
  };
}

const find = finder("indexOf");
const rfind = finder("lastIndexOf");

const or_raise = (search) => (...args) => {
  const at = search(...args);
  if (at < 0) throw value_error("substring not found");
  return at;
};

function must_be_text(value, text_of_error) {
  if (typeof value !== "string") throw type_error(text_of_error(type_name(value)));
}

/** startswith or endswith: one text or a tuple of them. */
function edge(name, test) {
  return (text, wanted, start = null, end = null) => {
    if (typeof wanted === "string" && start === null && end === null) return text[test](wanted);
    const options = wanted instanceof Tuple ? wanted : [wanted];
    const [within] = part(text, start, end) ?? [];
    for (const option of options) {
      must_be_text(option, (type) => wanted instanceof Tuple
        ? `tuple for ${name} must only contain str, not ${type}`
        : `${name} first arg must be str or a tuple of str, not ${type}`);
    }
    return within !== undefined && options.some((option) => within[test](option));
  };
}

/** Characters (null: white space) taken off both ends, or one. */
function strip(text, set, left, right) {
  if (set === null) {
    const rest = left ? text.replace(LEADING, "") : text;
    return right ? rest.replace(TRAILING, "") : rest;
  }
  const all = characters(text);
  const chosen = new Set(characters(set));
  let from = 0;
  let to = all.length;
  while (left && from < to && chosen.has(all[from])) from += 1;
  while (right && to > from && chosen.has(all[to - 1])) to -= 1;
  return all.slice(from, to).join("");
}

const unlimited = (limit) => (limit < 0 ? Infinity : Number(limit));

function split(text, sep = null, maxsplit = -1) {
  const limit = unlimited(maxsplit);
  if (sep === null) return split_at_space(text, limit);
  check_separator(sep);
  const parts = text.split(sep);
  if (parts.length <= limit + 1) return parts;
  return [...parts.slice(0, limit), parts.slice(limit).join(sep)];
}

function rsplit(text, sep = null, maxsplit = -1) {
  const limit = unlimited(maxsplit);
  if (sep === null) return rsplit_at_space(text, limit);
  check_separator(sep);
  if (limit === Infinity) return text.split(sep);
  const parts = [];
  let rest = text;
  while (parts.length < limit && rest.includes(sep)) {
    const at = rest.lastIndexOf(sep);
    parts.unshift(rest.slice(at + sep.length));
    rest = rest.slice(0, at);
  }
  return [rest, ...parts];
}

function check_separator(sep) {
  must_be_text(sep, (type) => `must be str or None, not ${type}`);
  if (sep === "") throw value_error("empty separator");
}

function split_at_space(text, limit) {
  if (limit === Infinity) return text.match(WORDS) ?? [];
  const parts = [];
  for (const match of text.matchAll(WORDS)) {
    if (parts.length === limit) return [...parts, text.slice(match.index)];
    parts.push(match[0]);
  }
  return parts;
}

function rsplit_at_space(text, limit) {
  const words = [...text.matchAll(WORDS)];
  if (words.length <= limit) return words.map((match) => match[0]);
  const rest = words.length - limit;
  const end = words[rest - 1].index + words[rest - 1][0].length;
  return [text.slice(0, end), ...words.slice(rest).map((match) => match[0])];
}

const BREAKS = "\\n\\r\\v\\f\\x1c-\\x1e\\x85\\u2028\\u2029";
const LINES = new RegExp(`[^${BREAKS}]*(?:\\r\\n|[${BREAKS}]|$)`, "g");
const LINE_END = new RegExp(`(?:\\r\\n|[${BREAKS}])$`);

function splitlines(text, keepends = false) {
  const lines = text.match(LINES);
  if (lines.at(-1) === "") lines.pop();
  return keepends
    ? lines
    : lines.map((line) => line.replace(LINE_END, ""));
}

function partition(text, sep) {
  check_separator(sep);
  const at = text.indexOf(sep);
  if (at < 0) return Tuple.of(text, "", "");
  return Tuple.of(text.slice(0, at), sep, text.slice(at + sep.length));
}

function rpartition(text, sep) {
  check_separator(sep);
  const at = text.lastIndexOf(sep);
  if (at < 0) return Tuple.of("", "", text);
  return Tuple.of(text.slice(0, at), sep, text.slice(at + sep.length));
}

function join(text, elements) {
  const all = joinable(elements);
  all.forEach((element, index) => must_be_text(
    element,
    (type) => `sequence item ${index}: expected str instance, ${type} found`,
  ));
  return all.join(text);
}

/** What join takes, as an array. */
export function joinable(elements) {
  try {
    return to_array(elements);
  } catch (error) {
    if (Array.isArray(elements) || !(error instanceof e.TypeError)) throw error;
    throw type_error("can only join an iterable");
  }
}

function replace_text(text, old, fresh, count = -1) {
  must_be_text(old, (type) => `replace() argument 1 must be str, not ${type}`);
  must_be_text(fresh, (type) => `replace() argument 2 must be str, not ${type}`);
  const parts = old === "" ? ["", ...characters(text), ""] : text.split(old);
  const limit = unlimited(count);
  if (parts.length <= limit + 1) return parts.join(fresh);
  return [...parts.slice(0, limit), parts.slice(limit).join(old)].join(fresh);
}

function count(text, wanted, start = null, end = null) {
  must_be_text(wanted, (type) => `must be str, not ${type}`);
  const [within] = part(text, start, end) ?? [];
  if (within === undefined) return 0;
  return wanted === "" ? text_length(within) + 1 : within.split(wanted).length - 1;
}

/** Text amid fill: `left_share` of what is missing goes to the left. */
function justified(text, width, fill, left_of) {
  if (typeof fill !== "string" || text_length(fill) !== 1) {
    throw type_error("The fill character must be exactly one character long");
  }
  const missing = Math.max(0, to_index(width) - text_length(text));
  const left = left_of(missing);
  return fill.repeat(left) + text + fill.repeat(missing - left);
}

/** CPython puts the odd fill character to the left if the width is odd too. */
function center(text, width, fill = " ") {
  return justified(text, width, fill, (missing) => (missing >> 1) + (missing & Number(width) & 1));
}

function zfill(text, width) {
  const sign = /^[+-]/.test(text) ? text[0] : "";
  return sign + justified(text.slice(sign.length), Number(width) - sign.length, "0", (all) => all);
}

const capitalize = (text) => {
  const [first = "", ...rest] = characters(text);
  return title_case(first) + rest.join("").toLowerCase();
};

/** Of what one character becomes, only the first one is a capital: "ß" gives "Ss". */
function title_case(character) {
  const [first = "", ...rest] = characters(character.toUpperCase());
  return first + rest.join("").toLowerCase();
}

/** Cased runs begin with a capital: letters without case, such as Korean ones, end a run. */
function title(text) {
  let inside = false;
  return characters(text).map((character) => {
    const result = inside ? character.toLowerCase() : title_case(character);
    inside = is_cased(character);
    return result;
  }).join("");
}

const is_cased = (character) => character.toLowerCase() !== character.toUpperCase();
const is_upper = (character) => is_cased(character) && character === character.toUpperCase();
const is_lower = (character) => is_cased(character) && character === character.toLowerCase();

function swapcase(text) {
  return characters(text)
    .map((character) => (is_upper(character) ? character.toLowerCase() : character.toUpperCase()))
    .join("");
}

/** All cased characters pass, and there is one. */
const all_cased = (test) => (text) => {
  const cased = characters(text).filter(is_cased);
  return cased.length > 0 && cased.every(test);
};

const all_are = (test) => (text) => text !== "" && characters(text).every((c) => test(c));
const is_word = (character) => is_alpha(character) || is_numeric(character) || character === "_";

function istitle(text) {
  return characters(text).some(is_cased) && title(text) === text;
}

function expandtabs(text, size = 8) {
  let column = 0;
  return characters(text).map((character) => {
    if (character === "\n" || character === "\r") column = 0;
    if (character !== "\t") {
      column += character === "\n" || character === "\r" ? 0 : 1;
      return character;
    }
    const width = size > 0 ? size - (column % size) : 0;
    column += width;
    return " ".repeat(width);
  }).join("");
}

/** str.maketrans(dict), str.maketrans(x, y), str.maketrans(x, y, z) */
export function maketrans(from, to, dropped = "") {
  if (from instanceof Dict) {
    const code = (key) => (typeof key === "string" ? key.codePointAt(0) : key);
    return new Dict(Array.from(from.entries(), ([key, value]) => [code(key), value]));
  }
  const targets = characters(to);
  const sources = characters(from);
  if (sources.length !== targets.length) {
    throw value_error("the first two maketrans arguments must have equal length");
  }
  const codes = sources.map((source, index) => [source.codePointAt(0), targets[index].codePointAt(0)]);
  return new Dict([...codes, ...characters(dropped).map((c) => [c.codePointAt(0), null])]);
}

function translate(text, table) {
  return characters(text).map((character) => {
    const code = character.codePointAt(0);
    if (!table.has(code)) return character;
    const target = table.get(code) ?? "";
    return typeof target === "string" ? target : String.fromCodePoint(target);
  }).join("");
}

/** By name; the text itself is the first argument. */
export const str_methods = {
  capitalize,
  casefold: (text) => text.toLowerCase().replaceAll("ß", "ss").replaceAll("ς", "σ"),
  center,
  count,
  encode: named(["encoding", "errors"], encode, 1),
  endswith: edge("endswith", "endsWith"),
  expandtabs: named(["tabsize"], expandtabs, 1),
  find,
  format: format_template,
  format_map,
  index: or_raise(find),
  isalnum: all_are((c) => is_alpha(c) || is_decimal(c) || is_digit(c) || is_numeric(c)),
  isalpha: all_are(is_alpha),
  isascii: (text) => /^[\0-\x7f]*$/.test(text),
  isdecimal: all_are(is_decimal),
  isdigit: all_are(is_digit),
  isidentifier: (text) => all_are(is_word)(text) && !is_numeric(characters(text)[0]),
  islower: all_cased(is_lower),
  isnumeric: all_are(is_numeric),
  isprintable: (text) => characters(text).every(is_printable),
  isspace: (text) => ONLY_SPACE.test(text),
  istitle,
  isupper: all_cased(is_upper),
  join,
  ljust: (text, width, fill = " ") => justified(text, width, fill, () => 0),
  lower: (text) => text.toLowerCase(),
  lstrip: (text, set = null) => strip(text, set, true, false),
  maketrans: (_, ...args) => maketrans(...args),
  partition,
  removeprefix: (text, prefix) => (text.startsWith(prefix) ? text.slice(prefix.length) : text),
  removesuffix: (text, suffix) =>
    suffix && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text,
  replace: replace_text,
  rfind,
  rindex: or_raise(rfind),
  rjust: (text, width, fill = " ") => justified(text, width, fill, (missing) => missing),
  rpartition,
  rsplit: named(["sep", "maxsplit"], rsplit, 1),
  rstrip: (text, set = null) => strip(text, set, false, true),
  split: named(["sep", "maxsplit"], split, 1),
  splitlines: named(["keepends"], splitlines, 1),
  startswith: edge("startswith", "startsWith"),
  strip: (text, set = null) => strip(text, set, true, true),
  swapcase,
  title,
  translate,
  upper: (text) => text.toUpperCase(),
  zfill,
};
