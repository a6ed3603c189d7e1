/** What the content of a message means; the other half of ktb_load/wire/content.py. */
import encoding from "k6/encoding";
import { py } from "./python.js";

/**
 * The value of a JSON text.
 *
 * @throws ValueError - it is none
 */
export function json_of(text) {
  try {
    return py.from_json(text);
  } catch (error) {
    if (!(error instanceof py.e.RecursionError)) throw error;
    throw py.make(py.e.ValueError, "JSON that is nested too deeply");
  }
}

/** The value of a JSON list or object; any other text as it is. */
export function value_of(text) {
  if (text[0] !== "{" && text[0] !== "[") return text;
  try {
    return json_of(text);
  } catch (error) {
    if (!(error instanceof py.e.ValueError)) throw error;
    return text;
  }
}

/** The text that bytes are in UTF-8; null if they are none. */
export function text_of(bytes) {
  const text = quickly_decoded(bytes);
  if (text !== null) return text;
  try {
    return py.m.decode(bytes);
  } catch (error) {
    if (!(error instanceof py.e.ValueError)) throw error;
    return null;
  }
}

/**
 * Text of valid UTF-8, else null; also where U+FFFD stands in it. k6's own decoder is hundreds of
 * times faster than a script's.
 */
export function quickly_decoded(bytes) {
  const text = encoding.b64decode(encoding.b64encode(bytes.buffer), "std", "s");
  return text.includes("\ufffd") ? null : text;
}
