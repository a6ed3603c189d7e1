/**
 * STOMP 1.2: frames to and from WebSocket messages, as ktb_load/wire/stomp.py has them.
 *
 *     COMMAND            EOL
 *     header:value       EOL     any number of them
 *                        EOL
 *     body NUL                   the body has no NUL, or a content-length
 *
 * A text message stays a text: turning it into bytes and back would cost more than all the rest. So
 * lengths are counted in characters of text messages and in bytes of binary ones, and what is
 * announced, in bytes, is counted off.
 */
import encoding from "k6/encoding";
import { py } from "./python.js";
import { json_of, text_of, value_of } from "./content.js";

export const VERSION = "1.2";
export const EOL = "\n";
const MAX_FRAME = 64 * 1024 * 1024;
/** Their headers are written as in STOMP 1.0. */
const UNESCAPED = new Set(["CONNECT", "CONNECTED"]);
const ESCAPES = { "\\": "\\\\", "\r": "\\r", "\n": "\\n", ":": "\\c" };
const MEANT = { "\\\\": "\\", "\\r": "\r", "\\n": "\n", "\\c": ":" };
const HEAD_END = /\r?\n\r?\n/g;

/** The other side sent what STOMP 1.2 does not allow. */
export class StompError extends py.e.ValueError {}

const wrong = (what, text) => py.make(StompError, `${what}: ${py.repr(text.slice(0, 80))}`);

/** A frame that was received. Nothing in it is looked at before somebody asks for it. */
export class Frame {
  /**
   * @param {string} command
   * @param {string} head - the header lines, each behind an EOL
   * @param {string} body
   * @param {boolean} is_text - else every character of head and body is a byte
   */
  constructor(command, head, body, is_text) {
    this.command = is_text ? command : utf8_head(command);
    this._head = is_text ? head : utf8_head(head);
    this._body = body;
    this._is_text = is_text;
  }

  /** All of them, a Dict; of those that are repeated, the first. */
  get headers() {
    const meant = UNESCAPED.has(this.command) ? (text) => text : unescaped;
    const headers = new py.Dict();
    for (const line of this._head.split("\n").slice(1)) {
      const colon = line.indexOf(":");
      if (colon < 0) throw wrong("not a header", line);
      const name = meant(line.slice(0, colon));
      if (!headers.has(name)) headers.set(name, meant(line.slice(colon + 1).replace(/\r$/, "")));
    }
    return headers;
  }

  /** One header without reading the others; empty if it is not there. */
  header(name) {
    const found = raw_value(this._head, name);
    return found.includes("\\") ? this.headers.get(name) ?? "" : found;
  }

  /**
   * What the body means: the value of JSON where the type says so, or where a list or an object
   * stands there (servers call those `text/plain`, too); else text, else bytes.
   */
  get value() {
    const kind = this.header("content-type");
    const bytes = () => (this._is_text ? py.m.encode(this._body) : bytes_of(this._body));
    if (kind === "application/octet-stream") return bytes();
    const text = this._is_text ? this._body : text_of(bytes());
    if (text === null) return bytes();
    try {
      return kind.includes("json") ? json_of(text) : value_of(text);
    } catch (error) {
      if (!(error instanceof py.e.ValueError)) throw error;
      return text;
    }
  }
}

/**
 * A frame as a WebSocket message of the body's kind. A body is announced by its length in bytes.
 *
 * @param {Map|py.Dict} headers
 * @param {string|Uint8Array} body
 */
export function encode_frame(command, headers, body = "") {
  const lines = [command];
  const plain = UNESCAPED.has(command);
  for (const [name, value] of headers.entries()) {
    if (plain && (/[\r\n]/.test(name + value) || name.includes(":"))) {
      const text = `the header ${py.repr(name)} cannot be in a ${command} frame`;
      throw py.make(py.e.ValueError, text);
    }
    lines.push(plain ? `${name}:${value}` : `${escaped_header(name)}:${escaped_header(value)}`);
  }
  const text = typeof body === "string";
  if (body.length) lines.push(`content-length:${text ? utf8_length(body) : body.length}`);
  const head = `${lines.join("\n")}\n\n`;
  return text ? `${head}${body}\0` : joined(py.m.encode(head), body, Uint8Array.of(0));
}

/** Messages in, frames out, however they are cut. */
export class Reader {
  constructor(max = MAX_FRAME) {
    this._max = max;
    this._rest = "";
    this._is_text = true;
  }

  /**
   * The frames that are whole now; heart-beats are none. Take all of them.
   *
   * @param {string|Uint8Array} message
   * @throws StompError - what follows is no STOMP; nothing more can be read
   */
  feed(message) {
    this._is_text = typeof message === "string";
    const frame = this._is_text && !this._rest ? sole_message(message) : null;
    return frame === null ? this._frames(message) : [frame];
  }

  *_frames(message) {
    const data = this._rest + (this._is_text ? message : latin1(message));
    let at = behind_heart_beats(data, 0);
    for (let found = this._frame(data, at); found; found = this._frame(data, at)) {
      yield found.frame;
      at = behind_heart_beats(data, found.end);
    }
    this._rest = data.slice(at);
    if (this._rest.length > this._max) throw too_long(this._max);
  }

