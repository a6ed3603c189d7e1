// The same person, written for k6 by hand: Engine.IO and Socket.IO over k6/websockets.
import { check } from "k6";
import exec from "k6/execution";
import { Trend } from "k6/metrics";
import { WebSocket } from "k6/websockets";

const USERS = Number(__ENV.USERS);
const RAMP_SECONDS = Number(__ENV.RAMP_SECONDS);
const PACE_MS = 1000 * Number(__ENV.SECONDS_PER_MESSAGE ?? 1);
export const options = {
  scenarios: {
    work: {
      executor: "ramping-vus",
      startVUs: RAMP_SECONDS ? 0 : USERS,
      stages: [
        { duration: `${RAMP_SECONDS}s`, target: USERS },
        { duration: `${Number(__ENV.SECONDS) - RAMP_SECONDS}s`, target: USERS },
      ],
    },
  },
};
const round_trip = new Trend("round_trip", true);
const TEXT = "shall we meet at the usual place tonight?";

export default function () {
  const me = exec.vu.idInTest;
  const room = `room ${Math.floor((me - 1) / Number(__ENV.ROOM_SIZE ?? 20))}`;
  const origin = __ENV.ORIGIN.replace("http", "ws");
  const socket = new WebSocket(`${origin}/socket.io/?EIO=4&transport=websocket`);
  let number = 0;
  let own = "";
  let began = 0;
  let late;
  const moment = Math.random() * PACE_MS * Number(__ENV.SPREAD ?? 1);

  // Until the next moment of one's own; whoever is a little early for it by then has had it.
  function wait(early = PACE_MS / 2) {
    const past = ((Date.now() - moment + early) % PACE_MS) - early;
    setTimeout(say, PACE_MS - past);
  }

  function say() {
    own = `${me}-${number++}`;
    began = Date.now();
    late = setTimeout(gave_up, 10_000);
    socket.send(`42${JSON.stringify(["message", { room, id: own, text: TEXT }])}`);
  }

  function gave_up() {
    check(null, { "message came back": () => false });
    wait();
  }

  function heard(message) {
    if (message.id !== own) return;
    clearTimeout(late);
    round_trip.add(Date.now() - began);
    check(message, { "message came back": (m) => m.text === TEXT });
    wait();
  }

  socket.addEventListener("message", ({ data }) => {
    if (data === "2") socket.send("3");
    else if (data[0] === "0") socket.send("40");
    else if (data.startsWith("40")) socket.send(`420${JSON.stringify(["join", room])}`);
    else if (data.startsWith("430")) wait(0);
    else if (data.startsWith("42")) heard(JSON.parse(data.slice(2))[1]);
  });
  socket.addEventListener("error", () => check(null, { "let in": () => false }));
  setTimeout(() => socket.close(), 1000 * Number(__ENV.SECONDS));
}
