/**
 * A Socket.IO client (protocol 5 over Engine.IO 4, WebSocket only): one namespace, one connection;
 * the other half of ktb_load/clients/socketio.py.
 *
 * An event that nobody waits for is not decoded: its name is read off the front of the message.
 */
import { py } from "./python.js";
import { Bell, wall_ms } from "./clock.js";
import { ConnectFailed, Disconnected, TimedOut } from "./errors.js";
import { Inbox } from "./inbox.js";
import {
  ENGINE,
  SocketIOError,
  TYPE,
  decode_ack,
  decode_event,
  decode_packet,
  event_head,
  pack_ack,
  pack_connect,
  pack_disconnect,
  pack_event,
  parse_packet,
  silence_s,
  websocket_target,
} from "./packets.js";
import { SERVER, TRANSPORT, WebSocket, WebSocketOptions } from "./websocket.js";

const PINGS_STOPPED = "ping_timeout";
const ACK = "an acknowledgement";
const ACK_TIMEOUT_S = 10;
const WEBSOCKET = { http: "ws", https: "wss" };

/** What a connection may be given beside its origin. */
export class SocketIOOptions {
  __init__(
    auth = null, name = "", namespace = "/", path = "/socket.io/", query = null, headers = null,
    timeout_s = 20, welcome = "", transports = null,
  ) {
    Object.assign(this, { auth, name, namespace, path, timeout_s, welcome });
    this.transports = transports ?? py.Tuple.of("websocket");
    this.query = query ?? new py.Dict();
    this.headers = headers ?? new py.Dict();
  }
}
py.signature(
  SocketIOOptions.prototype.__init__,
  ["auth", "name", "namespace", "path", "query", "headers", "timeout_s", "welcome",
    "transports"],
  ["auth", "name", "namespace", "path", "query", "headers", "timeout_s", "welcome",
    "transports"],
);

/** An open connection. `connect` makes one. */
export class SocketIOClient {
  constructor(options) {
    this._options = options;
    this._inbox = new Inbox();
    this._prefix = `${event_head(options.namespace)}["`;
    this._settled = new Bell();
    this._is_settled = false;
    this._refusal = null;
    this._partial = null;
    this._next_id = 0;
    this._silence_s = null;
    this._silence = null;
    this._cause = "";
    this._socket = null;
    this.connected = false;
    /** `server`, `client`, `ping_timeout` or `transport`; empty while it is open. */
    this.close_cause = "";
    /** Called once, when the connection has ended; must not block. */
    this.on_close = null;
  }

  /**
   * Connect to `http(s)://host:port` and enter the namespace.
   *
   * @throws ConnectFailed - kind `connection` if no connection came about, `auth` if the server
   *   refused to let us in, or ended the connection before its welcome
   * @throws ValueError - it is asked to poll, which the exporter could not see
   */
  static async connect(network, origin, options) {
    if (py.contains(options.transports, "polling")) {
      throw py.make(py.e.ValueError, "k6 has no long polling; leave out 'polling'");
    }
    const self = new SocketIOClient(options);
    const due_ms = wall_ms() + Number(options.timeout_s) * 1000;
    const details = py.make(
      WebSocketOptions, options.headers, null, options.name, null, options.timeout_s);
    const welcome = options.welcome ? self.expect(options.welcome) : null;
    self._socket = await WebSocket.connect(network, url_of(origin, options), self, details);
    if (!await self._settled.wait((due_ms - wall_ms()) / 1000)) {
      self._refusal = py.make(ConnectFailed, "no answer to CONNECT", "connection", "TIMED_OUT");
    }
    if (self._refusal !== null) {
      self._socket.abort();
      throw self._refusal;
    }
    if (welcome !== null) await self._wait_for(welcome, (due_ms - wall_ms()) / 1000);
    return self;
  }

  async _wait_for(welcome, timeout_s) {
    try {
      await this.first_of([welcome], timeout_s);
    } catch (error) {
      this._socket.abort();
      const refused = this.close_cause === SERVER;
      if (error instanceof TimedOut) {
        const what = `no ${welcome.event} after CONNECT`;
        throw py.make(ConnectFailed, what, "connection", "TIMED_OUT");
      }
      if (!(error instanceof Disconnected)) throw error;
      const what = `${error.message}, without ${welcome.event}`;
      throw py.make(
        ConnectFailed, what, refused ? "auth" : "connection", refused ? "REFUSED" : error.code);
    }
  }

  // What a task says.

  /** Send an event. */
  emit(event, ...args) {
    this._send(pack_event(this._options.namespace, [event, ...args]));
    return null;
  }

  /**
   * Send an event and wait for its acknowledgement; the acknowledgement's arguments, a tuple. The
   * keyword `timeout_s` (10) is the last argument.
   *
   * @throws TimedOut, Disconnected - none came
   */
  async call(event, ...args) {
    const timeout_s = args.at(-1) instanceof py.Kw ? args.pop().timeout_s : ACK_TIMEOUT_S;
    const id = this._next_id++;
    const awaited = this._inbox.expect(ACK, (acknowledged) => acknowledged === id);
    try {
      this._send(pack_event(this._options.namespace, [event, ...args], id));
      const [, answer] = await this._inbox.first_of([awaited], timeout_s);
      return py.Tuple.from(answer.slice(1));
    } catch (error) {
      if (!(error instanceof TimedOut)) throw error;
      const seconds = py.format(timeout_s, "g", "");
      throw py.make(TimedOut, `no acknowledgement of ${event} within ${seconds} s`);
    } finally {
      awaited.cancel();
    }
  }

  /**
   * Call `handler` with each such event; it must not block. What it returns is the acknowledgement,
   * where the server asks for one.
   */
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

