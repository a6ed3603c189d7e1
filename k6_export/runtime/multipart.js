/**
 * `multipart/form-data` bodies (RFC 7578), the same bytes as ktb_load/wire/multipart.py: built
 * whole, in the order of their fields, nothing random (k6's own are in random order).
 */
import { py } from "./python.js";

const BOUNDARY = "----ktb-load-7d1f3a9c5e";
const NAME_ESCAPES = { '"': "%22", "\r": "%0D", "\n": "%0A" };

/**
 * One part. With a `filename` it is a file, and has a content type.
 *
 * @param {string} name
 * @param {string|Uint8Array} value
 */
export function form_field(name, value, filename = null, content_type = "application/octet-stream") {
  const content = typeof value === "string" ? py.m.encode(value) : value;
  return { name, content, filename, content_type };
}

/** A boundary that occurs in no field. */
export function boundary_for(fields) {
  let boundary = BOUNDARY;
  for (let number = 1; fields.some((one) => is_within(one.content, boundary)); number++) {
    boundary = `${BOUNDARY}-${number}`;
  }
  return boundary;
}

/** The `Content-Type` that goes with a body of this boundary. */
export function content_type(boundary) {
  return `multipart/form-data; boundary=${boundary}`;
}

/** The body, as bytes. The caller vouches that `boundary` occurs in no field. */
export function encode_multipart(fields, boundary) {
  const line_end = py.m.encode("\r\n");
  const parts = [];
  for (const one of fields) parts.push(py.m.encode(head(one, boundary)), one.content, line_end);
  parts.push(py.m.encode(`--${boundary}--\r\n`));
  return joined_parts(parts);
}

function head(one, boundary) {
  let text = `--${boundary}\r\nContent-Disposition: form-data; name="${escaped_name(one.name)}"`;
  if (one.filename !== null) {
    text += `; filename="${escaped_name(one.filename)}"\r\nContent-Type: ${one.content_type}`;
  }
  return `${text}\r\n\r\n`;
}

function escaped_name(name) {
  return name.replace(/["\r\n]/g, (character) => NAME_ESCAPES[character]);
}

function joined_parts(parts) {
  const body = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    body.set(part, at);
    at += part.length;
  }
  return body;
}

/** Whether the ASCII `text` occurs in the bytes. */
function is_within(bytes, text) {
  const wanted = py.m.encode(text);
  for (let at = bytes.indexOf(wanted[0]); at >= 0; at = bytes.indexOf(wanted[0], at + 1)) {
    if (wanted.every((byte, i) => bytes[at + i] === byte)) return true;
  }
  return false;
}
