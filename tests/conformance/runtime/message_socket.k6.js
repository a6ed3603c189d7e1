// A conversation with a server of `ws` (WS); every step tells what it saw.
import { py } from "../../../k6_export/runtime/python.js";
import { enter } from "../../../k6_export/runtime/context.js";
import { MessageSocket, MessageSocketOptions } from "../../../k6_export/runtime/message_socket.js";
import { VU } from "../../../k6_export/runtime/vu.js";

const dict = (object) => py.from_js(object);
const tell = (step, value) => console.log(JSON.stringify({ step, said: py.repr(value) }));

/** As tests/unit/ktb_load/clients/test_message_socket.py has them. */
const MESSAGES = [
  ["an object", '{"type":"chat","n":1}', "chat"],
  ["with a blank", '{"type": "chat"}', "chat"],
  ["the field is not the first", '{"n":1,"type":"chat"}', "chat"],
  ["blanks around it", ' \n{"type":"chat"} ', "chat"],
  ["an escaped name", '{"type":"ch\\u0061t"}', "chat"],
  ["an escaped name that is not the first", '{"n":1,"type":"ch\\u0061t"}', "chat"],
  ["a Korean name", '{"type":"채팅"}', "채팅"],
  ["a number for a name", '{"type":7}', "7"],
  ["a float for a name", '{"type":7.0}', "json"],
  ["an inner field of that name", '{"a":{"type":"chat"}}', "json"],
  ["no such field", '{"n":1}', "json"],
  ["a truth for a name", '{"type":true}', "json"],
  ["null for a name", '{"type":null}', "json"],
  ["text", "hello 👍", "text"],
  ["nothing", "", "text"],
  ["a list", '["chat",1]', "text"],
  ["what begins like an object", "{type: chat}", "text"],
  ["bytes", new Uint8Array([0, 255]), "binary"],
];

let vu;

const connect = (path, options) =>
  MessageSocket.connect(
    vu.network, `${__ENV.WS}${path}`, py.callkw(MessageSocketOptions, null, [], options));

/** What a step returns or raises. */
async function step(name, run) {
  try {
    tell(name, (await run()) ?? null);
  } catch (error) {
    if (!(error instanceof py.e.Exception)) throw error;
    const [kind, code] = [error.kind ?? null, error.code ?? null];
    tell(name, py.Tuple.of(error.name, error.message, kind, code));
  }
}

async function answer(socket, event, send, match = null) {
  const expected = socket.expect(event, match);
  send();
  return (await socket.first_of([expected], 5))[1];
}

async function talk(socket) {
  for (const [name, message, event] of MESSAGES) {
    await step(name, () =>
      answer(socket, event, () =>
        (typeof message === "string" ? socket.send_text(message) : socket.send_bytes(message))));
  }
  await step("sent as JSON", () =>
    answer(socket, "chat", () => socket.send_json(dict({ type: "chat", a: ["가", 1.5, null] }))));
  await step("the one that fits", () =>
    answer(
      socket, "n",
      () => [1, 2, 3].forEach((n) => socket.send_json(dict({ type: "n", n }))),
      (message) => py.eq(py.getitem(message, "n"), 2)));
  await step("no answer", () => socket.first_of([socket.expect("never")], 0.1));
  await step("a handler that raises", () => {
    socket.on("broken", (message) => py.getitem(message, "none"));
    return answer(socket, "never", () => socket.send_text('{"type":"broken"}'));
  });
}

async function endings() {
  for (const [name, said] of [["by the server", "close 4002 so long"], ["cut", "terminate"]]) {
    const socket = await connect("/echo", {});
    socket.on_close = () => tell(`on_close ${name}`, socket.close_cause);
    await step(name, () => answer(socket, "never", () => socket.send_text(said)));
    await step(`after ${name}`, () => socket.send_text("x"));
  }
  const aborted = await connect("/echo", {});
  aborted.abort();
  tell("aborted", py.Tuple.of(aborted.close_cause, aborted.connected));
}

export default async function () {
  vu = new VU({ user_agent: "judge" });
  enter(vu);
  const socket = await connect("/private", {
    name: "chat", headers: dict({ Cookie: "jwt_token=good" }),
    subprotocols: py.Tuple.of("chat.v1", "chat.v2"),
  });
  tell("subprotocol", socket.subprotocol);
  await talk(socket);
  socket.on_close = () => tell("closed", py.Tuple.of(socket.close_cause, socket.close_code));
  await socket.close(4001, "bye");
  await step("afterwards", () => socket.send_json(dict({})));
  const hello = await connect("/hello", {});
  await step("hello", async () => (await hello.first_of([hello.expect("hello")], 5))[1]);
  await hello.close();
  await step("refused", () => connect("/private", {}));
  await endings();
  await connect("/echo", {});
  tell("left open", vu.network.sockets.size);
  vu.network.forsake_sockets();
}
