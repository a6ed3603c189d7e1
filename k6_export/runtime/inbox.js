/**
 * Waiting for events: handlers run when one comes, expectations wait for one that fits.
 *
 * Nothing is kept for later: expect first, then send. Every wait has a deadline, and a timer that
 * keeps the iteration alive until then.
 */
import { py } from "./python.js";
import { Bell } from "./clock.js";
import { TimedOut } from "./errors.js";

const OF_ANOTHER_SHAPE = [
  py.e.AttributeError, py.e.IndexError, py.e.KeyError, py.e.TypeError, TypeError,
];

/** The engine is slow with spread arguments, and most events have one. */
const called = (f, args) => (args.length === 1 ? py.call(f, args[0]) : py.call(f, ...args));

/** One event that somebody waits for. */
export class Expectation {
  constructor(inbox, event, match) {
    this._inbox = inbox;
    this.event = event;
    this.match = match;
    this.args = py.Tuple.of();
    /** `time.perf_counter()` of the moment when its bytes came in; null until then. */
    this.arrived_at = null;
    this.bell = null;
  }

  /** Whether this is the event; arguments of another shape than `match` expects are not. */
  fits(args) {
    try {
      return this.match === null || py.truthy(called(this.match, args));
    } catch (error) {
      if (OF_ANOTHER_SHAPE.some((kind) => error instanceof kind)) return false;
      throw error;
    }
  }

  /** Wait no longer. */
  cancel() {
    this._inbox.forget(this);
    return null;
  }
}

/** The events of one connection. */
export class Inbox {
  constructor() {
    this._handlers = new Map();
    this._waiting = new Map();
    this._bells = new Set();
    this._end = null;
    this._fault = null;
  }

  /**
   * Call `handler` with the arguments of each such event. It must not block; what it throws ends
   * the iteration of the task that uses the connection.
   */
  on(event, handler) {
    this._handlers.set(event, [...(this._handlers.get(event) ?? []), handler]);
  }

  /** Wait from now on for the next such event for which `match(*args)` is true. */
  expect(event, match = null) {
    const expectation = new Expectation(this, event, match);
    this._waiting.set(event, [...(this._waiting.get(event) ?? []), expectation]);
    return expectation;
  }

  forget(expectation) {
    const { event } = expectation;
    const left = (this._waiting.get(event) ?? []).filter((one) => one !== expectation);
    if (left.length) this._waiting.set(event, left);
    else this._waiting.delete(event);
  }

  /** Whether anybody would look at such an event. */
  wants(event) {
    return this._handlers.has(event) || this._waiting.has(event);
  }

  /** The names of all events that anybody would look at. */
  wanted() {
    return [...this._handlers.keys(), ...this._waiting.keys()];
  }

  /** Whether such an event has a handler, and so an answer. */
  handles(event) {
    return this._handlers.has(event);
  }

  /** An event has come; what the last handler returned (the answer to an acknowledgement). */
  deliver(event, args, at) {
    const waiting = this._waiting.get(event);
    for (let i = 0; i < (waiting?.length ?? 0); i++) this._offer(waiting[i], args, at);
    let answer = null;
    const handlers = this._handlers.get(event);
    for (let i = 0; i < (handlers?.length ?? 0); i++) {
      const handler = handlers[i];
      try {
        answer = called(handler, args) ?? null;
      } catch (error) {
        this.fail(error);
      }
    }
    return answer;
  }

  _offer(expectation, args, at) {
    try {
      if (!expectation.fits(args)) return;
    } catch (error) {
      this.fail(error);
      return;
    }
    expectation.args = py.Tuple.from(args);
    expectation.arrived_at = at;
    this.forget(expectation);
    expectation.bell?.ring();
  }

  /** Let the task that uses the connection throw `error`; the first one counts. */
  fail(error) {
    this._fault ??= error;
    this._ring();
  }

  /** The connection is gone: whoever waits gets `error`. */
  end(error) {
    this._end ??= error;
    this._ring();
  }

  /** Throw what a handler has thrown, once. */
  raise_fault() {
    const fault = this._fault;
    this._fault = null;
    if (fault !== null) throw fault;
  }

  /**
   * Wait for the first of them: a tuple of which it was, and the arguments of the event.
   *
   * @throws TimedOut, or what the connection ended with
   */
  async first_of(expectations, timeout_s) {
    const awaited = [...expectations];
    const bell = new Bell();
    for (const expectation of awaited) expectation.bell = bell;
    this._bells.add(bell);
    if (!earliest(awaited) && this._end === null && this._fault === null) {
      await bell.wait(timeout_s);
    }
    this._bells.delete(bell);
    this.raise_fault();
    const come = earliest(awaited);
    if (come) return py.Tuple.of(come, come.args);
    if (this._end !== null) throw this._end;
    const events = awaited.map((expectation) => expectation.event).join(" or ");
    throw py.make(TimedOut, `no ${events} within ${py.format(timeout_s, "g", "")} s`);
  }

  _ring() {
    for (const bell of this._bells) bell.ring();
  }
}
py.signature(Inbox.prototype.first_of, ["expectations", "timeout_s"]);

/** The one that came first, undefined if none has. */
function earliest(expectations) {
  let first;
  for (let at = 0; at < expectations.length; at++) {
    const arrived_at = expectations[at].arrived_at;
    const earlier = first === undefined || arrived_at - first.arrived_at < 0;
    if (arrived_at !== null && earlier) first = expectations[at];
  }
  return first;
}
