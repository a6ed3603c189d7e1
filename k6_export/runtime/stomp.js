/**
 * A STOMP 1.2 client over WebSocket; the other half of ktb_load/clients/stomp.py.
 *
 * An event is a destination as it was subscribed to; its arguments are the body and the headers. A
 * message that nobody waits for is not decoded.
 */
import { py } from "./python.js";
import { Bell, wall_ms } from "./clock.js";
import { ConnectFailed, Disconnected, ExchangeFailed, TimedOut } from "./errors.js";
import { EventClient } from "./event_client.js";
import { EOL, Reader, StompError, VERSION, encode_frame, silences } from "./stomp_frames.js";
import { CLIENT, SERVER, TRANSPORT, WebSocket, WebSocketOptions } from "./websocket.js";

const PING_TIMEOUT = "ping_timeout";
const REFUSED = "REFUSED";
export const SAID_ERROR = "STOMP_ERROR";
const BROKEN = "BROKEN_FRAME";
const SILENT = "NO_HEART_BEAT";
/** How long the broker has to answer DISCONNECT. */
const FAREWELL_S = 2;
const RECEIPT = "a receipt";
const OURS = ["ack", "content-length", "destination", "id", "receipt", "transaction"];

/** What a connection may be given beside its URL. */
export class StompOptions {
  __init__(
    connect_headers = null, host = "", heart_beat_ms = null, name = "", headers = null,
    subprotocols = null, timeout_s = 20,
  ) {
    Object.assign(this, { host, name, timeout_s });
    this.connect_headers = connect_headers ?? new py.Dict();
    this.heart_beat_ms = heart_beat_ms ?? py.Tuple.of(10000, 10000);
    this.headers = headers ?? new py.Dict();
    this.subprotocols = subprotocols ?? py.Tuple.of("v12.stomp");
  }
}
const OPTIONS = [
  "connect_headers", "host", "heart_beat_ms", "name", "headers", "subprotocols", "timeout_s",
];
py.signature(StompOptions.prototype.__init__, OPTIONS, OPTIONS);

/** An open connection. `connect` makes one. */
export class StompClient extends EventClient {
  constructor(options) {
    super();
    this._options = options;
    this._reader = new Reader();
    this._settled = new Bell();
    this._is_settled = false;
    this._refusal = null;
    this._subscribed = new Map();
    this._numbers = 0;
    this._heard_ms = 0;
    this._timers = [];
    this._cause = "";
    this._error = null;
    this._socket = null;
  }

  /**
   * Connect to a `ws(s)://` URL and wait for CONNECTED.
   *
   * @throws ConnectFailed - kind `connection` if no connection came about, `auth` if the broker
   *   answered CONNECT by ERROR. k6 does not tell the HTTP status of a handshake that was refused;
   *   that is only in the tag of its samples
   */
  static async connect(network, url, options) {
    const self = new StompClient(options);
    const { headers, subprotocols, name, timeout_s } = options;
    const due_ms = wall_ms() + Number(timeout_s) * 1000;
    const hello = self._hello(url);
    const details = py.make(WebSocketOptions, headers, subprotocols, name, null, timeout_s);
    self._socket = await WebSocket.connect(network, url, self, details);
    self._socket.send(hello);
    if (!await self._settled.wait((due_ms - wall_ms()) / 1000)) {
      self._refusal = py.make(ConnectFailed, "no answer to CONNECT", "connection", "TIMED_OUT");
    }
    if (self._refusal !== null) {
      self._socket.abort();
      throw self._refusal;
    }
    return self;
  }

  // What a task says.

  /**
   * Let the messages of a destination come; one that they come of already is left alone. With a
   * `receipt_timeout_s` it waits so long for the broker to say that it is done.
   */
  async subscribe(destination, headers = null, receipt_timeout_s = 0) {
    if ([...this._subscribed.values()].includes(destination)) return null;
    const id = `sub-${this._number()}`;
    this._subscribed.set(id, destination);
    const frame = new Map([["id", id], ["destination", destination], ...free(headers)]);
    if (py.truthy(receipt_timeout_s)) {
      await this._with_receipt("SUBSCRIBE", frame, "", receipt_timeout_s);
    } else {
      this._send("SUBSCRIBE", frame);
    }
    return null;
  }

