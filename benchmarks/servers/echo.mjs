// A raw WebSocket server that sends back what it gets. Operations are messages, in and out.

import { createServer } from "node:http";
import { WebSocketServer } from "ws";
import { serve } from "./control.mjs";

const counters = { users: 0, operations: 0 };
const http = createServer();

new WebSocketServer({ server: http, perMessageDeflate: false }).on("connection", (socket) => {
  counters.users += 1;
  socket.on("message", (data, binary) => {
    counters.operations += 2;
    socket.send(data, { binary });
  });
  socket.on("close", () => {
    counters.users -= 1;
  });
});

serve(http, counters);
