// What an exported chat does, by hand: accounts, a room, two people in it, messages, an upload.
import * as py from "../../../k6_export/runtime/python.js";
import { enter } from "../../../k6_export/runtime/context.js";
import { SocketIOClient, SocketIOOptions } from "../../../k6_export/runtime/socketio.js";
import { VU } from "../../../k6_export/runtime/vu.js";

const tell = (step, value) => console.log(JSON.stringify({ step, said: py.repr(value) }));
const dict = (object) => py.from_js(object);

let vu;
let http;

const post = (url, params) => py.callkw(http.post, http, [url], params);

async function person(name) {
  const body = { name, email: `${vu.random.text(8)}@load.test`, password: "Passw0rd!" };
  const expected = py.Tuple.of(201, 409);
  const registered = await post("/api/auth/register", { json: dict(body), expected });
  const login = await post("/api/auth/login", { json: dict(body) });
  tell(`log in ${name}`, py.Tuple.of(registered.status, login.status, login.json("user.name")));
  return { token: login.json("token"), sessionId: login.json("sessionId") };
}

async function socket_of(account, room) {
  const options = { auth: dict(account), name: "chat" };
  const socket = await SocketIOClient.connect(
    vu.network, __ENV.SOCKET, py.callkw(SocketIOOptions, null, [], options));
  const joined = socket.expect("joinRoomSuccess");
  const refused = socket.expect("joinRoomError");
  socket.emit("joinRoom", room);
  const [won] = await socket.first_of(py.Tuple.of(joined, refused), 5);
  tell("joined", won === joined);
  return socket;
}

async function say(socket, others, room, content) {
  const mine = (message) => py.eq(py.m.get(message, "content"), content);
  const heard = [socket, ...others].map((one) => [one, one.expect("message", mine)]);
  const began = py.lib["time.perf_counter"]();
  socket.emit("chatMessage", dict({ room, type: "text", content }));
  for (const [one, expected] of heard) {
    const [won] = await one.first_of([expected], 5);
    tell("heard", py.lt(0, py.sub(won.arrived_at, began)));
  }
}

export default async function () {
  vu = new VU({ user_agent: "", http_options: {} });
  enter(vu);
  vu.random.reseed(`${Date.now()}`);
  http = vu.http_for(__ENV.REST);
  const [anna, bert] = [await person("anna"), await person("bert")];
  const headers = dict({ Authorization: `Bearer ${anna.token}`, "x-session-id": anna.sessionId });
  const made = await post("/api/rooms", { json: dict({ name: "방" }), headers });
  const room = made.json("_id") ?? made.json("data._id");
  const first = await socket_of(anna, room);
  const second = await socket_of(bert, room);
  await say(first, [second], room, "안녕하세요 👍");
  await say(second, [first], room, "hello");
  const file = py.Tuple.of("a.png", new Uint8Array(picture()), "image/png");
  const files = new py.Dict([["file", file]]);
  const uploaded = await post("/api/files/upload", { files, headers });
  tell("uploaded", uploaded.status);
  await first.close();
  await second.close();
  tell("causes", py.Tuple.of(first.close_cause, second.close_cause));
}

/** A whole PNG of one pixel. */
function picture() {
  const hex =
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02" +
    "0000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082";
  return hex.match(/../g).map((byte) => parseInt(byte, 16));
}
