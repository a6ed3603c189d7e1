// Chat rooms on Socket.IO's own Node server: `join` a room, and what you say comes to everybody in
// it. Operations are messages: those that came in, and those that went out to members.

import { createServer } from "node:http";
import { Server } from "socket.io";
import { serve } from "./control.mjs";

const counters = { users: 0, operations: 0 };
const http = createServer();
const io = new Server(http, { serveClient: false });

io.on("connection", (socket) => {
  let joined = false;
  socket.on("join", (room, answer) => {
    socket.join(room);
    if (!joined) counters.users += 1;
    joined = true;
    answer({ room });
  });
  socket.on("message", (message) => {
    counters.operations += 1 + (io.sockets.adapter.rooms.get(message.room)?.size ?? 0);
    io.to(message.room).emit("message", message);
  });
  socket.on("disconnect", () => {
    if (joined) counters.users -= 1;
  });
});

serve(http, counters);
