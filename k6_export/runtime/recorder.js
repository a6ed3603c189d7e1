/**
 * What a VU emits through. k6 samples HTTP, WebSockets and iterations by itself; the rest are
 * metrics that must be made while the script is read, and so are made here.
 */
import {
  Counter as K6Counter, Gauge as K6Gauge, Rate as K6Rate, Trend as K6Trend,
} from "k6/metrics";
import { py } from "./python.js";
import { k6_tags } from "./execution.js";

const METRIC_TYPES = { counter: K6Counter, gauge: K6Gauge, rate: K6Rate, trend: K6Trend };
const IS_TIME = true;

/** The metrics of chat, as ktb_load/metrics/chat.py has them: name, type, whether it is a time. */
export const CHAT = [
  ["chat_connecting", "trend", IS_TIME],
  ["chat_joining", "trend", IS_TIME],
  ["chat_round_trip", "trend", IS_TIME],
  ["chat_delivery", "trend", IS_TIME],
  ["chat_notification", "trend", IS_TIME],
  ["chat_messages_sent", "counter"],
  ["chat_messages_received", "counter"],
  ["chat_messages_lost", "counter"],
  ["chat_messages_duplicated", "counter"],
  ["chat_timeouts", "counter"],
  ["chat_errors", "counter"],
  ["chat_disconnections", "counter"],
  ["chat_unexpected_disconnections", "counter"],
  ["chat_ai_first_chunk", "trend", IS_TIME],
  ["chat_ai_complete", "trend", IS_TIME],
];

const metrics = new Map();

/**
 * Make metrics known, while the script is read. The same one may be declared again.
 *
 * @param {Array} specs - [name, "counter" | "gauge" | "rate" | "trend", whether it is a time]
 */
export function declare(specs) {
  for (const [name, type, is_time = false] of specs) {
    metrics.set(name, new METRIC_TYPES[type](name, is_time));
  }
}

declare([...CHAT, ["group_duration", "trend", IS_TIME]]);

/** An author's own metric: samples may come by its name, too. */
export function know(name, metric) {
  metrics.set(name, metric);
}

let tags_version = 0;

/** Set a tag of all samples of this VU that follow. */
export function set_tag(name, value) {
  k6_tags()[name] = value;
  tags_version += 1;
}

/**
 * An iteration begins: k6 may have changed the VU's tags, and the one before may have been
 * interrupted inside of a group.
 */
export function begin_tags() {
  if (k6_tags().group) k6_tags().group = "";
  tags_version += 1;
}

/** A Python mapping of tags as k6 takes it. */
export function plain_tags(tags) {
  const plain = {};
  if (tags) for (const entry of tags.entries()) plain[entry[0]] = py.b.str(entry[1]);
  return plain;
}

/** One request or correlated socket exchange, as Locust's statistics want it; nobody does here. */
export class Exchange {
  __init__(kind, name, ms, body_bytes, error = null) {
    Object.assign(this, { kind, name, ms, body_bytes, error });
  }
}
py.signature(
  Exchange.prototype.__init__, ["kind", "name", "ms", "body_bytes", "error"], ["error"]);

/** One per VU. */
export class Recorder {
  enabled = true;
  on_exchange = null;

  /** The VU's tags now: scenario, group and its own. */
  get tags() {
    return new py.Dict(Object.entries(k6_tags()));
  }

  /** Take one sample with the VU's tags and `extra`. */
  add(metric, value, extra = null) {
    metrics.get(metric).add(Number(value), plain_tags(extra));
    return null;
  }

  /**
   * The series with the tags of now and `extra`; later changes of them do not reach it, but k6 lets
   * no sample go without a tag that is new since then.
   */
  series(metric, extra = null) {
    return new Series(metrics.get(metric), plain_tags(extra));
  }
}
py.signature(Recorder.prototype.add, ["metric", "value", "extra"], ["extra"]);
py.signature(Recorder.prototype.series, ["metric", "extra"], ["extra"]);

class Series {
  constructor(metric, extra) {
    this._metric = metric;
    this._extra = extra;
    this._version = tags_version;
    this._tags = { ...k6_tags(), ...extra };
  }

  add(value) {
    const same = this._version === tags_version;
    this._metric.add(Number(value), same ? this._extra : this._tags);
    return null;
  }
}
py.signature(Series.prototype.add, ["value"]);
