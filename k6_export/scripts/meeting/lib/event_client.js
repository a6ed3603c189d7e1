/**
 * What tasks say to every client whose server sends events: handlers, expectations, the end; the
 * other half of ktb_load/clients/event_client.py.
 */
import { py } from "./python.js";
import { Disconnected } from "./errors.js";
import { Inbox } from "./inbox.js";

/** The half of a client that does not depend on the protocol. */
export class EventClient {
  constructor() {
    this._inbox = new Inbox();
    this._gone = py.make(Disconnected, "the connection is closed", "connection", "");
    this._began = false;
    this.connected = false;
    /** Who or what ended it; empty while it is open. */
    this.close_cause = "";
    /** What `Disconnected.code` says to those who waited. */
    this.close_code = "";
    /** Called once, when the connection has ended; must not block. */
    this.on_close = null;
  }

  /** Call `handler` with each such event; it must not block. */
  on(event, handler) {
    this._inbox.on(event, handler);
    return null;
  }

  /** Wait from now on for the next such event for which `match(*args)` is true. */
  expect(event, match = null) {
    return this._inbox.expect(event, match);
  }

  /**
   * Wait for the first of them: a tuple of which it was, and the arguments of the event.
   *
   * @throws TimedOut, Disconnected
   */
  first_of(expectations, timeout_s) {
    return this._inbox.first_of(expectations, timeout_s);
  }

  /** Throws what a handler has thrown, or Disconnected with how it ended. */
  _check_connected() {
    this._inbox.raise_fault();
    if (!this.connected) throw this._gone;
  }

  _has_begun() {
    this._began = true;
    this.connected = true;
  }

  /** The connection is gone; `on_close` hears of it if there was one. */
  _has_ended(cause, error) {
    this.connected = false;
    this.close_cause = cause;
    this.close_code = error.code;
    this._gone = error;
    this._inbox.end(error);
    if (this._began && this.on_close !== null) py.call(this.on_close);
  }
}
py.signature(EventClient.prototype.on, ["event", "handler"]);
py.signature(EventClient.prototype.expect, ["event", "match"], ["match"]);
py.signature(EventClient.prototype.first_of, ["expectations", "timeout_s"]);
