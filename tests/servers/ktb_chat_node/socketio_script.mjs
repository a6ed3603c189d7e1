// The npm package's server with the events of ../socketio_script.py.
//
//     node socketio_script.mjs [ping_interval [ping_timeout]]
//
// Prints its port, then serves until its input ends.
import { createServer } from "node:http";
import { Server } from "socket.io";

const [interval_s = 25, timeout_s = 20] = process.argv.slice(2).map(Number);
const http = createServer((_request, answer) => answer.writeHead(404).end());
const io = new Server(http, {
  pingInterval: interval_s * 1000, pingTimeout: timeout_s * 1000, cors: { origin: "*" },
});
const log = [];

io.use((socket, next) => {
  const { auth } = socket.handshake;
  log.push(`connect ${JSON.stringify(auth)}`);
  const refusal = new Error("bad token");
  if (auth.token === "bad") next(refusal);
  else if (auth.token === "bad with data") next(Object.assign(refusal, { data: { code: 7 } }));
  else if (auth.token !== "slow") next();
});

io.on("connection", (socket) => {
  socket.on("disconnect", (reason) => log.push(`disconnect ${reason}`));
  socket.on("echo", (...args) => socket.emit("echo", ...args));
  socket.on("answer", (...args) => args.pop()(...args));
  socket.on("nothing", (answer) => answer());
  socket.on("silent", () => {});
  socket.on("ask", (event, ...args) => ask(socket, event, args));
  socket.on("leave", () => socket.disconnect());
  socket.on("freeze", (seconds) => Atomics.wait(
    new Int32Array(new SharedArrayBuffer(4)), 0, 0, seconds * 1000));
  socket.on("tell_log", (answer) => answer(log));
  socket.on("burst", (count) => {
    for (let number = 0; number < count; number++) socket.emit("echo", number);
  });
  AFTERWARDS[socket.handshake.auth.token]?.(socket);
});

/** Token -> what the server does by itself once it has let somebody in. */
const AFTERWARDS = {
  greeted: (socket) => socket.emit("welcome", "come in"),
  "sent away": (socket) => socket.disconnect(),
};

/** Emit an event, and send back what it is acknowledged with. */
function ask(socket, event, args) {
  const late = setTimeout(() => socket.emit("acknowledged", "no acknowledgement"), 1000);
  socket.emit(event, ...args, (...said) => {
    clearTimeout(late);
    socket.emit("acknowledged", said);
  });
}

io.of("/chat").on("connection", (socket) => {
  socket.emit("echo", "from /chat");
  socket.on("echo", (...args) => socket.emit("echo", "chat", ...args));
  socket.on("answer", (...args) => args.pop()(...args));
});

http.listen(0, "127.0.0.1", () => console.log(http.address().port));
process.stdin.on("end", () => process.exit()).resume();
