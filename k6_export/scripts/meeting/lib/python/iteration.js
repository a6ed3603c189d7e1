/**
 * Walking over values: iter, range, unpacking.
 */
import { DictView, PySet, Dict } from "./dicts.js";
import { e, type_error, value_error } from "./exceptions.js";
import { to_index } from "./numbers.js";
import { PyIterator, characters, is_bytes, special, type_name } from "./values.js";

/** What `range()` returns. */
export class Range {
  static python_name = "range";

  constructor(start, stop, step) {
    this.start = start;
    this.stop = stop;
    this.step = step;
    this.length = Math.max(0, Math.ceil((stop - start) / step)) + 0;
  }

  /** The number at an index that is in range. */
  at(index) {
    return this.start + index * this.step;
  }

  has(value) {
    const index = (value - this.start) / this.step;
    return Number.isInteger(index) && index >= 0 && index < this.length;
  }

  *[Symbol.iterator]() {
    for (let index = 0; index < this.length; index += 1) yield this.at(index);
  }

  describe() {
    const ends = `${this.start}, ${this.stop}`;
    return this.step === 1 ? `range(${ends})` : `range(${ends}, ${this.step})`;
  }
}

/** range(stop), range(start, stop), range(start, stop, step) */
export function range(...args) {
  const [start, stop, step] = args.length === 1 ? [0, args[0], 1] : [...args, 1];
  if (to_index(step) === 0) throw value_error("range() arg 3 must not be zero");
  return new Range(to_index(start), to_index(stop), to_index(step));
}

/** Whether a value can be walked over. */
const is_iterable = (o) =>
  Array.isArray(o) || is_bytes(o) || typeof o?.[Symbol.iterator] === "function";

/** A JS iterable of what a `for` over the value gives. */
export function iter(o) {
  if (Array.isArray(o) || o instanceof PyIterator) return o;
  if (typeof o === "string") return characters(o);
  if (special(o, "__iter__")) return iter_of_class(o);
  if (o === null || o === undefined || typeof o === "function" || !is_iterable(o)) {
    throw type_error(`'${type_name(o)}' object is not iterable`);
  }
  return o;
}

/** __iter__ returns something iterable, or an object with __next__. */
function iter_of_class(o) {
  const iterator = o.__iter__();
  if (!special(iterator, "__next__")) return iter(iterator);
  return (function* walk() {
    for (;;) {
      try {
        yield iterator.__next__();
      } catch (error) {
        if (error instanceof e.StopIteration) return;
        throw error;
      }
    }
  })();
}

/** A Python iterator over a value: `iter(o)` as the builtin. */
export function iterator(o) {
  return o instanceof PyIterator ? o : new PyIterator(iter(o)[Symbol.iterator]());
}

/** All elements as a new JS array. */
export const to_array = (o) => Array.from(iter(o));

/** The elements for `a, b = o`, or with a star `a, *rest, b = o`: the rest is an array at `before`. */
export function unpack(o, before, star = false, after = 0) {
  const elements = unpackable(o);
  const { length } = elements;
  if (!star) return exactly(elements, length, before);
  if (length < before + after) {
    const expected = `expected at least ${before + after}, got ${length}`;
    throw value_error(`not enough values to unpack (${expected})`);
  }
  const end = length - after;
  return [...elements.slice(0, before), elements.slice(before, end), ...elements.slice(end)];
}

function exactly(elements, length, expected) {
  if (length > expected) throw value_error(`too many values to unpack (expected ${expected})`);
  if (length < expected) {
    throw value_error(`not enough values to unpack (expected ${expected}, got ${length})`);
  }
  return elements;
}

function unpackable(o) {
  try {
    return to_array(o);
  } catch (error) {
    if (!(error instanceof e.TypeError) || typeof o === "string") throw error;
    throw type_error(`cannot unpack non-iterable ${type_name(o)} object`);
  }
}

/** How many elements, or undefined where nobody can say. */
export function length_of(o) {
  if (Array.isArray(o) || is_bytes(o) || o instanceof Range) return o.length;
  if (o instanceof Dict || o instanceof PySet || o instanceof DictView) return o.size;
  if (typeof o === "string") return characters(o).length;
  return special(o, "__len__")?.call(o);
}

/** len(o) */
export function len(o) {
  const length = length_of(o);
  if (length === undefined) throw type_error(`object of type '${type_name(o)}' has no len()`);
  return length;
}

/** A Python iterator from the end to the beginning. */
export function reversed(o) {
  if (special(o, "__reversed__")) return iterator(o.__reversed__());
  if (o instanceof PySet || length_of(o) === undefined) {
    throw type_error(`'${type_name(o)}' object is not reversible`);
  }
  return new PyIterator(to_array(o).reverse()[Symbol.iterator]());
}
