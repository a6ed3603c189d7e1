// The same, written for k6 by hand.
import http from "k6/http";
import { check } from "k6";

export const options = { vus: Number(__ENV.USERS), duration: `${__ENV.SECONDS}s` };
const headers = { "Content-Type": "application/json" };

export default function () {
  const room = http.get(`${__ENV.ORIGIN}/rooms/7`);
  check(room, { "room shown": (r) => r.status === 200 });
  const made = http.post(
    `${__ENV.ORIGIN}/rooms`, JSON.stringify({ name: "room 8", people: 20 }), { headers },
  );
  check(made, { "room made": (r) => r.status === 201 });
}
