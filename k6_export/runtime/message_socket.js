/**
 * A WebSocket for tasks, without a protocol on top: JSON, texts and bytes go both ways; the other
 * half of ktb_load/clients/message_socket.py.
 *
 * A message that nobody waits for is not decoded.
 */
import { py } from "./python.js";
import { json_of } from "./content.js";
import { Disconnected } from "./errors.js";
import { EventClient } from "./event_client.js";
import { WebSocket, WebSocketOptions } from "./websocket.js";

const OBJECT = "json";
const TEXT = "text";
const BINARY = "binary";

/** What a connection may be given beside its URL. */
export class MessageSocketOptions {
  __init__(key = "type", name = "", headers = null, subprotocols = null, timeout_s = 20) {
    Object.assign(this, { key, name, timeout_s });
    this.headers = headers ?? new py.Dict();
    this.subprotocols = subprotocols ?? py.Tuple.of();
  }
}
py.signature(
  MessageSocketOptions.prototype.__init__,
  ["key", "name", "headers", "subprotocols", "timeout_s"],
  ["key", "name", "headers", "subprotocols", "timeout_s"],
);

/** An open connection. `connect` makes one. */
export class MessageSocket extends EventClient {
  constructor(options) {
    super();
    this._key = options.key;
    this._head = `{"${options.key}":"`;
    this._socket = null;
  }

  /**
   * Connect to a `ws(s)://` URL.
   *
   * @throws ConnectFailed - no connection came about; the code is k6's error code. k6 does not tell
   *   the HTTP status of a handshake that was refused; that is only in the tag of its samples
   */
  static async connect(network, url, options) {
    const self = new MessageSocket(options);
    const { headers, subprotocols, name, timeout_s } = options;
    const details = py.make(WebSocketOptions, headers, subprotocols, name, null, timeout_s);
    self._socket = await WebSocket.connect(network, url, self, details);
    self._has_begun();
    return self;
  }

  /** The one that the server chose; empty if none. */
  get subprotocol() {
    return this._socket.subprotocol;
  }

  /** Send a value as JSON text. */
  send_json(value) {
    return this.send_text(py.to_json(value));
  }

  /** Send a text. */
  send_text(text) {
    this._check_connected();
    return this._socket.send(text);
  }

  /** Send a binary message. */
  send_bytes(data) {
    this._check_connected();
    return this._socket.send(data);
  }

  /** Say goodbye, and wait for the other side's. */
  async close(code, reason) {
    await this._socket.close(code, reason);
    this._inbox.raise_fault();
    return null;
  }

  /** Close TCP at once; k6 cannot do it without a close frame. */
  abort() {
    return this._socket.abort();
  }

  // What comes.

  on_message(data, at) {
    if (typeof data !== "string") {
      this._inbox.deliver(BINARY, [data], at);
      return;
    }
    if (data.startsWith(this._head)) { // nearly all
      const start = this._head.length;
      const name = data.slice(start, data.indexOf('"', start));
      if (!this._inbox.wants(name) && !name.includes("\\")) return;
    } else if (data.trimStart()[0] !== "{") {
      this._inbox.deliver(TEXT, [data], at);
      return;
    } else if (!this._may_be_wanted(data)) {
      return;
    }
    const [event, content] = this._read(data);
    this._inbox.deliver(event, [content], at);
  }

  on_end(end) {
    const why = `the connection was ${py.b.str(end)}`;
    this._has_ended(end.cause, py.make(Disconnected, why, "connection", String(end.code)));
  }

  /**
   * Whether an object has to be decoded whose field is not certainly the first: nobody wants one
   * that contains the name of no event that is wanted, unless there are escapes in it.
   */
  _may_be_wanted(data) {
    const wanted = this._inbox.wanted();
    if (data.includes("\\") || wanted.includes(TEXT) || wanted.includes(OBJECT)) {
      return wanted.length > 0;
    }
    return wanted.some((name) => data.includes(name));
  }

  /** The event that a text is, and its content. */
  _read(data) {
    let content;
    try {
      content = json_of(data);
    } catch (error) {
      if (!(error instanceof py.e.ValueError)) throw error;
      return [TEXT, data];
    }
    const name = content.get(this._key);
    if (typeof name === "string" || typeof name === "bigint" || Number.isInteger(name)) {
      return [String(name), content];
    }
    return [OBJECT, content];
  }
}
py.signature(MessageSocket.connect, ["network", "url", "options"]);
py.signature(MessageSocket.prototype.send_json, ["value"]);
py.signature(MessageSocket.prototype.send_text, ["text"]);
py.signature(MessageSocket.prototype.send_bytes, ["data"]);
py.signature(MessageSocket.prototype.close, ["code", "reason"], ["code", "reason"]);
