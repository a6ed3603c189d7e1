/** What the content of a message means; the other half of ktb_load/wire/content.py. */
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