  /** Leave the namespace, then close. */
  async close() {
    if (this._socket.open) this._socket.send(pack_disconnect(this._options.namespace));
    await this._socket.close();
    this._inbox.raise_fault();
    return null;
  }

  /** Close TCP at once, without leaving; k6 cannot do it without a close frame. */
  abort() {
    return this._socket.abort();
  }

  // What comes.

  on_message(data, at) {
    try {
      if (typeof data !== "string") this._attachment(data, at);
      else if (data.startsWith(this._prefix)) this._event(data, at);
      else if (data[0] === ENGINE.MESSAGE) this._packet(parse_packet(data), at);
      else this._engine(data);
    } catch (error) {
      if (!(error instanceof SocketIOError)) throw error;
      this._end(TRANSPORT, error.message);
    }
  }

  on_end(end) {
    this.connected = false;
    this.close_cause = this._cause || end.cause;
    clearTimeout(this._silence);
    const why = `the connection was ${py.b.str(end)}`;
    this._inbox.end(py.make(Disconnected, why, "connection", String(end.code)));
    if (!this._is_settled) {
      this._refusal ??= py.make(ConnectFailed, why, "connection", "");
      this._settle();
    } else if (this._refusal === null && this.on_close !== null) {
      py.call(this.on_close);
    }
  }

  on_forsaken() {
    clearTimeout(this._silence);
  }

  /** A plain event; it is decoded only if its name is wanted. */
  _event(data, at) {
    const start = this._prefix.length;
    const name = data.slice(start, data.indexOf('"', start));
    if (!name.includes("\\") && !this._inbox.wants(name)) return;
    const decoded = decode_event(data.slice(start - 2));
    this._inbox.deliver(decoded[0], decoded[1], at);
  }

  _engine(data) {
    switch (data[0]) {
      case ENGINE.PING:
        if (this._socket.open) this._socket.send(ENGINE.PONG + data.slice(1));
        this._listen_for_silence();
        break;
      case ENGINE.OPEN:
        if (this._silence_s !== null) break;
        this._silence_s = silence_s(data);
        this._listen_for_silence();
        this._socket.send(pack_connect(this._options.namespace, this._options.auth));
        break;
      case ENGINE.CLOSE:
        this._end(SERVER, "the server closed the Engine.IO session");
        break;
      default:
    }
  }

  _packet(packet, at) {
    if (packet.namespace !== this._options.namespace) return;
    if (packet.attachments) {
      this._partial = [packet, []];
    } else if (packet.type === TYPE.CONNECT) {
      this.connected = true;
      this._settle();
    } else if (packet.type === TYPE.CONNECT_ERROR) {
      this._refusal = refusal(decode_packet(packet.body));
      this._settle();
    } else if (packet.type === TYPE.DISCONNECT) {
      this._end(SERVER, "the server disconnected the socket");
    } else {
      this._deliver(packet, [], at);
    }
  }

  _attachment(data, at) {
    if (this._partial === null) return;
    const [packet, attachments] = this._partial;
    attachments.push(data);
    if (attachments.length === packet.attachments) {
      this._partial = null;
      this._deliver(packet, attachments, at);
    }
  }

  _deliver(packet, attachments, at) {
    if (packet.type === TYPE.ACK) {
      const args = decode_ack(packet.body, attachments);
      this._inbox.deliver(ACK, [Number(packet.id), ...args], at);
      return;
    }
    const [event, args] = decode_event(packet.body, attachments);
    const answer = this._inbox.deliver(event, args, at);
    if (packet.id !== null && this._inbox.handles(event) && this._socket.open) {
      this._acknowledge(packet.id, answer);
    }
  }

  _acknowledge(id, answer) {
    const reply = answer === null ? [] : [answer];
    try {
      const messages = pack_ack(this._options.namespace, reply, id);
      for (const message of messages) this._socket.send(message);
    } catch (error) {
      if (!(error instanceof py.e.TypeError)) throw error;
      this._inbox.fail(error); // the handler's fault, as if it had thrown
    }
  }

  _send(messages) {
    this._inbox.raise_fault();
    if (!this.connected) {
      throw py.make(Disconnected, "the connection is closed", "connection", "");
    }
    for (const message of messages) this._socket.send(message);
  }

  _settle() {
    this._is_settled = true;
    this._settled.ring();
  }

  /** Begin anew to wait for what must come before the server counts as dead. */
  _listen_for_silence() {
    if (this._silence_s === null) return;
    clearTimeout(this._silence);
    this._silence = setTimeout(
      () => this._end(PINGS_STOPPED, "no ping came"), this._silence_s * 1000);
  }

  _end(cause, why) {
    this._cause = cause;
    if (!this._is_settled) this._refusal = py.make(ConnectFailed, why, "connection", "");
    this._socket.abort();
  }
}
py.signature(SocketIOClient.connect, ["network", "origin", "options"]);
py.signature(SocketIOClient.prototype.on, ["event", "handler"]);
py.signature(SocketIOClient.prototype.expect, ["event", "match"], ["match"]);
py.signature(SocketIOClient.prototype.first_of, ["expectations", "timeout_s"]);

function url_of(origin, options) {
  const [scheme, rest] = origin.split("://");
  const target = websocket_target(options.path, options.query);
  return `${WEBSOCKET[scheme] ?? scheme}://${(rest ?? "").replace(/\/+$/, "")}${target}`;
}

function refusal(said) {
  const message = said instanceof py.Dict ? said.get("message") ?? "" : said;
  const text = `the server refused CONNECT: ${py.b.str(message)}`;
  return py.make(ConnectFailed, text, "auth", "REFUSED");
}
