/** How keyword arguments find their place in a function that is written in JavaScript. */

/**
 * Say the names of a function's parameters, as compiled functions do; `py.callkw` reads them.
 *
 * @param {Function} f
 * @param {string[]} params - in order
 * @param {object} defaults - of those that may be left out
 */
export function signature(f, params, defaults = {}) {
  f.$params = params;
  f.$defaults = defaults;
}
