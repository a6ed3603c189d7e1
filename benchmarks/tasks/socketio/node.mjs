// The same person with Socket.IO's own client; USERS of them in one process.

import { writeFileSync } from "node:fs";
import { io } from "socket.io-client";

const told = (name, otherwise) => Number(process.env[name] ?? otherwise);
const USERS = told("USERS");
const ROOM_SIZE = told("ROOM_SIZE", 20);
const PACE_MS = 1000 * told("SECONDS_PER_MESSAGE", 1);
const RAMP_MS = 1000 * told("RAMP_SECONDS", 0);
const TEXT = "shall we meet at the usual place tonight?";
const times = [];
let failed = 0;

function person(me) {
  const room = `room ${Math.floor(me / ROOM_SIZE)}`;
  const socket = io(process.env.ORIGIN, {
    transports: ["websocket"], forceNew: true, reconnection: false,
  });
  let number = 0;
  let own = "";
  let began = 0;
  let late;
  const moment = Math.random() * PACE_MS * told("SPREAD", 1);

  // Until the next moment of one's own; whoever is a little early for it by then has had it.
  function wait(early = PACE_MS / 2) {
    const past = ((Date.now() - moment + early) % PACE_MS) - early;
    setTimeout(say, PACE_MS - past);
  }

  function say() {
    own = `${me}-${number++}`;
    began = performance.now();
    late = setTimeout(() => { failed += 1; say(); }, 10_000);
    socket.emit("message", { room, id: own, text: TEXT });
  }

  socket.on("message", (message) => {
    if (message.id !== own) return;
    times.push(performance.now() - began);
    clearTimeout(late);
    wait();
  });
  socket.on("connect", () => {
    socket.emit("join", room, () => wait(0));
  });
  socket.on("connect_error", () => { failed += 1; });
}

for (let me = 0; me < USERS; me++) setTimeout(person, (RAMP_MS * me) / USERS, me);

process.on("SIGTERM", () => {
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.floor(share * times.length)];
  const report = { measured: times.length, median_ms: at(0.5), p95_ms: at(0.95), failed };
  writeFileSync(process.env.REPORT, JSON.stringify(report));
  process.exit(0);
});
