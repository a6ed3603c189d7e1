/**
 * str.format: "{0} {name.attribute[key]!r:>{width}}".
 */
import { attr } from "./calls.js";
import { e, value_error } from "./exceptions.js";
import { format } from "./format.js";
import { getitem } from "./items.js";
import { take_keywords } from "./keywords.js";

/** template.format(*args, **keywords) */
export function format_template(template, ...args) {
  const keywords = take_keywords(args);
  let next = 0;
  const look_up = (name) => {
    if (name === "") return positional(args, next++);
    if (/^\d+$/.test(name)) return positional(args, Number(name));
    if (Object.hasOwn(keywords, name)) return keywords[name];
    throw new e.KeyError(name);
  };
  return fill(template, look_up);
}

/** template.format_map(mapping) */
export const format_map = (template, mapping) => fill(template, (name) => getitem(mapping, name));

function positional(args, index) {
  if (index < args.length) return args[index];
  throw new e.IndexError(`Replacement index ${index} out of range for positional args tuple`);
}

function fill(template, look_up) {
  let text = "";
  for (let at = 0; at < template.length; ) {
    const character = template[at];
    if (character === template[at + 1] && (character === "{" || character === "}")) {
      text += character;
      at += 2;
    } else if (character === "}") {
      throw value_error("Single '}' encountered in format string");
    } else if (character === "{") {
      const end = closing(template, at);
      text += replacement_field(template.slice(at + 1, end), look_up);
      at = end + 1;
    } else {
      text += character;
      at += 1;
    }
  }
  return text;
}

/** Where the brace that opens at a place is closed. */
function closing(template, start) {
  if (start + 1 === template.length) throw value_error("Single '{' encountered in format string");
  let depth = 0;
  for (let at = start; at < template.length; at += 1) {
    if (template[at] === "{") depth += 1;
    if (template[at] === "}") depth -= 1;
    if (depth === 0) return at;
  }
  throw value_error("expected '}' before end of string");
}

/** name, conversion, specification (which may hold fields itself) */
const FIELD = /^([^!:]*)(?:!([^:]))?(?::([\s\S]*))?$/;

function replacement_field(source, look_up) {
  const match = FIELD.exec(source);
  if (!match) throw value_error("expected ':' after conversion specifier");
  const [, name, conversion = "", spec = ""] = match;
  if (conversion && !"rsa".includes(conversion)) {
    throw value_error(`Unknown conversion specifier ${conversion}`);
  }
  const value = resolve_path(name, look_up);
  return format(value, spec.includes("{") ? fill(spec, look_up) : spec, conversion);
}

/** A name with .attribute and [key] behind it. */
function resolve_path(path, look_up) {
  const [, name, rest] = /^([^.[]*)([\s\S]*)$/.exec(path);
  let value = look_up(name);
  for (const [, attribute, key] of rest.matchAll(/\.([^.[]+)|\[([^\]]+)\]/g)) {
    value = attribute === undefined ? getitem(value, as_key(key)) : attr(value, attribute);
  }
  return value;
}

const as_key = (key) => (/^\d+$/.test(key) ? Number(key) : key);