  /** Let them come no more. */
  unsubscribe(destination) {
    for (const [id, subscribed] of [...this._subscribed]) {
      if (subscribed !== destination) continue;
      this._send("UNSUBSCRIBE", new Map([["id", id]]));
      this._subscribed.delete(id);
    }
    return null;
  }

  /** Send a message: a text or bytes as they are, anything else as JSON. */
  send(destination, body = "", headers = null) {
    const [content, described] = content_of(body);
    const frame = new Map([["destination", destination], ...described, ...free(headers)]);
    this._send("SEND", frame, content);
    return null;
  }

  /**
   * Send a message and wait for the broker's receipt.
   *
   * @throws TimedOut, Disconnected - none came
   */
  async call(destination, body = "", headers = null, timeout_s = 10) {
    const [content, described] = content_of(body);
    const frame = new Map([["destination", destination], ...described, ...free(headers)]);
    await this._with_receipt("SEND", frame, content, timeout_s);
    return null;
  }

  /** Take leave of the broker, wait for its receipt, then close. */
  async close() {
    try {
      if (this.connected) {
        this._cause = CLIENT;
        await this._with_receipt("DISCONNECT", new Map(), "", FAREWELL_S);
      }
    } catch (error) {
      if (!(error instanceof ExchangeFailed)) throw error; // else it is closed all the same
    } finally {
      await this._socket.close();
    }
    this._inbox.raise_fault();
    return null;
  }

  /** Close TCP at once; k6 cannot do it without a close frame. */
  abort() {
    return this._socket.abort();
  }

  // What comes.

  on_message(data, at) {
    this._heard_ms = Date.now();
    try {
      for (const frame of this._reader.feed(data)) {
        if (this._error !== null) return; // behind an error comes nothing
        if (frame.command === "MESSAGE") this._message(frame, at);
        else this._control(frame, at);
      }
    } catch (error) {
      if (!(error instanceof StompError)) throw error;
      this._end(TRANSPORT, BROKEN, error.message);
    }
  }

  on_end(end) {
    this.on_forsaken();
    const why = `the connection was ${py.b.str(end)}`;
    const gone = this._error ?? py.make(Disconnected, why, "connection", String(end.code));
    this._has_ended(this._cause || end.cause, gone);
    if (!this._is_settled) {
      this._refusal ??= py.make(ConnectFailed, gone.message, "connection", gone.code);
      this._settle();
    }
  }

  on_forsaken() {
    for (const timer of this._timers) clearInterval(timer);
  }

  _message(frame, at) {
    const subscribed = this._subscribed.get(frame.header("subscription"));
    const event = subscribed || frame.header("destination");
    if (this._inbox.wants(event)) this._inbox.deliver(event, [frame.value, frame.headers], at);
  }

  _control(frame, at) {
    switch (frame.command) {
      case "RECEIPT":
        this._inbox.deliver(RECEIPT, [frame.header("receipt-id")], at);
        break;
      case "ERROR":
        this._has_said_error(frame);
        break;
      case "CONNECTED":
        if (!this.connected) {
          this._has_connected(frame);
          break;
        }
        // falls through
      default: {
        const command = py.repr(frame.command.slice(0, 80));
        throw py.make(StompError, `not a frame that may come now: ${command}`);
      }
    }
  }

  _has_connected(frame) {
    const version = frame.header("version") || "1.0";
    if (version !== VERSION) {
      throw py.make(StompError, `the server speaks STOMP ${version}`);
    }
    const heart_beat = frame.header("heart-beat");
    const [outgoing_s, incoming_s] = silences(this._options.heart_beat_ms, heart_beat);
    if (outgoing_s) this._every(outgoing_s, () => this._beat());
    if (incoming_s) this._every(incoming_s, () => this._listen(incoming_s));
    this._has_begun();
    this._settle();
  }

