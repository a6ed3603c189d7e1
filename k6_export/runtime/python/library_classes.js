/**
 * dataclasses: what `@dataclass` adds to a compiled class, and `replace`.
 */
import { callkw } from "./calls.js";
import { eq } from "./compare.js";
import { hash_key } from "./dicts.js";
import { e } from "./exceptions.js";
import { take_keywords } from "./keywords.js";
import { repr } from "./text.js";
import { Tuple } from "./values.js";

const fields_of = (C) => C.prototype.__init__.$params;
const values_of = (o) => Tuple.from(fields_of(o.constructor), (name) => o[name]);

/**
 * `==`, repr and, if frozen, hash by the fields, which are the parameters of `__init__`.
 * dataclass(C), dataclass(C, Kw of frozen, eq, repr)
 */
function dataclass(C, ...args) {
  const { frozen = false, eq: with_eq = true, repr: with_repr = true } = take_keywords(args);
  const methods = { ...(with_repr && { __repr__ }), ...(with_eq && { __eq__ }) };
  if (with_eq && frozen) methods.__hash__ = __hash__;
  for (const [name, value] of Object.entries(methods)) {
    if (Object.hasOwn(C.prototype, name)) continue;
    Object.defineProperty(C.prototype, name, { value, writable: true, configurable: true });
  }
  return C;
}

function __repr__() {
  const fields = fields_of(this.constructor).map((name) => `${name}=${repr(this[name])}`);
  return `${this.constructor.name}(${fields.join(", ")})`;
}

function __eq__(other) {
  return other?.constructor === this.constructor && eq(values_of(this), values_of(other));
}

function __hash__() {
  return hash_key(values_of(this));
}

/** dataclasses.replace(o, **changes) */
function replace(o, ...args) {
  const changes = take_keywords(args);
  const values = Object.fromEntries(fields_of(o.constructor).map((name) => [name, o[name]]));
  return callkw(o.constructor, null, [], { ...values, ...changes });
}

export const classes_module = {
  "dataclasses.FrozenInstanceError": class FrozenInstanceError extends e.AttributeError {},
  "dataclasses.dataclass": dataclass,
  "dataclasses.replace": replace,
};
