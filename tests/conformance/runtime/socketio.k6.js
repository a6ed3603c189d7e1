// A conversation with the server of tests/servers/socketio_script.py; every step tells what it saw.
import * as py from "../../../k6_export/runtime/python.js";
import { enter } from "../../../k6_export/runtime/context.js";
import { think } from "../../../k6_export/runtime/vocabulary.js";
import { SocketIOClient, SocketIOOptions } from "../../../k6_export/runtime/socketio.js";
import { VU } from "../../../k6_export/runtime/vu.js";

const dict = (object) => py.from_js(object);
const bytes = (...numbers) => new Uint8Array(numbers);
const tell = (step, value) => console.log(JSON.stringify({ step, said: py.repr(value) }));

let vu;

const connect = (options, origin = __ENV.ORIGIN) =>
  SocketIOClient.connect(vu.network, origin, py.callkw(SocketIOOptions, null, [], options));

/** What a step returns or raises. */
async function step(name, run) {
  try {
    tell(name, await run());
  } catch (error) {
    if (!(error instanceof py.e.Exception)) throw error;
    const [kind, code] = [error.kind ?? null, error.code ?? null];
    tell(name, py.Tuple.of(error.name, error.message, kind, code));
  }
}

async function echo_of(client, ...args) {
  const expected = client.expect("echo");
  client.emit("echo", ...args);
  return (await client.first_of([expected], 2))[1];
}

async function talk(client) {
  await step("event", () => echo_of(client, 1, "둘 👍", dict({ a: [null, 2.5] })));
  await step("binary event", () => echo_of(client, bytes(0, 255), dict({ deep: [bytes(7)] })));
  await step("acknowledged", () => client.call("answer", 1, dict({ b: true })));
  await step("acknowledged with bytes", () => client.call("answer", bytes(1, 2)));
  await step("acknowledged with nothing", () => client.call("nothing"));
  await step("no acknowledgement", () => client.call("silent", new py.Kw({ timeout_s: 0.1 })));
  await step("no event", () =>
    client.first_of(py.Tuple.of(client.expect("never"), client.expect("ever")), 0.1));
}

async function be_asked(client) {
  client.on("question", (number) => py.Tuple.of(number, bytes(9)));
  client.on("quiet", () => null);
  for (const event of ["question", "quiet", "nobody"]) {
    await step(`asked: ${event}`, async () => {
      const told = client.expect("acknowledged");
      client.emit("ask", event, 42);
      return (await client.first_of([told], 2))[1];
    });
  }
}

async function match(client) {
  await step("the one that fits", async () => {
    const second = client.expect("echo", (said) => py.eq(py.getitem(said, "n"), 2));
    client.emit("echo", "of another shape");
    client.emit("echo", dict({ n: 1 }));
    client.emit("echo", dict({ n: 2 }));
    const [won, args] = await client.first_of([second], 2);
    return py.Tuple.of(won === second, args, py.le(won.arrived_at, py.lib["time.perf_counter"]()));
  });
  await step("a handler that raises", () => {
    client.on("echo", (said) => {
      if (said === "break") throw new py.e.ValueError("the handler broke");
      return null;
    });
    return echo_of(client, "break");
  });
  await step("once", () => echo_of(client, "go on"));
  await step("a match that raises", async () => {
    const broken = client.expect("echo", () => {
      throw new py.e.ValueError("the match broke");
    });
    client.emit("echo", "now");
    return client.first_of([broken], 2);
  });
}

async function refusals() {
  await step("refused", () => connect({ auth: dict({ token: "bad" }) }));
  await step("refused with data", () => connect({ auth: dict({ token: "bad with data" }) }));
  await step("no such namespace", () => connect({ namespace: "/none" }));
  await step("too slow", () => connect({ auth: dict({ token: "slow" }), timeout_s: 0.2 }));
  await step("no connection", () => connect({}, __ENV.CLOSED));
  await step("no Socket.IO", () => connect({ path: "/elsewhere/" }));
  const greeted = (token) => connect({ auth: dict({ token }), welcome: "welcome", timeout_s: 0.3 });
  await step("greeted", async () => {
    const client = await greeted("greeted");
    await client.close();
    return client.close_cause;
  });
  await step("not greeted", () => greeted("good"));
  await step("sent away instead", () => greeted("sent away"));
}

async function endings() {
  const left = await connect({});
  left.on_close = () => tell("on_close", left.close_cause);
  await step("sent away", () => {
    left.emit("leave");
    return left.first_of([left.expect("never")], 2);
  });
  await step("afterwards", () => left.emit("echo"));
  const frozen = await connect({});
  await step("silence", () => {
    frozen.emit("freeze", 1.2);
    return frozen.first_of([frozen.expect("never")], 3);
  });
  tell("cause of silence", frozen.close_cause);
  await think(0.6);
  const aborted = await connect({});
  aborted.abort();
  tell("aborted", py.Tuple.of(aborted.close_cause, aborted.connected));
}

export default async function () {
  vu = new VU({ user_agent: "judge" });
  enter(vu);
  const client = await connect({ auth: dict({ token: "good" }), name: "chat" });
  await talk(client);
  await be_asked(client);
  await match(client);
  client.on_close = () => tell("closed", py.Tuple.of(client.close_cause, client.connected));
  await client.close();
  const other = await connect({ namespace: "/chat", query: dict({ a: "b c" }) });
  await step("namespace", () => echo_of(other, 5));
  await step("namespace acknowledged", () => other.call("answer", 8));
  await other.close();
  await refusals();
  await endings();
  const last = await connect({});
  const log = await last.call("tell_log");
  console.log(JSON.stringify({ step: "log", said: py.repr(log[0]) }));
  tell("left open", vu.network.sockets.size);
  vu.network.forsake_sockets();
}
