// The same, written for k6 by hand.
import { check } from "k6";
import { WebSocket } from "k6/websockets";
import { Trend } from "k6/metrics";
import exec from "k6/execution";

export const options = {
  scenarios: {
    work: {
      executor: "constant-vus",
      vus: Number(__ENV.USERS),
      duration: `${__ENV.SECONDS}s`,
    },
  },
};
const round_trip = new Trend("round_trip", true);
const TEXT = "shall we meet at the usual place tonight?";

export default function () {
  const socket = new WebSocket(__ENV.ORIGIN.replace("http", "ws"));
  let number = 0;
  let waits_for = "";
  let began = 0;
  let late;

  function send() {
    number += 1;
    waits_for = `${exec.vu.idInTest}-${number} ${TEXT}`;
    began = Date.now();
    late = setTimeout(gave_up, 10_000);
    socket.send(waits_for);
  }

  function gave_up() {
    check(null, { "message came back": () => false });
    send();
  }

  socket.addEventListener("open", send);
  socket.addEventListener("message", (event) => {
    if (event.data !== waits_for) return;
    clearTimeout(late);
    round_trip.add(Date.now() - began);
    check(event, { "message came back": (e) => e.data === waits_for });
    send();
  });
  setTimeout(() => socket.close(), 1000 * Number(__ENV.SECONDS));
}
