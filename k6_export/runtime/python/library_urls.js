/**
 * urllib.parse: quoting, query strings, taking URLs apart.
 */
import { Dict } from "./dicts.js";
import { decode, encode } from "./encodings.js";
import { type_error } from "./exceptions.js";
import { iter, to_array } from "./iteration.js";
import { take_keywords } from "./keywords.js";
import { repr, str } from "./text.js";
import { Tuple, is_bytes, is_list } from "./values.js";

const NEVER_QUOTED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~";

/** quote(string, safe="/") */
function quote(source, ...args) {
  const { safe = args[0] ?? "/" } = take_keywords(args);
  if (typeof source !== "string" && !is_bytes(source)) {
    throw type_error("quote_from_bytes() expected bytes");
  }
  return percent_quoted(source, safe);
}

function percent_quoted(source, safe) {
  const bytes = is_bytes(source) ? source : encode(source);
  const kept = NEVER_QUOTED + safe;
  return Array.from(bytes, (byte) => {
    const character = String.fromCharCode(byte);
    if (byte < 128 && kept.includes(character)) return character;
    return `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }).join("");
}

/** quote_plus(string, safe=""): spaces are pluses */
function quote_plus(source, ...args) {
  const { safe = args[0] ?? "" } = take_keywords(args);
  return percent_quoted(source, `${safe} `).replaceAll(" ", "+");
}

/** unquote(string): bytes that are no UTF-8 become U+FFFD */
function unquote(text) {
  return text.replace(/(?:%[0-9a-fA-F]{2})+/g, (run) => {
    const bytes = run.slice(1).split("%").map((pair) => parseInt(pair, 16));
    return decode(Uint8Array.from(bytes), "utf-8", "replace");
  });
}

const unquote_plus = (text) => unquote(text.replaceAll("+", " "));

/** urlencode(query, doseq=False) */
function urlencode(query, ...args) {
  const { doseq = args[0] ?? false, safe = "", quote_via = quote_plus } = take_keywords(args);
  const write = (o) => quote_via(is_bytes(o) ? o : str(o), safe);
  const pairs = query instanceof Dict ? [...query.entries()] : to_array(query).map(to_array);
  return pairs
    .flatMap(([key, value]) => {
      const many = doseq && (is_list(value) || value instanceof Tuple);
      return (many ? [...value] : [value]).map((one) => `${write(key)}=${write(one)}`);
    })
    .join("&");
}

/** parse_qsl(text): the pairs whose value is not blank */
function parse_qsl(text, ...args) {
  const { keep_blank_values = args[0] ?? false } = take_keywords(args);
  return text
    .split("&")
    .filter((part) => part !== "")
    .map((part) => {
      const at = part.indexOf("=");
      const [key, value] = at < 0 ? [part, ""] : [part.slice(0, at), part.slice(at + 1)];
      return Tuple.of(unquote_plus(key), unquote_plus(value));
    })
    .filter(([, value]) => value !== "" || keep_blank_values);
}

/** parse_qs(text): a list of values for each key */
function parse_qs(text, ...args) {
  const dict = new Dict();
  for (const [key, value] of parse_qsl(text, ...args)) {
    if (dict.has(key)) dict.get(key).push(value);
    else dict.set(key, [value]);
  }
  return dict;
}

/** What urlsplit returns: a tuple whose parts have names too. */
class SplitResult extends Tuple {
  static python_name = "SplitResult";

  get scheme() {
    return this[0];
  }

  get netloc() {
    return this[1];
  }

  get path() {
    return this[2];
  }

  get query() {
    return this[3];
  }

  get fragment() {
    return this[4];
  }

  get hostname() {
    const host = this.host_and_port()[0].replace(/^\[|\]$/g, "");
    return host === "" ? null : host.toLowerCase();
  }

  get port() {
    const port = this.host_and_port()[1];
    return port === "" ? null : Number(port);
  }

  host_and_port() {
    const [, host, port = ""] = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(this.user_and_host()[1]);
    return [host, port];
  }

  user_and_host() {
    const at = this[1].lastIndexOf("@");
    return [this[1].slice(0, Math.max(0, at)), this[1].slice(at + 1)];
  }

  __repr__() {
    const names = ["scheme", "netloc", "path", "query", "fragment"];
    return `SplitResult(${names.map((name) => `${name}=${repr(this[name])}`).join(", ")})`;
  }

  geturl() {
    return urlunsplit(this);
  }
}

const URL_PARTS = /^(?:([a-zA-Z][a-zA-Z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#([\s\S]*))?$/;

/** urlsplit(url) */
function urlsplit(url) {
  const [, scheme = "", netloc = "", path = "", query = "", fragment = ""] = URL_PARTS.exec(url);
  return SplitResult.of(scheme.toLowerCase(), netloc, path, query, fragment);
}

/** urlunsplit(parts) */
function urlunsplit(parts) {
  const [scheme, netloc, path, query, fragment] = Array.from(iter(parts));
  const slash = netloc && path && !path.startsWith("/") ? "/" : "";
  const after_scheme = (netloc || path.startsWith("//") ? `//${netloc}` : "") + slash + path;
  return (scheme && `${scheme}:`) + after_scheme + (query && `?${query}`) + (fragment && `#${fragment}`);
}

export const url_module = {
  "urllib.parse.parse_qs": parse_qs,
  "urllib.parse.parse_qsl": parse_qsl,
  "urllib.parse.quote": quote,
  "urllib.parse.quote_plus": quote_plus,
  "urllib.parse.unquote": unquote,
  "urllib.parse.unquote_plus": unquote_plus,
  "urllib.parse.urlencode": urlencode,
  "urllib.parse.urlsplit": urlsplit,
  "urllib.parse.urlunsplit": urlunsplit,
};
