/**
 * The modules of Python's standard library that tasks may use: `lib["math.ceil"]` and so on.
 */
import { base64_module } from "./library_base64.js";
import { digests_module } from "./library_digests.js";
import { math_module } from "./library_math.js";
import { time_module } from "./library_time.js";
import { url_module } from "./library_urls.js";
import { json_module } from "./json.js";

/** By the dotted name. */
export const lib = {
  ...base64_module,
  ...digests_module,
  ...json_module,
  ...math_module,
  ...time_module,
  ...url_module,
};
