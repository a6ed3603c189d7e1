/**
 * Python's meaning for compiled code: what its operators, builtins, methods and modules do.
 * The parts are in `python/`.
 */
import * as everything from "./python/all.js";

export * from "./python/all.js";

/**
 * The same as one plain object: `import { py } from "./lib/python.js"`. k6's engine needs about 2 µs
 * to look a name up in a module (`import * as py`), and a tenth of one in an object.
 */
export const py = { ...everything };
