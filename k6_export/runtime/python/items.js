/**
 * o[key], o[key] = value, del o[key] and slices.
 */
import { Dict } from "./dicts.js";
import { e, type_error, value_error } from "./exceptions.js";
import { Range, to_array } from "./iteration.js";
import { to_index } from "./numbers.js";
import { Tuple, characters, has_pairs, is_bytes, is_int, is_list, special, type_name } from "./values.js";

/** How a sequence's class is called in the texts of IndexError and TypeError. */
const names_of = (o) => {
  const name = type_name(o);
  return name === "str" ? ["string", "string"] : [name, name === "bytes" ? "byte" : name];
};

/** A sequence's elements as something with length and index. */
function elements_of(o) {
  if (typeof o === "string") return has_pairs(o) ? characters(o) : o;
  return Array.isArray(o) || is_bytes(o) ? o : undefined;
}

/** An index counted from the front, or an IndexError. */
function place(index, length, name_it) {
  const from_front = index < 0 ? index + length : index;
  if (from_front < 0 || from_front >= length) throw new e.IndexError(`${name_it()} out of range`);
  return from_front;
}

const indices_text = (o, key) => {
  const [name, item] = names_of(o);
  if (name === "string") return `string indices must be integers, not '${type_name(key)}'`;
  return `${item} indices must be integers or slices, not ${type_name(key)}`;
};

/** o[key] */
export function getitem(o, key) {
  if (o instanceof Dict) {
    const value = o.get(key);
    if (value === undefined && !o.has(key)) throw new e.KeyError(key);
    return value;
  }
  const elements = elements_of(o);
  if (elements !== undefined) {
    const index = to_index(key, () => indices_text(o, key));
    return elements[place(index, elements.length, () => index_error_name(o))];
  }
  if (o instanceof Range) return o.at(place(to_index(key), o.length, () => "range object index"));
  if (special(o, "__getitem__")) return o.__getitem__(key);
  throw type_error(`'${type_name(o)}' object is not subscriptable`);
}

const index_error_name = (o) => (is_bytes(o) ? "index" : `${names_of(o)[0]} index`);

/** o[key] = value */
export function setitem(o, key, value) {
  if (o instanceof Dict) o.set(key, value);
  else if (is_list(o)) {
    const index = to_index(key, () => indices_text(o, key));
    o[place(index, o.length, () => "list assignment index")] = value;
  } else if (special(o, "__setitem__")) o.__setitem__(key, value);
  else throw type_error(`'${type_name(o)}' object does not support item assignment`);
}

/** del o[key] */
export function delitem(o, key) {
  if (o instanceof Dict) {
    if (!o.delete(key)) throw new e.KeyError(key);
  } else if (is_list(o)) {
    const index = to_index(key, () => indices_text(o, key));
    o.splice(place(index, o.length, () => "list assignment index"), 1);
  } else if (special(o, "__delitem__")) o.__delitem__(key);
  else throw type_error(`'${type_name(o)}' object doesn't support item deletion`);
}

/** The bounds of a slice as CPython's slice.indices gives them: [start, stop, step]. */
export function slice_bounds(length, start, stop, step) {
  const stride = step === null ? 1 : bound_of_slice(step);
  if (stride === 0) throw value_error("slice step cannot be zero");
  const [lowest, highest] = stride < 0 ? [-1, length - 1] : [0, length];
  const clamp = (value) =>
    Math.min(highest, Math.max(lowest, value < 0 ? value + length : value));
  return [
    start === null ? (stride < 0 ? highest : lowest) : clamp(bound_of_slice(start)),
    stop === null ? (stride < 0 ? lowest : highest) : clamp(bound_of_slice(stop)),
    stride,
  ];
}

function bound_of_slice(value) {
  if (is_int(value)) return to_index(value);
  throw type_error("slice indices must be integers or None or have an __index__ method");
}

/** o[start:stop:step]; what is missing is null */
export function slice(o, start = null, stop = null, step = null) {
  if (o instanceof Range) return range_slice(o, slice_bounds(o.length, start, stop, step));
  const elements = elements_of(o);
  if (elements === undefined) return slice_of_other(o);
  const [first, end, stride] = slice_bounds(elements.length, start, stop, step);
  const part = stride === 1
    ? elements.slice(first, Math.max(first, end))
    : stepped(elements, first, end, stride);
  if (typeof o === "string") return typeof part === "string" ? part : part.join("");
  return is_bytes(o) ? Uint8Array.from(part) : part;
}

function slice_of_other(o) {
  if (o instanceof Dict) throw type_error("unhashable type: 'slice'");
  throw type_error(`'${type_name(o)}' object is not subscriptable`);
}

function stepped(elements, first, end, stride) {
  const part = elements instanceof Tuple ? new Tuple() : [];
  for (let index = first; stride < 0 ? index > end : index < end; index += stride) {
    part.push(elements[index]);
  }
  return part;
}

const range_slice = (range, [first, end, stride]) =>
  new Range(range.at(first), range.at(end), range.step * stride);

/** o[start:stop:step] = values */
export function set_slice(o, start, stop, step, values) {
  if (!is_list(o)) {
    throw type_error(`'${type_name(o)}' object does not support item assignment`);
  }
  const [first, end, stride] = slice_bounds(o.length, start, stop, step);
  const elements = must_be_assignable(values);
  if (stride === 1) o.splice(first, Math.max(0, end - first), ...elements);
  else set_stepped(o, stepped([...o.keys()], first, end, stride), elements);
}

function must_be_assignable(values) {
  try {
    return to_array(values);
  } catch (error) {
    if (error instanceof e.TypeError) throw type_error("can only assign an iterable");
    throw error;
  }
}

function set_stepped(o, places, elements) {
  if (places.length !== elements.length) {
    const sizes = `sequence of size ${elements.length} to extended slice of size ${places.length}`;
    throw value_error(`attempt to assign ${sizes}`);
  }
  places.forEach((place, index) => {
    o[place] = elements[index];
  });
}

/** del o[start:stop:step] */
export function delete_slice(o, start, stop, step) {
  if (!is_list(o)) throw type_error(`'${type_name(o)}' object doesn't support item deletion`);
  const gone = new Set(stepped([...o.keys()], ...slice_bounds(o.length, start, stop, step)));
  o.splice(0, o.length, ...o.filter((_, index) => !gone.has(index)));
}
