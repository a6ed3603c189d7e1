// A conversation with Spring's simple broker (WS) and Artemis (BROKER); every step tells what it saw.
import { py } from "../../../k6_export/runtime/python.js";
import { enter } from "../../../k6_export/runtime/context.js";
import { think } from "../../../k6_export/runtime/vocabulary.js";
import { StompClient, StompOptions } from "../../../k6_export/runtime/stomp.js";
import { VU } from "../../../k6_export/runtime/vu.js";

const dict = (object) => py.from_js(object);
const tell = (step, value) => console.log(JSON.stringify({ step, said: py.repr(value) }));
const GOOD = { connect_headers: dict({ Authorization: "Bearer good" }) };

let vu;

const connect = (url, options) =>
  StompClient.connect(vu.network, url, py.callkw(StompOptions, null, [], options));

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

/** The body of the next message of a destination, once `send` has caused it. */
async function answer(client, destination, send, match = null) {
  const expected = client.expect(destination, match);
  await send();
  return (await client.first_of([expected], 5))[1][0];
}

async function talk(client) {
  await client.subscribe("/sub/room/1");
  await client.subscribe("/sub/room/1");
  const said = dict({ text: "안녕 👍", n: [1, null, 2.5] });
  const mark = dict({ mark: "a:b\\c\nd" });
  await step("room", () =>
    answer(client, "/sub/room/1", () => client.send("/pub/room/1", said, mark)));
  await client.subscribe("/sub/text");
  await step("text", () =>
    answer(client, "/sub/text", () => client.send("/pub/text", "abc 가나다")));
  await step("welcome", () =>
    answer(client, "/pub/welcome", () => client.subscribe("/pub/welcome")));
  await client.subscribe("/sub/flood");
  const numbers = [];
  client.on("/sub/flood", (body) => {
    numbers.push(py.getitem(body, "number"));
    return null;
  });
  await answer(
    client, "/sub/flood",
    () => client.send("/pub/flood", dict({ count: 100, size: 200 })),
    (body) => py.eq(py.getitem(body, "number"), 99));
  tell("flood", py.eq(numbers, [...Array(100).keys()]));
  client.unsubscribe("/sub/room/1");
  await step("unsubscribed", async () => {
    const expected = client.expect("/sub/room/1");
    client.send("/pub/room/1", said);
    return (await client.first_of([expected], 0.2))[1];
  });
  await step("no receipt", () =>
    client.call("/pub/room/1", said, null, 0.1));
  for (const name of ["transaction", "ack"]) {
    await step(name, () => client.send("/pub/room/1", "", dict({ [name]: "x" })));
  }
}

async function refusals() {
  await step("bad token", () => connect(`${__ENV.WS}/ws`, {}));
  await step("bad cookie", () =>
    connect(`${__ENV.WS}/ws`, { headers: dict({ Cookie: "jwt_token=bad" }) }));
  await step("no STOMP", () => connect(`${__ENV.WS}/elsewhere`, {}));
  await step("a line break", () =>
    connect(`${__ENV.WS}/ws`, { connect_headers: dict({ a: "b\nc" }) }));
  const client = await connect(`${__ENV.WS}/ws`, GOOD);
  client.on_close = () => tell("on_close", py.Tuple.of(client.close_cause, client.close_code));
  await step("an error", () =>
    answer(client, "/sub/forbidden", () => client.subscribe("/sub/forbidden")));
  await step("afterwards", () => client.send("/pub/room/1"));
}

async function beat() {
  const client = await connect(
    `${__ENV.WS}/ws`, { ...GOOD, heart_beat_ms: py.Tuple.of(500, 500), name: "beats" });
  await think(2.6);
  tell("still connected", client.connected);
  await client.close();
}

async function receipts() {
  const client = await connect(__ENV.BROKER, { name: "broker" });
  await client.subscribe("topic.k6", null, 5);
  for (const body of ["가 🙂\n", "a\0b", "", new Uint8Array([0, 255, 0]), dict({ a: 1 })]) {
    await step("delivered", () =>
      answer(client, "topic.k6", () => client.call("topic.k6", body, null, 5)));
  }
  client.on_close = () => tell("broker closed", py.Tuple.of(client.close_cause, client.connected));
  await client.close();
}

export default async function () {
  vu = new VU({ user_agent: "judge" });
  enter(vu);
  const client = await connect(`${__ENV.WS}/ws`, { ...GOOD, name: "chat" });
  await talk(client);
  client.on_close = () => tell("closed", py.Tuple.of(client.close_cause, client.connected));
  await client.close();
  await refusals();
  await beat();
  await receipts();
  const aborted = await connect(`${__ENV.WS}/ws`, GOOD);
  aborted.abort();
  tell("aborted", py.Tuple.of(aborted.close_cause, aborted.connected));
  await connect(`${__ENV.WS}/ws`, GOOD);
  tell("left open", vu.network.sockets.size);
  vu.network.forsake_sockets();
}
