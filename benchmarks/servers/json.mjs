// A small JSON API that keeps connections open: GET /rooms/7, POST /rooms. Operations are requests.
// It speaks just enough HTTP/1.1 over plain TCP to cost little: the generator is what is measured,
// and has to be the slower one.

import { createServer } from "node:net";
import { serve } from "./control.mjs";

const HEAD_END = "\r\n\r\n";
const counters = { users: 0, operations: 0 };
const ROOM = answer("200 OK", JSON.stringify({ id: 7, name: "room 7", people: 20, open: true }));

const tcp = createServer({ noDelay: true }, (socket) => {
  let unread = "";
  counters.users += 1;
  socket.setEncoding("latin1");
  socket.on("data", (data) => {
    unread = answerAll(socket, unread + data);
  });
  socket.on("close", () => {
    counters.users -= 1;
  });
  socket.on("error", () => {}); // a generator that is gone; "close" follows
});

/** Answer every whole request in a text; what is left of it. */
function answerAll(socket, text) {
  for (;;) {
    const end = text.indexOf(HEAD_END);
    if (end < 0) return text;
    const length = lengthOfBody(text, end);
    const next = end + HEAD_END.length + length;
    if (text.length < next) return text;
    counters.operations += 1;
    socket.write(length ? made(text.slice(next - length, next)) : ROOM, "latin1");
    text = text.slice(next);
  }
}

function lengthOfBody(text, end) {
  if (text.startsWith("GET ")) return 0;
  const said = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, end));
  return said ? Number(said[1]) : 0;
}

function made(body) {
  return answer("201 Created", JSON.stringify({ id: 8, ...JSON.parse(body) }));
}

function answer(status, body) {
  const head = `HTTP/1.1 ${status}\r\ncontent-type: application/json`;
  return `${head}\r\ncontent-length: ${body.length}${HEAD_END}${body}`;
}

serve(tcp, counters);
