/**
 * Stable sorting with Python's `<`, and the smallest and largest of values.
 */
import { gt, lt, truthy } from "./compare.js";
import { value_error } from "./exceptions.js";
import { iter, to_array } from "./iteration.js";
import { take_keywords } from "./keywords.js";
import { has_pairs } from "./values.js";

/** Sorted pairs [key, value], by key; equal keys keep their order. */
function sort_pairs(pairs) {
  const kinds = new Set(pairs.map(kind_of_key));
  const [order] = kinds.size === 1 ? kinds : [];
  return order ? pairs.sort(order) : merge_sort(pairs);
}

/** How the engine itself can order such keys; undefined where Python's `<` must be asked. */
function kind_of_key([key]) {
  if (typeof key === "number" && !Number.isNaN(key)) return by_number;
  return typeof key === "string" && !has_pairs(key) ? by_text : undefined;
}

const by_number = (a, b) => (a[0] === b[0] ? 0 : a[0] - b[0]); // Infinity - Infinity is NaN
const by_text = (a, b) => (a[0] < b[0] ? -1 : Number(a[0] > b[0]));

function merge_sort(pairs) {
  let runs = pairs.map((pair) => [pair]);
  while (runs.length > 1) {
    const merged = [];
    for (let at = 0; at < runs.length; at += 2) {
      merged.push(at + 1 < runs.length ? merge(runs[at], runs[at + 1]) : runs[at]);
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

function merge(left, right) {
  const merged = [];
  let at = 0;
  for (const pair of right) {
    while (at < left.length && !lt(pair[0], left[at][0])) merged.push(left[at++]);
    merged.push(pair);
  }
  while (at < left.length) merged.push(left[at++]);
  return merged;
}

/** A new array in order. @param options {key, reverse} as keyword arguments give them */
export function sorted_array(elements, { key = null, reverse = false } = {}) {
  const pairs = elements.map((element) => [key === null ? element : key(element), element]);
  const backwards = truthy(reverse);
  if (backwards) pairs.reverse();
  const sorted = sort_pairs(pairs).map((pair) => pair[1]);
  return backwards ? sorted.reverse() : sorted;
}

/** sorted(iterable, key=None, reverse=False) */
export function sorted(iterable, options) {
  return sorted_array(to_array(iterable), options);
}

/** min or max: `better(a, b)` says that a goes before b. */
function extreme(name, better) {
  return (...args) => {
    const { key = null, default: fallback } = take_keywords(args);
    const values = args.length === 1 ? iter(args[0]) : args;
    let best;
    for (const value of values) {
      const measure = key === null ? value : key(value);
      if (best === undefined || better(measure, best[0])) best = [measure, value];
    }
    if (best !== undefined) return best[1];
    if (fallback !== undefined) return fallback;
    throw value_error(`${name}() arg is an empty sequence`);
  };
}

export const min = extreme("min", lt);
export const max = extreme("max", gt);
