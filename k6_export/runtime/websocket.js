/**
 * A WebSocket connection of one VU, over k6/websockets, which samples `ws_*`.
 *
 * Two traps of k6 1.8.1 (`internal/js/modules/k6/websockets`) are dealt with here. `close()` while
 * the handshake is under way blocks the VU for ever, so nobody calls it then. And behind a close
 * frame k6 waits for the other side's without a limit; one that never answers would keep the
 * iteration, and so the test, from ending. Where the other side is known to be deaf, `cut` ends the
 * connection: nothing has come since something was sent CLOSE_TIMEOUT_S ago, its pings stopped, or
 * the task gave it up. With KTB_LOAD_CUT_SOCKETS=true every connection is ended so; what was sent
 * last may then be lost.
 *
 * What remains is a server that goes deaf between its last word and the close, and sockets that k6
 * itself closes when it interrupts an iteration: then k6 waits until the server goes.
 */
import { WebSocket as K6WebSocket } from "k6/websockets";
import { py } from "./python.js";
import { Bell, running_ms, wall_ms } from "./clock.js";
import { make_float } from "./python/values.js";
import { ConnectFailed, Disconnected } from "./errors.js";
import { plain_tags } from "./recorder.js";

export const SERVER = "server";
export const CLIENT = "client";
export const TRANSPORT = "transport";

/** How long the other side has to answer; what follows our close goes on all the same. */
const CLOSE_TIMEOUT_S = 2;
const NORMAL = 1000;
const ABNORMAL = 1006;
const OPEN = 1;

/** What k6's texts of failed dials mean, in the words and numbers of its HTTP half. */
const FAILURES = [
  [/no such host/, "lookup: no such host", "1101"],
  [/^dial.*i\/o timeout/, "dial: i/o timeout", "1211"],
  [/connection refused/, "dial: connection refused", "1212"],
  [/connection reset by peer/, "read: connection reset by peer", "1220"],
  [/x509: certificate signed by unknown authority/, "x509: unknown authority", "1310"],
  [/x509: certificate is valid for/, "x509: certificate doesn't match hostname", "1311"],
  [/^EOF$/, "EOF", "1000"],
  [/unexpected EOF/, "unexpected EOF", "1000"],
];

const FAILURE_WORDS = { server: "the server", client: "the client", transport: "the network" };

/** How a connection ended: `server` (a close frame), `client` (ours), `transport` (TCP). */
export class End {
  constructor(cause, code = ABNORMAL, reason = "") {
    Object.assign(this, { cause, code, reason });
  }

  __str__() {
    const said = this.reason ? `: ${this.reason}` : "";
    return `closed by ${FAILURE_WORDS[this.cause] ?? this.cause} (${this.code}${said})`;
  }
}

/** What a connection may be given beside its URL. */
export class WebSocketOptions {
  __init__(headers = null, subprotocols = null, name = "", tags = null, timeout_s = 60) {
    Object.assign(this, { headers, name, tags, timeout_s });
    this.subprotocols = subprotocols ?? py.Tuple.of();
  }
}
py.signature(
  WebSocketOptions.prototype.__init__,
  ["headers", "subprotocols", "name", "tags", "timeout_s"],
  ["headers", "subprotocols", "name", "tags", "timeout_s"],
);

/** An open connection. `connect` makes one. */
export class WebSocket {
  /** @param listener - `on_message(data, at)`, `on_end(end)`; neither may block */
  constructor(network, socket, listener) {
    this._network = network;
    this._socket = socket;
    this._listener = listener;
    this._opened = new Bell();
    this._closed = new Bell();
    this._closing = false;
    this._ended = false;
    this._error = "";
    /** When the first thing was sent that nothing has come after; null where something has. */
    this._unheard_since_ms = null;
    network.sockets.add(this);
    this._listen();
  }

  /**
   * Dial and shake hands.
   *
   * @throws ConnectFailed - no connection came about; the code is k6's error code
   */
  static async connect(network, url, listener, options) {
    const headers = network.introduce(plain_tags(options.headers));
    const tags = { ...(options.name ? { name: options.name } : {}), ...plain_tags(options.tags) };
    const socket = new K6WebSocket(url, [...options.subprotocols], { headers, tags });
    const self = new WebSocket(network, socket, listener);
    const in_time = await self._opened.wait(options.timeout_s);
    if (socket.readyState === OPEN) return self;
    self._closing = true;
    if (!in_time) throw py.make(ConnectFailed, "handshake timed out", "connection", "TIMED_OUT");
    const [text, code] = failure_of(self._error);
    throw py.make(ConnectFailed, text, "connection", code);
  }

  get subprotocol() {
    return this._socket.protocol;
  }

  /** Whether messages can be sent. */
  get open() {
    return !this._closing && !this._ended && this._socket.readyState === OPEN;
  }

