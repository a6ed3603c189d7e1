/**
 * The methods of list, tuple, range, dict and set.
 */
import { eq } from "./compare.js";
import { Dict, FrozenSet, ItemsView, KeysView, PySet, ValuesView } from "./dicts.js";
import { e, type_error, value_error } from "./exceptions.js";
import { iter, to_array } from "./iteration.js";
import { slice_bounds } from "./items.js";
import { take_keywords } from "./keywords.js";
import { to_index } from "./numbers.js";
import { set_algebra } from "./operators.js";
import { sorted_array } from "./sorting.js";
import { repr } from "./text.js";
import { Tuple } from "./values.js";

/** index(value, start, stop) with the text of the ValueError. */
function index_of(text_of_error) {
  return (o, value, start = null, stop = null) => {
    const elements = to_array(o);
    const [from, to] = slice_bounds(elements.length, start, stop, null);
    for (let index = from; index < to; index += 1) {
      if (elements[index] === value || eq(elements[index], value)) return index;
    }
    throw value_error(text_of_error(value));
  };
}

const count_equal = (o, value) => to_array(o).filter((element) => eq(element, value)).length;

function pop(list, index = -1) {
  if (list.length === 0) throw new e.IndexError("pop from empty list");
  const wanted = to_index(index);
  const at = wanted < 0 ? wanted + list.length : wanted;
  if (at < 0 || at >= list.length) throw new e.IndexError("pop index out of range");
  return list.splice(at, 1)[0];
}

function remove(list, value) {
  const at = list.findIndex((element) => element === value || eq(element, value));
  if (at < 0) throw value_error("list.remove(x): x not in list");
  list.splice(at, 1);
  return null;
}

function insert(list, index, value) {
  const [at] = slice_bounds(list.length, to_index(index), null, null);
  list.splice(at, 0, value);
  return null;
}

function append(list, value) {
  list.push(value);
  return null;
}

function extend_list(list, values) {
  for (const value of to_array(values)) list.push(value);
  return null;
}

/** While it sorts, as in CPython, nobody sees a half sorted list. */
function sort(list, options) {
  const sorted = sorted_array([...list], options);
  list.splice(0, list.length, ...sorted);
  return null;
}

function reverse(list) {
  list.reverse();
  return null;
}

function clear(o) {
  if (Array.isArray(o)) o.length = 0;
  else o.clear();
  return null;
}

export const list_methods = {
  append,
  clear,
  copy: (list) => [...list],
  count: count_equal,
  extend: extend_list,
  index: index_of((value) => `${repr(value)} is not in list`),
  insert,
  pop,
  remove,
  reverse,
  sort,
};

export const tuple_methods = {
  count: count_equal,
  index: index_of(() => "tuple.index(x): x not in tuple"),
};
export const range_methods = {
  count: count_equal,
  index: index_of((value) => `${repr(value)} is not in range`),
};

/** Pairs from what dict() and update() take: a dict, pairs, keyword arguments. */
export function dict_pairs(source, keywords) {
  return [...(source === undefined ? [] : pairs_of(source)), ...Object.entries(keywords)];
}

function pairs_of(source) {
  if (source instanceof Dict) return source.entries();
  return to_array(source).map((pair, index) => {
    const elements = pair_elements(pair, index);
    if (elements.length === 2) return elements;
    throw value_error(
      `dictionary update sequence element #${index} has length ${elements.length}; 2 is required`,
    );
  });
}

function pair_elements(pair, index) {
  try {
    return to_array(pair);
  } catch (error) {
    if (!(error instanceof e.TypeError)) throw error;
    throw type_error(`cannot convert dictionary update sequence element #${index} to a sequence`);
  }
}

function update_dict(dict, ...args) {
  const keywords = take_keywords(args);
  for (const [key, value] of dict_pairs(args[0], keywords)) dict.set(key, value);
  return null;
}

/** dict.pop(key) or dict.pop(key, default) */
function dict_pop(dict, key, ...fallback) {
  if (dict.has(key)) {
    const value = dict.get(key);
    dict.delete(key);
    return value;
  }
  if (fallback.length > 0) return fallback[0];
  throw new e.KeyError(key);
}

function popitem(dict) {
  if (dict.size === 0) throw new e.KeyError("popitem(): dictionary is empty");
  const [key, value] = dict.pairs().at(-1);
  dict.delete(key);
  return Tuple.of(key, value);
}

function setdefault(dict, key, value = null) {
  if (!dict.has(key)) dict.set(key, value);
  return dict.get(key);
}

/** dict.fromkeys(keys, value) */
export const fromkeys = (keys, value = null) =>
  new Dict(Array.from(iter(keys), (key) => [key, value]));

export const dict_methods = {
  clear,
  copy: (dict) => new Dict(dict.pairs()),
  fromkeys: (_, keys, value) => fromkeys(keys, value),
  get: (dict, key, fallback = null) => (dict.has(key) ? dict.get(key) : fallback),
  items: (dict) => new ItemsView(dict),
  keys: (dict) => new KeysView(dict),
  pop: dict_pop,
  popitem,
  setdefault,
  update: update_dict,
  values: (dict) => new ValuesView(dict),
};

const sets_of = (others) => others.map((other) => new PySet(iter(other)));

/** A set operation with any number of iterables; the result has the set's class. */
function combined(operation) {
  return (set, ...others) =>
    sets_of(others).reduce((left, right) => new set.constructor(operation(left, right)), copy(set));
}

const copy = (set) => new set.constructor(set);

/** The same, but the set itself changes. */
function combining(operation) {
  return (set, ...others) => {
    const result = combined(operation)(set, ...others);
    set.map = result.map;
    return null;
  };
}

const holds_all = (a, b) => [...a].every((element) => b.has(element));

export const frozenset_methods = {
  copy,
  difference: combined(set_algebra.difference),
  intersection: combined(set_algebra.intersection),
  isdisjoint: (set, other) => ![...iter(other)].some((element) => set.has(element)),
  issubset: (set, other) => holds_all(set, new PySet(iter(other))),
  issuperset: (set, other) => holds_all(iter(other), set),
  symmetric_difference: combined(set_algebra.symmetric_difference),
  union: combined(set_algebra.union),
};

function set_remove(set, element) {
  if (!set.delete(element)) throw new e.KeyError(element);
  return null;
}

function set_pop(set) {
  if (set.size === 0) throw new e.KeyError("pop from an empty set");
  const [element] = set;
  set.delete(element);
  return element;
}

export const set_methods = {
  ...frozenset_methods,
  add(set, element) {
    set.add(element);
    return null;
  },
  clear,
  difference_update: combining(set_algebra.difference),
  discard(set, element) {
    set.delete(element);
    return null;
  },
  intersection_update: combining(set_algebra.intersection),
  pop: set_pop,
  remove: set_remove,
  symmetric_difference_update: combining(set_algebra.symmetric_difference),
  update: combining(set_algebra.union),
};

/** keys() and items(), and through `dict` what they show. */
export const view_methods = {
  isdisjoint: (view, other) => frozenset_methods.isdisjoint(new FrozenSet(view), other),
};
