/**
 * Text to bytes and back: UTF-8, ASCII and Latin-1, with the errors "strict", "ignore" and "replace".
 */
import { e } from "./exceptions.js";

const NAMES = { utf8: "utf-8", ascii: "ascii", usascii: "ascii", latin1: "latin-1", iso88591: "latin-1" };

function encoding_named(name) {
  const known = NAMES[name.toLowerCase().replace(/[-_ ]/g, "")];
  if (!known) throw new e.LookupError(`unknown encoding: ${name}`);
  return known;
}

/** text.encode(encoding, errors) */
export function encode(text, name = "utf-8", errors = "strict") {
  const encoding = encoding_named(name);
  const bytes = [];
  Array.from(text).forEach((character, index) => {
    const code = character.codePointAt(0);
    const encoded = encoding === "utf-8" ? utf8(code) : single_byte(code, encoding);
    if (encoded) bytes.push(...encoded);
    else if (errors === "replace") bytes.push(63);
    else if (errors !== "ignore") throw encode_error(text, index, encoding);
  });
  return Uint8Array.from(bytes);
}

/** The bytes of a code point, or undefined for half a surrogate pair. */
function utf8(code) {
  if (code < 0x80) return [code];
  if (code < 0x800) return [0xc0 | (code >> 6), 0x80 | (code & 63)];
  if (code >= 0xd800 && code < 0xe000) return undefined;
  if (code < 0x10000) return [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)];
  return [
    0xf0 | (code >> 18),
    0x80 | ((code >> 12) & 63),
    0x80 | ((code >> 6) & 63),
    0x80 | (code & 63),
  ];
}

const single_byte = (code, encoding) =>
  code < (encoding === "ascii" ? 128 : 256) ? [code] : undefined;

const REASONS = {
  "utf-8": "surrogates not allowed",
  ascii: "ordinal not in range(128)",
  "latin-1": "ordinal not in range(256)",
};

function encode_error(text, start, encoding) {
  const limit = { "utf-8": 0, ascii: 128, "latin-1": 256 }[encoding];
  const bad = (character) => {
    const code = character?.codePointAt(0);
    return limit ? code >= limit : code >= 0xd800 && code < 0xe000;
  };
  const all = Array.from(text);
  let end = start + 1;
  while (bad(all[end])) end += 1;
  return new e.UnicodeEncodeError(encoding, text, start, end, REASONS[encoding]);
}

/** data.decode(encoding, errors) */
export function decode(data, name = "utf-8", errors = "strict") {
  const encoding = encoding_named(name);
  const text = [];
  for (let at = 0; at < data.length; ) {
    const read_at = encoding === "utf-8" ? utf8_at : byte_at;
    const [character, used, reason] = read_at(data, at, encoding);
    if (character !== null) text.push(character);
    else if (errors === "replace") text.push("\ufffd");
    else if (errors !== "ignore") {
      throw new e.UnicodeDecodeError(encoding, data, at, at + used, reason);
    }
    at += used;
  }
  return text.join("");
}

function byte_at(data, at, encoding) {
  if (encoding === "ascii" && data[at] > 127) return [null, 1, REASONS.ascii];
  return [String.fromCharCode(data[at]), 1];
}

/** By the first byte: how many follow, the bounds of the second one (RFC 3629, section 4). */
function utf8_shape(first) {
  if (first < 0x80) return [0, 0, 0];
  if (first >= 0xc2 && first < 0xe0) return [1, 0x80, 0xbf];
  if (first >= 0xe0 && first < 0xf0) {
    return [2, first === 0xe0 ? 0xa0 : 0x80, first === 0xed ? 0x9f : 0xbf];
  }
  if (first >= 0xf0 && first < 0xf5) {
    return [3, first === 0xf0 ? 0x90 : 0x80, first === 0xf4 ? 0x8f : 0xbf];
  }
  return null;
}

/** [character or null, bytes used, reason] */
function utf8_at(data, at) {
  const first = data[at];
  const shape = utf8_shape(first);
  if (shape === null) return [null, 1, "invalid start byte"];
  const [following, low, high] = shape;
  if (following === 0) return [String.fromCharCode(first), 1];
  let code = first & (63 >> following);
  for (let index = 1; index <= following; index += 1) {
    const byte = data[at + index];
    if (byte === undefined) return [null, index, "unexpected end of data"];
    const [least, most] = index === 1 ? [low, high] : [0x80, 0xbf];
    if (byte < least || byte > most) return [null, index, "invalid continuation byte"];
    code = (code << 6) | (byte & 63);
  }
  return [String.fromCodePoint(code), following + 1];
}