  /** The frame that begins at `at`, and where it ends; null while it is not whole. */
  _frame(data, at) {
    HEAD_END.lastIndex = at;
    const head_end = HEAD_END.exec(data);
    if (head_end === null) return null;
    const start = head_end.index + head_end[0].length;
    const lines = data.slice(at, head_end.index);
    const eol = lines.indexOf("\n");
    const [command, head] = eol < 0 ? [lines, ""] : [lines.slice(0, eol), lines.slice(eol)];
    const announced = raw_value(head, "content-length");
    const nul = data.indexOf("\0", start);
    const end = announced ? this._end_of(data, start, nul, announced) : nul;
    if (end < 0 || end >= data.length) return null;
    if (data[end] !== "\0") {
      throw py.make(StompError, `a body that is not ${announced} bytes long`);
    }
    const name = command.replace(/\r$/, "");
    const frame = new Frame(name, head, data.slice(start, end), this._is_text);
    return { frame, end: end + 1 };
  }

  /** Where a body of so many bytes ends; -1 while it is not whole. */
  _end_of(data, start, nul, announced) {
    if (!/^[0-9]+$/.test(announced)) throw wrong("not a content-length", announced);
    const bytes = Number(announced);
    if (bytes > this._max) throw too_long(this._max);
    if (!this._is_text) return start + bytes;
    const likely = nul >= 0 && utf8_length(data.slice(start, nul)) === bytes;
    return likely ? nul : counted_off(data, start, bytes);
  }
}

/**
 * How often we have to send something, and how often something has to come, in seconds; 0: never.
 *
 * @param {Array} wanted - what our CONNECT said, in milliseconds
 * @param {string} said - the header `heart-beat` of CONNECTED
 */
export function silences(wanted, said) {
  const parts = (said || "0,0").split(",").map((part) => part.trim());
  if (parts.length !== 2 || !parts.every((part) => /^[0-9]{1,15}$/.test(part))) {
    throw wrong("not a heart-beat", said);
  }
  const [ours, theirs] = wanted;
  const [sends, takes] = parts.map(Number);
  const outgoing = ours && takes ? Math.max(ours, takes) : 0;
  const incoming = theirs && sends ? Math.max(theirs, sends) : 0;
  return [outgoing / 1000, incoming / 1000];
}

const too_long = (bytes) => py.make(StompError, `a frame of over ${bytes} bytes`);

/**
 * The one frame of nearly every message: a MESSAGE with plain line ends, whole, and nothing else;
 * null for all that is not certainly that.
 */
function sole_message(text) {
  const head_end = text.indexOf("\n\n");
  const last = text.length - 1;
  if (head_end < 0 || !text.startsWith("MESSAGE\n") || text.indexOf("\0", head_end) !== last) {
    return null;
  }
  const head = text.slice(7, head_end);
  const body = text.slice(head_end + 2, last);
  const announced = raw_value(head, "content-length");
  if (head.includes("\r") || (announced && announced !== String(utf8_length(body)))) return null;
  return new Frame("MESSAGE", head, body, true);
}

function behind_heart_beats(data, start) {
  let at = start;
  while (data[at] === "\n" || (data[at] === "\r" && data[at + 1] === "\n")) {
    at += data[at] === "\n" ? 1 : 2;
  }
  return at;
}

/** The value of the first header of that name, as it stands there. */
function raw_value(head, name) {
  const found = head.indexOf(`\n${name}:`);
  if (found < 0) return "";
  const start = found + name.length + 2;
  const end = head.indexOf("\n", start);
  const value = head.slice(start, end < 0 ? head.length : end);
  return value.endsWith("\r") ? value.slice(0, -1) : value;
}

const escaped_header = (text) => text.replace(/[\\\r\n:]/g, (character) => ESCAPES[character]);

function unescaped(text) {
  if (!text.includes("\\")) return text;
  return text.replace(/\\[^]?/g, (escape) => {
    if (!(escape in MEANT)) throw wrong("an unknown escape", escape);
    return MEANT[escape];
  });
}

/** How many bytes a text is in UTF-8. k6 counts a hundred times faster than a script. */
function utf8_length(text) {
  if (/^[\0-\x7f]*$/.test(text)) return text.length;
  const encoded = encoding.b64encode(text);
  const padding = encoded.endsWith("==") ? 2 : Number(encoded.endsWith("="));
  return (encoded.length / 4) * 3 - padding;
}

/** The index behind so many bytes of UTF-8 text from `start` on; -1 where there are not so many. */
function counted_off(data, start, bytes) {
  let [at, left] = [start, bytes];
  while (left > 0 && at < data.length) {
    const point = data.codePointAt(at);
    left -= point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    at += point < 0x10000 ? 1 : 2;
  }
  return left > 0 ? -1 : at;
}

/** Bytes as a text whose every character is one byte, and back. */
function latin1(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 4096) {
    text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  }
  return text;
}

function bytes_of(text) {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}

/** A text whose every character is one byte of UTF-8. */
function utf8_head(text) {
  if (/^[\0-\x7f]*$/.test(text)) return text;
  const meant = text_of(bytes_of(text));
  if (meant === null) throw wrong("a head that is no UTF-8", text);
  return meant;
}

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
