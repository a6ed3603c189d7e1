/**
 * Socket.IO protocol 5 inside of Engine.IO 4 messages: packets from and to text, as
 * ktb_load/wire/socketio.py and engineio.py have them.
 *
 *     4 <type> [<attachments>-] [<namespace>,] [<id>] [<JSON>]     one text message
 *     <attachment> ...                                             then so many binary ones
 */
import { py } from "./python.js";

/** Engine.IO's packet types. */
export const ENGINE = { OPEN: "0", CLOSE: "1", PING: "2", PONG: "3", MESSAGE: "4" };
/** Socket.IO's packet types. */
export const TYPE = {
  CONNECT: "0",
  DISCONNECT: "1",
  EVENT: "2",
  ACK: "3",
  CONNECT_ERROR: "4",
  BINARY_EVENT: "5",
  BINARY_ACK: "6",
};
const PLAIN_FORM = { [TYPE.BINARY_EVENT]: TYPE.EVENT, [TYPE.BINARY_ACK]: TYPE.ACK };
const NAMES_OF_EVENTS = new Set(["string", "number", "bigint"]);
const MOST_ATTACHMENTS = 1000;

/** Type, attachments, namespace, id. */
const HEAD = /^4([0-6])(?:([0-9]{1,9})-)?(?:(\/[^,]*)(?:,|$))?([0-9]{1,18})?/;

/** The other side sent what the protocol does not allow. */
export class SocketIOError extends py.e.ValueError {}

const wrong_packet = (what, text) => new SocketIOError(`${what}: ${py.repr(text.slice(0, 80))}`);

/**
 * Read the head of a message that begins with Engine.IO's `4`.
 *
 * @returns {{type: string, namespace: string, id: string|null, body: string, attachments: number}}
 *   binary packets have the type of their plain form
 */
export function parse_packet(text) {
  const head = HEAD.exec(text);
  if (head === null) throw wrong_packet("not a Socket.IO packet", text);
  const [whole, type, announced, namespace, id] = head;
  const attachments = Number(announced ?? 0);
  if (type in PLAIN_FORM !== (announced !== undefined) || attachments > MOST_ATTACHMENTS) {
    throw wrong_packet("wrong attachments", text);
  }
  return {
    type: PLAIN_FORM[type] ?? type,
    namespace: namespace ? namespace.split("?")[0] : "/",
    id: id === undefined ? null : BigInt(id).toString(),
    body: text.slice(whole.length),
    attachments,
  };
}

/** The value of a packet's JSON; null if it has none. */
export function decode_packet(body) {
  if (!body) return null;
  try {
    return py.from_json(body);
  } catch {
    throw wrong_packet("not JSON", body);
  }
}

/** Name and arguments of an event. */
export function decode_event(body, attachments = []) {
  const data = decode_packet(body);
  const named = Array.isArray(data) && NAMES_OF_EVENTS.has(typeof data[0]);
  if (!named) throw wrong_packet("not an event", body);
  const said = attachments.length ? reconstruct(data, attachments) : data;
  return [py.b.str(said[0]), said.slice(1)];
}

/** The arguments of an acknowledgement. */
export function decode_ack(body, attachments = []) {
  const data = decode_packet(body);
  if (!Array.isArray(data)) throw wrong_packet("not an acknowledgement", body);
  return attachments.length ? reconstruct(data, attachments) : data;
}

/** The request to enter a namespace. */
export function pack_connect(namespace, auth) {
  return head_of(TYPE.CONNECT, namespace) + (auth === null ? "" : py.to_json(auth));
}

/** The farewell to a namespace. */
export function pack_disconnect(namespace) {
  return head_of(TYPE.DISCONNECT, namespace);
}

/** What every event that has neither id nor attachments begins with, up to its JSON. */
export function event_head(namespace) {
  return head_of(TYPE.EVENT, namespace);
}

/** An event as WebSocket messages: the text, then the attachments. */
export function pack_event(namespace, data, id = null) {
  return pack(TYPE.EVENT, TYPE.BINARY_EVENT, namespace, data, id);
}

/** An acknowledgement as WebSocket messages. */
export function pack_ack(namespace, data, id) {
  return pack(TYPE.ACK, TYPE.BINARY_ACK, namespace, data, id);
}

/** How long after the last ping the connection counts as dead: what Engine.IO's `0` says. */
export function silence_s(text) {
  try {
    const said = JSON.parse(text.slice(1));
    const [interval, timeout] = [Number(said.pingInterval), Number(said.pingTimeout)];
    const ms = interval + timeout;
    const are_times = interval >= 0 && timeout >= 0 && Number.isFinite(ms);
    if (said.sid !== undefined && are_times) return ms / 1000;
  } catch {
    // no JSON: said below, like everything else that is no handshake
  }
  throw wrong_packet("not an Engine.IO 4 handshake", text);
}

/** The target of a WebSocket handshake: `path` with the protocol's parameters, then `query`'s. */
export function websocket_target(path, query) {
  const parameters = new py.Dict([["EIO", "4"], ["transport", "websocket"], ...query.entries()]);
  const folder = path.replace(/^\/+|\/+$/g, "");
  const text = py.lib["urllib.parse.urlencode"](parameters);
  return folder ? `/${folder}/?${text}` : `/?${text}`;
}

function pack(plain, binary, namespace, data, id) {
  const attachments = [];
  const bare = has_bytes(data) ? deconstruct(data, attachments) : data;
  const kind = attachments.length ? `${binary}${attachments.length}-` : plain;
  return [head_of(kind, namespace) + (id ?? "") + py.to_json(bare), ...attachments];
}

function has_bytes(data) {
  if (typeof data !== "object" || data === null) return false;
  if (Array.isArray(data)) return data.some(has_bytes);
  if (!(data instanceof py.Dict)) return data instanceof Uint8Array;
  for (const value of data.values()) if (has_bytes(value)) return true;
  return false;
}

/** `data` with all bytes replaced by placeholders and put into `attachments`. */
function deconstruct(data, attachments) {
  if (data instanceof Uint8Array) {
    attachments.push(data);
    return new py.Dict([["_placeholder", true], ["num", attachments.length - 1]]);
  }
  if (Array.isArray(data)) return Array.from(data, (item) => deconstruct(item, attachments));
  if (!(data instanceof py.Dict)) return data;
  return mapped(data, (item) => deconstruct(item, attachments));
}

/** `data` with each placeholder replaced by the attachment of its number. */
function reconstruct(data, attachments) {
  if (Array.isArray(data)) return data.map((item) => reconstruct(item, attachments));
  if (!(data instanceof py.Dict)) return data;
  if (data.get("_placeholder") === true && data.has("num")) {
    const attachment = attachments[data.get("num")];
    if (attachment === undefined) throw wrong_packet("there is no attachment", py.b.str(data.get("num")));
    return attachment;
  }
  return mapped(data, (item) => reconstruct(item, attachments));
}

/** The dict with each value changed. */
function mapped(dict, change) {
  return new py.Dict(Array.from(dict.entries(), ([key, item]) => [key, change(item)]));
}

function head_of(kind, namespace) {
  return namespace === "/" ? `4${kind}` : `4${kind}${namespace},`;
}
