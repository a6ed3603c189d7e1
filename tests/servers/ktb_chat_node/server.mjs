// A server of the KTB Chat contract, made of Socket.IO's own Node implementation, Express, Multer
// and jsonwebtoken. Everything lives in memory. It exists to judge the load generator's client, so
// nothing here is shared with the generator or with the reference server.
//
// Not imitated: lost members under concurrent REST joins, slow password hashing, the limit of 50
// HTTP connections, Nagle's delay, and the framing of Java's polling transport.

import { createServer } from "node:http";
import { parseArgs } from "node:util";
import { Presence } from "./presence.mjs";
import { restApp } from "./rest.mjs";
import { Shapes } from "./shapes.mjs";
import { socketServer } from "./socket.mjs";
import { Store } from "./store.mjs";

const HELP = `usage: node server.mjs [options]
  --dialect documented|deployed  how REST answers are shaped (deployed)
  --rest-port N                  0 is any free port (0)
  --socket-port N                0 is any free port (0)
  --ai stream|broken             a mentioned AI answers in chunks, or fails after 600 ms (stream)
  --takeover-ms N                from duplicate_login to session_ended (10000)
  --list-limit N                 room lists per address in 30 s (10000)
  --message-limit N              messages per user in a minute (10000)
  --stop-with-stdin              end when standard input ends
`;

const { values: given } = parseArgs({
  options: {
    dialect: { type: "string", default: "deployed" },
    "rest-port": { type: "string", default: "0" },
    "socket-port": { type: "string", default: "0" },
    ai: { type: "string", default: "stream" },
    "takeover-ms": { type: "string", default: "10000" },
    "list-limit": { type: "string", default: "10000" },
    "message-limit": { type: "string", default: "10000" },
    "stop-with-stdin": { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

function oneOf(name, choices) {
  if (choices.includes(given[name])) return given[name];
  return refuse(`--${name}: ${given[name]} is none of ${choices.join(", ")}`);
}

function wholeNumber(name) {
  if (/^\d+$/.test(given[name])) return Number(given[name]);
  return refuse(`--${name}: ${given[name]} is no whole number`);
}

function refuse(problem) {
  process.stderr.write(`${problem}\n${HELP}`);
  process.exit(2);
}

function listen(server, port) {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(`http://127.0.0.1:${server.address().port}`));
  });
}

if (given.help) {
  process.stdout.write(HELP);
  process.exit(0);
}

const settings = {
  dialect: oneOf("dialect", ["documented", "deployed"]),
  ai: oneOf("ai", ["stream", "broken"]),
  takeoverMs: wholeNumber("takeover-ms"),
  listLimit: wholeNumber("list-limit"),
  messageLimit: wholeNumber("message-limit"),
};
const world = {
  settings,
  store: new Store(),
  shapes: new Shapes(settings.dialect),
  io: null,
  presence: null,
};
const restPort = wholeNumber("rest-port");
const socketPort = wholeNumber("socket-port");

const socketHttp = createServer();
world.io = socketServer(world, socketHttp);
world.presence = new Presence(world);
const restHttp = createServer(restApp(world));
restHttp.keepAliveTimeout = 61_000;

const rest = await listen(restHttp, restPort);
const socket = await listen(socketHttp, socketPort);

function stop() {
  process.exit(0); // nothing is worth saving: every store is in memory
}
process.on("SIGTERM", stop);
process.on("SIGINT", stop);
if (given["stop-with-stdin"]) process.stdin.on("end", stop).resume();

const ready = { system: "ktb-chat", dialect: settings.dialect, rest, socket, pid: process.pid };
process.stdout.write(`${JSON.stringify(ready)}\n`);
