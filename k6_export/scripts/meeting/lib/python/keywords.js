/**
 * How functions that are written in JavaScript take Python's keyword arguments.
 */
import { type_error } from "./exceptions.js";
import { Kw } from "./values.js";

/** The keyword arguments as a plain object, taken off the end of the list. */
export function take_keywords(args) {
  return args.at(-1) instanceof Kw ? args.pop() : {};
}

/**
 * A function whose parameters have names: `named(["sep", "maxsplit"], (sep, maxsplit) => ...)`.
 * `positional` leading parameters have none; the first name comes behind them.
 */
export function named(names, f, positional = 0) {
  return function with_keywords(...args) {
    const last = args.length - 1;
    if (!(args[last] instanceof Kw)) return f(...args);
    const keywords = args.pop();
    for (const name of Object.keys(keywords)) {
      const index = names.indexOf(name);
      if (index < 0) throw type_error(`'${name}' is an invalid keyword argument for this function`);
      args[positional + index] = keywords[name];
    }
    return f(...args);
  };
}
