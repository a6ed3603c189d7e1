/** What a task may say beside plain Python: the other half of ktb_load/vocabulary. */
import exec from "k6/execution";
import { check as k6_check } from "k6";
import {
  Counter as K6Counter, Gauge as K6Gauge, Rate as K6Rate, Trend as K6Trend,
} from "k6/metrics";
import { py } from "./python.js";
import { pause, wall_ms } from "./clock.js";
import { current } from "./context.js";
import { AbortTest, IterationFailed } from "./errors.js";
import { k6_tags } from "./execution.js";
import { know, plain_tags, set_tag } from "./recorder.js";

export { IterationFailed };

/**
 * Record one sample of `checks` for each name; whether all passed. A function that throws counts as
 * failed, and the exception goes on; the checks after it are not made.
 *
 * @param value - what the functions are called with
 * @param {py.Dict} sets - check name -> a function of `value`, or a value; its truth is the result
 * @param {py.Dict|null} tags - added to the samples
 */
export function check(value, sets, tags = null) {
  current();
  const extra = plain_tags(tags);
  let passed_all = true;
  for (const entry of sets.entries()) {
    const predicate = entry[1];
    let passed = predicate;
    try {
      if (typeof predicate !== "boolean") passed = holds(predicate, value);
    } catch (error) {
      k6_check(null, { [entry[0]]: false }, extra);
      throw error;
    }
    k6_check(null, { [entry[0]]: passed }, extra);
    passed_all = passed_all && passed;
  }
  return passed_all;
}

const holds = (predicate, value) =>
  py.truthy(py.b.callable(predicate) ? py.call(predicate, value) : predicate);
py.signature(check, ["value", "sets", "tags"], ["tags"]);

/**
 * Tag everything inside with the group's path, and measure it as `group_duration`. k6's own
 * `group()` takes no async function, so this is what it does, done by hand.
 */
class Group {
  constructor(name) {
    this._name = name;
  }

  __enter__() {
    this._outer = k6_tags().group;
    if (this._outer !== undefined) set_tag("group", `${this._outer}::${this._name}`);
    this._began = wall_ms();
    return null;
  }

  __exit__() {
    current().recorder.add("group_duration", wall_ms() - this._began);
    if (this._outer !== undefined) set_tag("group", this._outer);
    return null;
  }
}

export function group(name) {
  current();
  return new Group(name);
}
py.signature(group, ["name"]);

/** End this iteration. It is logged and counts as completed; the VU goes on with the next one. */
export function fail(message = "") {
  throw py.make(IterationFailed, message);
}
py.signature(fail, ["message"], ["message"]);

/** End the whole test now, with exit code 108. `teardown()` and the summary follow. */
export function abort(message = "") {
  throw py.make(AbortTest, message);
}
py.signature(abort, ["message"], ["message"]);

/** Let the test go on, but end with exit code 110, whatever the thresholds say. */
export function mark_failed(message = "") {
  exec.test.fail(message);
  return null;
}
py.signature(mark_failed, ["message"], ["message"]);

/** Tag every later sample of this VU, until it works for another scenario. */
export function tag(name, value) {
  if (name === "group" || name === "scenario") {
    throw new py.e.ValueError(
      `the tag ${py.repr(name)} cannot be set; use group(), or the plan's scenarios`);
  }
  current();
  set_tag(name, py.b.str(value));
  return null;
}
py.signature(tag, ["name", "value"]);

/** Pause for `low_s` seconds, or for a random time between `low_s` and `high_s`. */
export async function think(low_s, high_s = null) {
  const { random } = current();
  await pause(high_s === null ? low_s : random.uniform(low_s, high_s));
  return null;
}
py.signature(think, ["low_s", "high_s"], ["high_s"]);

/**
 * The parameter `name`: from the scenario's `env`, else the environment, else `default_`. A text
 * becomes the type of the default.
 */
export function setting(name, default_) {
  const text = current().env[name] ?? __ENV[name];
  if (text === undefined) return default_;
  try {
    return of_type(default_, text);
  } catch (error) {
    if (!(error instanceof py.e.ValueError)) throw error;
    const kind = py.isinstance(default_, py.b.int) ? "a whole number" : "a number";
    throw new py.e.ValueError(`${name} must be ${kind}, but is ${py.repr(text)}`);
  }
}
py.signature(setting, ["name", "default"]);

function of_type(example, text) {
  if (typeof example === "string") return text;
  if (typeof example === "boolean") return py.b.bool(text);
  return py.isinstance(example, py.b.int) ? py.b.int(text) : py.b.float(text);
}

/** A metric of one's own: declared at the top of a module, added to in tasks. */
class Metric {
  __init__(name, is_time = false) {
    this.name = name;
    this._metric = new this.constructor.k6_class(name, is_time);
    know(name, this._metric);
  }

  /** Take one sample, with the VU's tags and `tags`. */
  add(value, tags = null) {
    const number = Number(py.b.float(value));
    if (!Number.isFinite(number)) {
      throw new py.e.ValueError(
        `${py.repr(value)} is not a value for the metric ${py.repr(this.name)}`);
    }
    current();
    this._metric.add(number, plain_tags(tags));
    return null;
  }
}
py.signature(Metric.prototype.__init__, ["name", "is_time"], ["is_time"]);
py.signature(Metric.prototype.add, ["value", "tags"], ["tags"]);

/** A sum. */
export class Counter extends Metric {
  static k6_class = K6Counter;
}

/** The last value, the smallest and the largest. */
export class Gauge extends Metric {
  static k6_class = K6Gauge;
}

/** How many values were not zero (or not False). */
export class Rate extends Metric {
  static k6_class = K6Rate;
}

/** A distribution: average, percentiles, ... */
export class Trend extends Metric {
  static k6_class = K6Trend;
}