  /** Send one message: a str or bytes. */
  send(data) {
    this._check_open();
    this._socket.send(data);
    this._unheard_since_ms ??= Date.now();
    return null;
  }

  /** Send a ping; its pong is a sample of `ws_ping`. */
  ping() {
    this._check_open();
    this._socket.ping();
    this._unheard_since_ms ??= Date.now();
    return null;
  }

  /** Say goodbye and wait for the other side's; at most CLOSE_TIMEOUT_S. */
  async close(code = NORMAL, reason = "") {
    if (this.open) this._say_goodbye(code, reason);
    if (this._ended) return null;
    if (!await this._closed.wait(CLOSE_TIMEOUT_S)) {
      console.warn(`${this._socket.url} does not answer a close frame; k6 waits until it does`);
    }
    this._finish(new End(CLIENT, code, reason));
    return null;
  }

  /**
   * Close TCP at once. Unlike the Python half, k6 cannot do so without a word: a close frame goes
   * first, and counts as a sent message.
   */
  abort() {
    if (this._ended) return null;
    this._closing = true;
    cut(this._socket);
    this._finish(new End(CLIENT));
    return null;
  }

  /** Close it and tell nobody: the iteration that opened it is over. */
  forsake() {
    if (this.open) this._say_goodbye();
    this._ended = true;
    this._network.sockets.delete(this);
    this._listener.on_forsaken?.();
  }

  _say_goodbye(code = NORMAL, reason = "") {
    const unheard_ms = Date.now() - (this._unheard_since_ms ?? Date.now());
    const deaf = unheard_ms >= CLOSE_TIMEOUT_S * 1000 || __ENV.KTB_LOAD_CUT_SOCKETS === "true";
    this._closing = true;
    if (deaf) cut(this._socket, code, reason);
    else this._socket.close(code, reason);
  }

  _check_open() {
    if (!this.open) {
      throw py.make(Disconnected, "the connection is closed", "connection", "");
    }
  }

  _listen() {
    const socket = this._socket;
    socket.binaryType = "arraybuffer";
    socket.addEventListener("open", () => this._has_opened());
    socket.addEventListener("message", (event) => this._message(event));
    socket.addEventListener("pong", () => {
      this._unheard_since_ms = null;
    });
    socket.addEventListener("error", (event) => {
      this._error ||= event.error;
    });
    socket.addEventListener("close", (event) => this._has_closed(event));
  }

  /** The handshake is done; too late perhaps, when nobody waits for it any more. */
  _has_opened() {
    if (this._closing) cut(this._socket);
    else this._opened.ring();
  }

  _message(event) {
    this._unheard_since_ms = null;
    if (this._closing) return;
    const data = typeof event.data === "string" ? event.data : new Uint8Array(event.data);
    this._listener.on_message(data, arrival(event));
  }

  _has_closed(event) {
    this._closed.ring();
    if (this._closing) {
      this._finish(new End(CLIENT, event.code ?? NORMAL, event.reason ?? ""));
    } else if (event.code !== undefined && event.code !== ABNORMAL) {
      this._finish(new End(SERVER, event.code, event.reason));
    } else {
      this._finish(new End(TRANSPORT, ABNORMAL, failure_of(this._error || "EOF")[0]));
    }
    this._opened.ring();
  }

  _finish(end) {
    if (this._ended) return;
    this._ended = true;
    this._network.sockets.delete(this);
    this._listener.on_end(end);
  }
}
py.signature(WebSocket.connect, ["network", "url", "listener", "options"]);
py.signature(WebSocket.prototype.send, ["data"]);
py.signature(WebSocket.prototype.close, ["code", "reason"], ["code", "reason"]);

/** `time.perf_counter()` of the moment when a message's bytes came in, handlers may run later. */
function arrival(event) {
  const waited_ms = Math.max(0, wall_ms() - event.timestamp);
  return make_float((running_ms() - waited_ms) / 1000);
}

/**
 * Send a close frame and close TCP behind it, without waiting for an answer.
 *
 * k6 closes a connection itself when a write fails, and a write behind a close frame fails. Scripts
 * may not send once they have closed; but `send()` checks that first, and then asks
 * `ArrayBuffer.isView` what it was given. So that is where we close.
 */
function cut(socket, code = NORMAL, reason = "") {
  if (socket.readyState !== OPEN) return;
  const is_view = ArrayBuffer.isView;
  ArrayBuffer.isView = () => {
    socket.close(code, reason);
    return true;
  };
  try {
    socket.send(new Uint8Array(0));
  } finally {
    ArrayBuffer.isView = is_view;
  }
}

/** Text and error code of a failed dial. */
function failure_of(error) {
  const known = FAILURES.find(([pattern]) => pattern.test(error));
  return known ? known.slice(1) : [error, ""];
}