  _every(seconds, turn) {
    this._timers.push(setInterval(turn, seconds * 1000));
  }

  _has_said_error(frame) {
    const said = frame.header("message") || py.b.str(frame.value).slice(0, 200);
    if (!this.connected) {
      const why = `the broker refused CONNECT: ${said}`;
      this._refusal = py.make(ConnectFailed, why, "auth", REFUSED);
    }
    this._end(SERVER, SAID_ERROR, `the broker said ERROR: ${said}`);
  }

  _beat() {
    if (this._socket.open) this._socket.send(EOL);
  }

  /** A beat may be late; two that are missing are silence. */
  _listen(every_s) {
    const silent_ms = Date.now() - this._heard_ms;
    if (silent_ms > 2000 * every_s) this._end(PING_TIMEOUT, SILENT, "no heart-beat came");
  }

  _settle() {
    this._is_settled = true;
    this._settled.ring();
  }

  _end(cause, code, why) {
    this._cause = cause;
    this._error = py.make(Disconnected, why, "connection", code);
    this._socket.abort();
  }

  // Frames out.

  _hello(url) {
    const host = this._options.host || host_of(url);
    const [ours, theirs] = this._options.heart_beat_ms;
    return encode_frame("CONNECT", new Map([
      ["accept-version", VERSION],
      ["host", host],
      ["heart-beat", `${ours},${theirs}`],
      ...this._options.connect_headers.entries(),
    ]));
  }

  _send(command, headers, content = "") {
    this._check_connected();
    this._socket.send(encode_frame(command, headers, content));
  }

  async _with_receipt(command, headers, content, timeout_s) {
    const id = `receipt-${this._number()}`;
    const awaited = this._inbox.expect(RECEIPT, (receipt) => receipt === id);
    try {
      this._send(command, new Map([...headers, ["receipt", id]]), content);
      await this._inbox.first_of([awaited], timeout_s);
    } catch (error) {
      if (!(error instanceof TimedOut)) throw error;
      const what = [command, headers.get("destination")].filter(Boolean).join(" ");
      const seconds = py.format(timeout_s, "g", "");
      throw py.make(TimedOut, `no receipt of ${what} within ${seconds} s`);
    } finally {
      awaited.cancel();
    }
  }

  _number() {
    return this._numbers++;
  }
}
py.signature(StompClient.connect, ["network", "url", "options"]);
py.signature(
  StompClient.prototype.subscribe,
  ["destination", "headers", "receipt_timeout_s"], ["headers", "receipt_timeout_s"]);
py.signature(StompClient.prototype.unsubscribe, ["destination"]);
py.signature(
  StompClient.prototype.send, ["destination", "body", "headers"], ["body", "headers"]);
py.signature(
  StompClient.prototype.call,
  ["destination", "body", "headers", "timeout_s"], ["body", "headers", "timeout_s"]);

/** A task's headers, checked: none of them is the client's business or belongs to what is left out. */
function free(headers) {
  const given = headers === null ? [] : [...headers.entries()];
  const taken = given.map(([name]) => name.toLowerCase()).filter((name) => OURS.includes(name));
  if (taken.length) {
    throw py.make(
      py.e.ValueError,
      `a task cannot give the header ${py.repr(taken.sort()[0])}: the client writes destination,`
        + " id, receipt and content-length; transactions and ack modes are not supported");
  }
  return given;
}

/** A body, and the headers that describe it. */
function content_of(body) {
  if (typeof body === "string") return [body, []];
  if (body instanceof Uint8Array) return [body, [["content-type", "application/octet-stream"]]];
  return [py.to_json(body), [["content-type", "application/json"]]];
}

/** The host that a URL names, without port and brackets. */
function host_of(url) {
  const [, authority = ""] = /^wss?:\/\/(?:[^/?#]*@)?([^/?#]*)/.exec(url) ?? [];
  return authority.replace(/:\d*$/, "").replace(/^\[|\]$/g, "").toLowerCase();
}
